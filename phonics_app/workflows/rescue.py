"""The way back when the database can't be opened: what was found, which backups there are, putting one back.

Nobody can sign in then. Who is in charge of the machine shows it by a code that lies in the data folder, readable for
the user alone as whom the app runs; `start.py` shows it in its window.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from phonics_app.domain.account import RESCUER_ID
from phonics_app.domain.errors import PhonicsError
from phonics_app.records import old_copies
from phonics_app.records.migrate import is_known
from phonics_app.records.private_files import open_private
from phonics_app.records.writing import plain_digits
from phonics_app.workflows import site_parts
from phonics_app.workflows.backup_content import Trial, database_path, try_out
from phonics_app.workflows.backups import Backup, Step, backups_in, restore
from phonics_app.workflows.context import Settings, utc_now
from phonics_app.workflows.site_check import Finding, Part

__all__ = ["Backup", "Finding", "Part", "Step", "Trial"]

CODE_FILE = "rescue-code.txt"
_CODE_DIGITS = 16
BACKUPS_SHOWN = 20
_RESCUED_FROM = frozenset({"database.damaged", "database.newer"})


def is_rescuable(settings: Settings, error: PhonicsError) -> bool:
    """Whether a backup that is put back mends it: of a file; whoever runs a server has ways of his own."""
    return error.code in _RESCUED_FROM and database_path(settings) is not None


def rescue_code(settings: Settings) -> str:
    """The code in the data folder, made where there is none. "site.folder_unwritable" where that can't be done."""
    path = settings.data_dir / CODE_FILE
    try:
        with suppress(FileNotFoundError):
            if len(found := _digits(path.read_text(encoding="utf-8"))) == _CODE_DIGITS:
                return found
            path.unlink()
        code = f"{secrets.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}}"
        with os.fdopen(open_private(path), "w", encoding="utf-8") as file:
            file.write(" ".join(code[n : n + 4] for n in range(0, _CODE_DIGITS, 4)) + "\n")
    except OSError as error:
        data = {"path": str(settings.data_dir), "reason": error.strerror or ""}
        raise PhonicsError("site.folder_unwritable", data) from error
    return code


def is_rescue_code(settings: Settings, typed: str) -> bool:
    """However it is spaced, in Thai digits too."""
    return hmac.compare_digest(_digits(typed).encode(), rescue_code(settings).encode())


def withdraw_rescue_code(settings: Settings) -> None:
    """It was used, or is not needed any more."""
    with suppress(OSError):
        (settings.data_dir / CODE_FILE).unlink()


def _digits(text: str) -> str:
    return "".join(char for char in plain_digits(text) if char.isascii() and char.isdigit())


def rescue_backups(settings: Settings) -> tuple[Backup, ...]:
    """The newest in the folder of backups, newest first; each was read through, and is as it was written or not."""
    return tuple(islice(backups_in(settings), BACKUPS_SHOWN))


def rescue_trial(settings: Settings, name: str, passphrase: str = "") -> Trial:
    """Puts that backup back into a passing place, with every check. Codes "backup.…" for what is wrong with it."""
    return try_out(settings, rescue_backup(settings, name).path, passphrase)


def rescue(settings: Settings, name: str, passphrase: str, told: Callable[[Step], None]) -> Path | None:
    """`restore` of a file in the folder of backups, by somebody who has shown the code; where the old state is kept."""
    return restore(settings, rescue_backup(settings, name).path, passphrase, account_id=RESCUER_ID, told=told)


def rescue_backup(settings: Settings, name: str) -> Backup:
    """The one of that name in the folder of backups. "backup.missing"."""
    found = next((backup for backup in backups_in(settings) if backup.path.name == name), None)
    if found is None:
        raise PhonicsError("backup.missing", {"path": name[:200]})
    return found


def rescue_findings(settings: Settings, now: Callable[[], datetime] = utc_now) -> tuple[Finding, ...]:
    """Of each part what can be told without a working database."""
    path = database_path(settings)
    if path is None:
        return ()
    revision = _revision(path)
    looks: tuple[tuple[Part, Callable[[], PhonicsError | None]], ...] = (
        (Part.INTEGRITY, lambda: site_parts.integrity(path)),
        *(((Part.MIGRATIONS, lambda: _revision_fault(path, revision)),) if revision else ()),
        (Part.WRITING, lambda: site_parts.writable(settings.data_dir)),
        (Part.ROOM, lambda: site_parts.room(settings.data_dir, path)),
        (Part.CLOCK, lambda: site_parts.clock(now(), max(_moments(settings, path), default=None))),
        (Part.BACKUP, lambda: _backup_fault(settings)),
    )
    return tuple(Finding(part, look()) for part, look in looks)


def _revision(path: Path) -> str:
    """ "" where it can't be told."""
    with suppress(sqlite3.Error, TypeError), _reading(path) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    return ""


def _revision_fault(path: Path, revision: str) -> PhonicsError | None:
    if is_known(revision):
        return site_parts.revision_fault(revision)
    return PhonicsError("database.newer", {"path": str(path), "revision": revision})


def _moments(settings: Settings, path: Path) -> Iterator[datetime]:
    """When something was stored last, as far as it can still be told."""
    for backup in backups_in(settings):
        if backup.path.suffix != old_copies.SUFFIX and (backup.verified or backup.encrypted):
            yield backup.made_at
            break
    with suppress(sqlite3.Error, TypeError, ValueError), _reading(path) as connection:
        yield datetime.fromisoformat(connection.execute("SELECT max(at) FROM audit").fetchone()[0]).replace(tzinfo=UTC)


def _reading(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))


def _backup_fault(settings: Settings) -> PhonicsError | None:
    return None if any(backup.verified for backup in backups_in(settings)) else PhonicsError("site.no_backup")
