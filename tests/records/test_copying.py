"""Moving a site between a file and a server: every row, in one piece or not at all."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from phonics_app.domain.errors import PhonicsError
from phonics_app.records import audit, copying, open_store
from phonics_app.records.schema import metadata, setting
from phonics_app.records.store import same_database, sqlite_url
from tests import databases, sites
from tests.records.earlier_files import kept_of, made
from tests.records.test_earlier import filled_server


@pytest.fixture
def source(tmp_path):
    """A school in the middle of a year, on whichever database the tests run; every table of revision 0006 has rows."""
    file = made(kept_of("0006"), tmp_path / "source" / "phonics.db")
    server = databases.on_postgresql()
    url = filled_server(file, tmp_path / "server" / "phonics.db", "0006") if server else sqlite_url(file)
    store = open_store(url, backups=tmp_path / "backups")
    yield store
    store.close()


@pytest.fixture
def target(tmp_path):
    """An empty database of the other kind: a file where the tests run on a server."""
    other = sqlite_url(tmp_path / "target.db")
    store = open_store(other)
    yield store
    store.close()


def test_every_row_arrives(source, target):
    told = []
    counts = copying.copy_rows(source, target, told.append)
    assert counts["event"] > 400
    assert counts.keys() == metadata.tables.keys()
    assert sites.dump(target) == sites.dump(source)
    assert told == sorted(told)
    assert told[-1] == 1


@pytest.mark.postgresql
def test_there_and_back(source, target, tmp_path):
    copying.copy_rows(source, target)
    again = open_store(databases.url_of(tmp_path / "again.db"))
    copying.copy_rows(target, again)
    assert sites.dump(again) == sites.dump(source)
    with again.write() as connection:
        audit.record(connection, sites.START, "teacher", "test.done", "")
    with again.read() as connection:
        assert audit.entries(connection, 1)[0].action == "test.done"
    again.close()


def test_a_database_with_rows_is_left_alone(source, target):
    with target.write() as connection:
        connection.execute(insert(setting).values(name="n", value=None))
    before = sites.dump(target)
    with pytest.raises(PhonicsError, match=r"copy\.not_empty"):
        copying.copy_rows(source, target)
    assert sites.dump(target) == before


def test_a_copy_that_breaks_off_leaves_nothing(source, target):
    def stop(share):
        if share > 0.5:
            raise KeyboardInterrupt

    before = sites.dump(target)
    with pytest.raises(KeyboardInterrupt):
        copying.copy_rows(source, target, stop)
    assert sites.dump(target) == before


def test_rows_that_do_not_arrive_are_noticed(source, target):
    with target.write() as connection:
        name = "CREATE TRIGGER lost BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END"
        connection.exec_driver_sql(name)
    with pytest.raises(PhonicsError, match=r"copy\.incomplete"):
        copying.copy_rows(source, target)
    with target.read() as connection:
        assert connection.execute(select(setting)).first() is None


def test_the_same_database_by_another_name(tmp_path):
    path = tmp_path / "phonics.db"
    assert same_database(sqlite_url(path), sqlite_url(tmp_path / "x" / ".." / "phonics.db"))
    assert not same_database(sqlite_url(path), sqlite_url(tmp_path / "other.db"))
    assert same_database("postgresql://a:1@host/x", "postgresql+psycopg://a:2@host/x")
    assert not same_database("postgresql://a@host/x", "postgresql://a@host/y")
