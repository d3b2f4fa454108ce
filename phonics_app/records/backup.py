"""Copies of an SQLite database, each with its checksum beside it, and putting one back."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from phonics_app.domain.errors import PhonicsError

_CHUNK = 1 << 20


def checksum_path(path: Path) -> Path:
    """Where the checksum of a copy stands: `phonics.db` → `phonics.db.sha256`."""
    return path.with_name(path.name + ".sha256")


def copy_database(source: Path, target: Path) -> Path:
    """A consistent copy of `source`, also while others write to it, with its checksum beside it.

    The copy appears under its name only when it is whole. Raises "backup.failed" with the path.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(partial)) as written:
            read.backup(written)
            # One file without a journal beside it can be carried on a stick.
            written.execute("PRAGMA journal_mode=DELETE")
        checksum_path(target).write_text(f"{sha256_of(partial)}  {target.name}\n", encoding="utf-8")
        os.replace(partial, target)
    except (OSError, sqlite3.Error) as error:
        raise PhonicsError("backup.failed", {"path": str(target), "reason": str(error)}) from error
    return target


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
