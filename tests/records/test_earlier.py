"""A database of every earlier revision, made by the version of that day (`earlier/`), is brought up to date.

Up to 0006 each was made by the code of the last commit at its revision: a school in the middle of a year, with tests
that pupils have taken; rows of what had no use yet then are invented. 0005 never was the newest: its rows are those of
0004. Those of later revisions are small, and made by `make_earlier`, whenever a revision is no longer the newest.
Tables and columns that a later revision brings are not looked at; every value that was there is.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, delete, insert, select

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.records import Store, attempts, open_store
from phonics_app.records.accounts import password_hash_of
from phonics_app.records.migrate import MIGRATIONS, Migrations
from phonics_app.records.schema import account
from phonics_app.records.store import sqlite_url
from phonics_app.workflows import assess
from phonics_app.workflows.context import Phonics, Settings
from tests import databases, sites
from tests.records.earlier_files import KEPT, made, revision_of

MADE_THEN = "0006"
"""The last one that was made by the code of its day."""
CHANGED = {"account": {"password_hash"}}
"""Columns of which a revision changes what is stored, by table: named here with the test that looks at them."""


def test_every_earlier_revision_is_kept():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS.folder).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    # Of the newest one there is a database only as soon as another follows.
    assert {revision_of(kept) for kept in KEPT} == known - {MIGRATIONS.head}


def rows_of(url: str, columns: dict[str, list[str]] | None = None):
    """Columns by table, and of each table how often each row stands there."""
    engine, found = create_engine(url), MetaData()
    with engine.connect() as connection:
        found.reflect(connection)
        columns = columns or {t.name: [c.name for c in t.columns] for t in found.sorted_tables}
        columns.pop("alembic_version", None)
        rows = {}
        for name, names in columns.items():
            told = [found.tables[name].c[column] for column in names if column not in CHANGED.get(name, ())]
            rows[name] = Counter(repr(tuple(row)) for row in connection.execute(select(*told)))
    engine.dispose()
    return columns, rows


def filled_server(old: Path, path: Path, revision: str) -> str:
    """A database at that revision on the server, with the rows of the file."""
    url = databases.url_of(path)
    store = open_store(url, Migrations(MIGRATIONS.folder, revision))
    found, source = MetaData(), create_engine(sqlite_url(old))
    with source.connect() as read, store.write() as written:
        found.reflect(read)
        for table in found.sorted_tables:
            rows = [dict(row) for row in read.execute(select(table)).mappings()]
            if rows and table.name != "alembic_version":
                written.execute(delete(table))  # what the migrations themselves put there
                written.execute(insert(table), rows)
    source.dispose()
    store.close()
    return url


@pytest.mark.parametrize("kept", KEPT, ids=revision_of)
def test_no_row_is_lost(kept, tmp_path):
    old = made(kept, tmp_path / "old" / "phonics.db")
    columns, before = rows_of(sqlite_url(old))
    if databases.on_postgresql():
        url = filled_server(old, tmp_path / "data" / "phonics.db", revision_of(kept))
    else:
        (tmp_path / "data").mkdir()
        url = sqlite_url(databases.copy(old, tmp_path / "data" / "phonics.db"))
    store = open_store(url, backups=tmp_path / "data" / "backups")
    _, after = rows_of(url, columns)
    lost = {name: rows - after[name] for name, rows in before.items() if rows - after[name]}
    assert lost == {}
    assert all(before.values())
    assert list((tmp_path / "data" / "backups").glob(f"*-revision-{revision_of(kept)}.*"))
    assert passwords_of(store) == passwords_before(old, revision_of(kept))
    results_can_be_shown(store, tmp_path / "data", url, most=17 if revision_of(kept) == MADE_THEN else 2)
    store.close()


def passwords_before(old: Path, revision: str) -> dict[str, str]:
    """Since 0009 an account's password is one of its credentials."""
    query = "SELECT account_id, secret_hash FROM credential WHERE kind = 'password'"
    with closing(sqlite3.connect(old)) as connection:
        found = connection.execute("SELECT id, password_hash FROM account" if revision < "0009" else query).fetchall()
    return dict(found)


def passwords_of(store: Store) -> dict[str, str | None]:
    with store.read() as connection:
        return {id: password_hash_of(connection, id) for id in connection.scalars(select(account.c.id))}


def results_can_be_shown(store: Store, folder: Path, url: str, most: int) -> None:
    """What pupils have done then is replayed by this version's engine: `most` tests, since reading plans takes long."""
    phonics = Phonics(Settings(folder, url, sites.ROOT), store, sites.content(), sites.Clock(), sites.Ids())
    with store.read() as connection:
        finished = sorted({p.id for p in attempts_with_results(connection)})
    assert len(finished) >= most
    for attempt_id in finished[:most]:
        result = assess.compute_result(phonics, sites.PEOPLE.administrator, attempt_id)
        assert result.attempt_id == attempt_id


def attempts_with_results(connection):
    from phonics_app.records import schema

    finished = schema.attempt.c.status == AttemptStatus.FINISHED.value
    query = select(schema.attempt.c.id).join(schema.result).where(finished, schema.attempt.c.created_by != "1")
    rows = connection.execute(query).all()
    assert all(attempts.find_attempt(connection, row.id) for row in rows)
    return rows
