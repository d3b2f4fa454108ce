"""Databases of earlier revisions as they are kept in `earlier/`: an SQL script of SQLite, packed, for each revision."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).parent / "earlier"
KEPT = sorted(FOLDER.glob("*.sql.gz"))


def kept_of(revision: str) -> Path:
    return FOLDER / f"revision_{revision}.sql.gz"


def revision_of(kept: Path) -> str:
    return kept.name.removeprefix("revision_").removesuffix(".sql.gz")


def made(kept: Path, path: Path) -> Path:
    """The SQLite database that was kept, at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(gzip.decompress(kept.read_bytes()).decode())
    return path
