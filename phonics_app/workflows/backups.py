"""Backups of the site: making one, which there are, trying one out, carrying one away or in, putting one back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from itertools import islice
from pathlib import Path

from phonics_app.domain.account import SYSTEM, Actor
from phonics_app.domain.calendar import THAI_TIME
from phonics_app.domain.errors import NotFound, PhonicsError, Place, Problem, ProblemsFound
from phonics_app.records import Store, audit, old_copies, open_store, sessions
from phonics_app.records import backup as files
from phonics_app.records.backup_file import SUFFIX, check_whole
from phonics_app.records.migrate import is_known
from phonics_app.records.settings import set_setting
from phonics_app.records.transfer import load_rows
from phonics_app.workflows.backup_content import (
    Trial,
    database_path,
    folder_of,
    make_backup,
    opened,
    staged,
    try_out,
)
from phonics_app.workflows.backup_key import PASSPHRASE_MINIMUM, configured_passphrase
from phonics_app.workflows.content_in_force import PUT_BACK
from phonics_app.workflows.context import Phonics, Settings, utc_now
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.put_back_steps import BEFORE_IT_IS_PUT_BACK

__all__ = [
    "Backup",
    "BackupKind",
    "Step",
    "Trial",
    "back_up",
    "carry_away",
    "find_backup",
    "incoming",
    "last_good_backup",
    "list_backups",
    "put_back",
    "restore",
    "take_in",
    "try_backup",
]


class Step(Enum):
    """How far a backup is that is being put back."""

    CHECKING = "checking"
    KEEPING = "keeping"
    REPLACING = "replacing"


Told = Callable[[Step], None]


class BackupKind(Enum):
    """Why a backup was made; its value begins the file's name."""

    ASKED = "phonics"
    SCHEDULED = "scheduled"
    BEFORE_RESTORE = "before-restore"
    UPLOADED = "uploaded"
    OTHER = ""
    """Before an upgrade, or put into the folder by hand."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A file in the folder of backups. `verified`: it is as it was written, and this version can use it."""

    path: Path
    made_at: datetime
    size: int
    """Bytes."""
    simulated: bool
    encrypted: bool
    verified: bool

    @property
    def kind(self) -> BackupKind:
        return next(k for k in BackupKind if self.path.name.startswith(k.value))


def back_up(phonics: Phonics, actor: Actor, target: Path | None = None, passphrase: str = "") -> Path:
    """A backup of this moment, while the app runs; default in the folder of backups. MANAGE_SITE.

    Encrypted with a `passphrase`; `ProblemsFound` for a short one. "backup.same_file" where `target` is the database
    itself, "backup.source_damaged", or "backup.failed".
    """
    require(actor, Action.MANAGE_SITE)
    if passphrase and len(passphrase) < PASSPHRASE_MINIMUM:
        problem = Problem("backup.passphrase_short", Place(column="passphrase"), expected=str(PASSPHRASE_MINIMUM))
        raise ProblemsFound([problem])
    now = phonics.now()
    made = target or new_path(phonics.settings, BackupKind.ASKED, now)
    make_backup(phonics.settings, phonics.store, made, now, passphrase)
    with phonics.store.write() as connection:
        audit.record(connection, now, actor.account_id, "site.backed_up", made.name[:200])
    return made


def new_path(settings: Settings, kind: BackupKind, now: datetime) -> Path:
    """A name in the folder of backups that is not taken."""
    name = f"{kind.value}-{now.astimezone(THAI_TIME):%Y-%m-%d-%H%M%S}{SUFFIX}"
    return files.free_name(folder_of(settings) / name)


def list_backups(phonics: Phonics, actor: Actor, limit: int = 10) -> tuple[Backup, ...]:
    """The newest files in the folder of backups, newest first. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    return tuple(islice(backups_in(phonics.settings), limit))


def last_good_backup(phonics: Phonics, actor: Actor) -> Backup | None:
    """The newest verified one; older ones are not looked at. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    return next((backup for backup in backups_in(phonics.settings) if backup.verified), None)


