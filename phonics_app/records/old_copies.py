"""Copies as the first versions made them: a database file with its checksum beside it. They can still be put back."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from phonics_app.domain.errors import PhonicsError
from phonics_app.records.backup import check_database, copy_database, reading, sha256_of

SUFFIX = ".db"


def checksum_path(path: Path) -> Path:
    """Where the checksum of a copy stands: `phonics.db` → `phonics.db.sha256`."""
    return path.with_name(path.name + ".sha256")


def check_copy(copy: Path) -> str:
    """Verifies a copy against its checksum and SQLite's own integrity check; returns its revision.

    Raises "backup.missing", "backup.no_checksum", "backup.changed", "backup.damaged" or "backup.foreign",
    with the path.
    """
    path = {"path": str(copy)}
    if not copy.is_file():
        raise PhonicsError("backup.missing", path)
    if not checksum_path(copy).is_file():
        raise PhonicsError("backup.no_checksum", path | {"checksum": checksum_path(copy).name})
    told = checksum_path(copy).read_text(encoding="utf-8", errors="replace").split()
    if not told or told[0].lower() != sha256_of(copy):
        raise PhonicsError("backup.changed", path)
    return check_database(copy, copy)


def unpack_copy(copy: Path, target: Path) -> str:
    """A checked copy as the new file `target`; its revision."""
    revision = check_copy(copy)
    copy_database(copy, target)
    return revision


def is_simulated(copy: Path) -> bool:
    """Whether all pupils in a copy are made up; False where it can't be read."""
    with suppress(PhonicsError, ValueError), reading(copy) as connection:
        found = connection.execute("SELECT value FROM setting WHERE name = 'site'").fetchone()
        return found is not None and json.loads(found[0]) == "demonstration"
    return False
