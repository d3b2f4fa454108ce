"""Driver errors turned into coded ones, so that a person reads one clear line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from phonics_app.domain.errors import PhonicsError
from phonics_app.records.postgresql import postgresql_fault

# Primary result codes of SQLite (https://www.sqlite.org/rescode.html) that are no programming error.
_CODES = {
    sqlite3.SQLITE_CORRUPT: "database.damaged",
    sqlite3.SQLITE_NOTADB: "database.damaged",
    sqlite3.SQLITE_PERM: "database.unwritable",
    sqlite3.SQLITE_READONLY: "database.unwritable",
    sqlite3.SQLITE_CANTOPEN: "database.unwritable",
    sqlite3.SQLITE_IOERR: "database.unwritable",
    sqlite3.SQLITE_FULL: "database.full",
    sqlite3.SQLITE_BUSY: "database.busy",
    sqlite3.SQLITE_LOCKED: "database.busy",
}


def database_name(url: URL) -> str:
    """What a person may read of a database address: the file's path, or the URL without its password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def sqlite_fault(error: BaseException | None, path: str) -> PhonicsError | None:
    """The coded error for an SQLite error, or None where it means something else (a broken constraint, say)."""
    number = getattr(error, "sqlite_errorcode", None)
    code = None if number is None else _CODES.get(number & 0xFF)
    return PhonicsError(code, {"path": path}) if code else None


@contextmanager
def coded_faults(url: URL) -> Iterator[None]:
    """Turns faults of the database itself into `PhonicsError`; every other error passes unchanged."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        name = database_name(url)
        fault = sqlite_fault(original, name) or postgresql_fault(original, name)
        if fault is None:
            raise
        raise fault from error
    except NoConnectionFree as error:
        raise PhonicsError("database.busy", {"path": database_name(url)}) from error