def find_backup(phonics: Phonics, actor: Actor, name: str) -> Backup:
    """The one of that name; `NotFound` "backup.missing", whatever else `name` may be. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    found = next((backup for backup in backups_in(phonics.settings) if backup.path.name == name), None)
    if found is None:
        raise NotFound("backup.missing", {"path": name[:200]})
    return found


def carry_away(phonics: Phonics, actor: Actor, name: str) -> Path:
    """The file of that name, noted as taken out of the site. MANAGE_SITE."""
    found = find_backup(phonics, actor, name)
    with phonics.store.write() as connection:
        audit.record(connection, phonics.now(), actor.account_id, "export.backup", found.path.name[:200])
    return found.path


def backups_in(settings: Settings) -> Iterator[Backup]:
    """Newest first; each is looked at only when it is asked for."""
    folder = folder_of(settings)
    there = [path for suffix in (SUFFIX, old_copies.SUFFIX) for path in folder.glob(f"*{suffix}") if path.is_file()]
    found = [(path.stat(), path) for path in there]
    found.sort(key=lambda one: (one[0].st_mtime_ns, one[1].name), reverse=True)
    return (look_at(path, facts.st_mtime, facts.st_size) for facts, path in found)


@lru_cache(maxsize=200)
def look_at(path: Path, modified: float, size: int) -> Backup:
    """Remembered as long as the file is the same: a large one takes a moment to check."""
    moment = datetime.fromtimestamp(modified, UTC)
    try:
        if path.suffix == old_copies.SUFFIX:
            known = is_known(old_copies.check_copy(path))
            return Backup(path, moment, size, old_copies.is_simulated(path), False, known)
        header = check_whole(path)
    except (PhonicsError, OSError):
        return Backup(path, moment, size, False, False, False)
    return Backup(path, header.made_at, size, header.simulated, header.encrypted, is_known(header.revision))


@contextmanager
def incoming(settings: Settings) -> Iterator[Path]:
    """A file to be written that is gone afterwards, unless `take_in` has taken it."""
    with files.workshop(folder_of(settings)) as bench:
        yield bench / f"arriving{SUFFIX}"


def take_in(phonics: Phonics, actor: Actor, arrived: Path) -> Path:
    """A file that was carried in goes to the other backups, once it was found to be one, and whole. MANAGE_SITE.

    "backup.foreign", "backup.changed" or "backup.newer"; what is in it is looked at before it is put back.
    """
    require(actor, Action.MANAGE_SITE)
    header = check_whole(arrived)
    if not is_known(header.revision):
        raise PhonicsError("backup.newer", {"path": "", "revision": header.revision})
    made = new_path(phonics.settings, BackupKind.UPLOADED, phonics.now())
    arrived.chmod(0o600)
    arrived.replace(made)
    with phonics.store.write() as connection:
        audit.record(connection, phonics.now(), actor.account_id, "site.backup_brought_in", made.name[:200])
    return made


def try_backup(phonics: Phonics, actor: Actor, source: Path, passphrase: str = "") -> Trial:
    """Puts a backup back into a passing place, with every check; the site stays as it is. MANAGE_SITE.

    What is wrong with it is raised as by `restore`.
    """
    require(actor, Action.MANAGE_SITE)
    found = try_out(phonics.settings, source, passphrase)
    with phonics.store.write() as connection:
        audit.record(connection, phonics.now(), actor.account_id, "site.backup_tested", source.name[:200])
    return found


def put_back(phonics: Phonics, actor: Actor, name: str, passphrase: str = "") -> Path | None:
    """`restore` of a file in the folder of backups, while the app runs. MANAGE_SITE."""
    found = find_backup(phonics, actor, name)
    kept = restore(phonics.settings, found.path, passphrase, phonics.now, actor.account_id)
    phonics.store.close()  # what is open now may be of a file that had to be taken away; the next request opens anew
    return kept


def restore(
    settings: Settings,
    source: Path,
    passphrase: str = "",
    now: Callable[[], datetime] = utc_now,
    account_id: str = SYSTEM.account_id,
    told: Told = lambda step: None,
) -> Path | None:
    """Verifies `source` and brings it up to date in a place of its own, keeps the present state, then replaces it.

    Returns where the old state is kept: as a backup, or a damaged database as it was; None where there was none.
    Others see the old state or the new one, never a mixture. Codes "backup.…": nothing was replaced then. `told` hears
    each step before it begins.
    """
    told(Step.CHECKING)
    key = configured_passphrase(settings)  # of the state that is kept: a key that can't be used is told first
    database = database_path(settings)
    if database is not None and source.exists() and database.exists() and source.samefile(database):
        raise PhonicsError("backup.same_file", {"path": str(source)})
    with staged(settings, source, passphrase) as found:
        with opened(found.path) as store:
            _prepare(store, settings, source, now(), account_id)
        return _replace(settings, found.path, now(), told, key)


def _prepare(store: Store, settings: Settings, source: Path, now: datetime, account_id: str) -> None:
    for step in BEFORE_IT_IS_PUT_BACK:
        step(store, settings.data_dir)
    with store.write() as connection:
        # It holds the sessions of its day: one that was ended since would be alive again.
        sessions.end_all_sessions(connection)
        set_setting(connection, PUT_BACK, now.isoformat())
        audit.record(connection, now, account_id, "site.restored", source.name[:200])


def _replace(settings: Settings, new: Path, now: datetime, told: Told, key: str) -> Path | None:
    told(Step.KEEPING)
    database = database_path(settings)
    if database is None:
        return _replace_on_server(settings, new, now, told, key)
    if not database.exists():
        told(Step.REPLACING)
        files.put_back(new, database)
        return None
    kept = new_path(settings, BackupKind.BEFORE_RESTORE, now)
    try:
        files.back_up_sqlite(database, kept, now, key)
    except PhonicsError as error:
        if error.code != "backup.source_damaged" and not files.is_damage(error.__cause__):
            raise
        kept = files.keep_damaged(database)
    told(Step.REPLACING)
    files.put_back(new, database)
    return kept


def _replace_on_server(settings: Settings, new: Path, now: datetime, told: Told, key: str) -> Path | None:
    store = open_store(settings.database_url)
    try:
        kept = new_path(settings, BackupKind.BEFORE_RESTORE, now)
        make_backup(settings, store, kept, now, key)
        told(Step.REPLACING)
        load_rows(new, store)
    finally:
        store.close()
    return kept
