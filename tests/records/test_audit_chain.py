"""The chain of the audit: written by several at once, refused to be changed, and every kind of change found."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from phonics_app.domain.grade import Grade
from phonics_app.records import audit, audit_chain, open_store, schema
from phonics_app.records.audit_chain import ChainFault
from tests import databases
from tests.databases import url_of
from tests.tampering import guards_down

NOW = datetime(2026, 6, 15, 2, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path):
    store = open_store(url_of(tmp_path / "phonics.db"))
    yield store
    store.close()


def add(store, number, subject="s"):
    with store.write() as connection:
        told = {"n": number, "ชื่อช่อง": ["ชั้น", "ห้อง"], "share": 0.1}
        audit.record(connection, NOW + timedelta(minutes=number), "who", "pupil.added", subject, **told)


def verify(store, noted=""):
    with store.read() as connection:
        return audit_chain.verify(connection, noted)


def tampered(store, statement):
    with store.write() as connection, guards_down(connection):
        connection.execute(statement)


def test_an_empty_record_holds(store):
    found = verify(store)
    assert (found.holds, found.entries, found.head) == (True, 0, audit_chain.ORIGIN)


def test_what_was_written_holds(store):
    for number in range(5):
        add(store, number)
    found = verify(store)
    assert (found.holds, found.entries, found.head_key) == (True, 5, 5)
    with store.read() as connection:
        newest = audit.entries(connection, 1)[0]
    assert (newest.key, newest.hash) == (5, found.head)


def test_the_documented_form_of_a_link():
    """Whoever checks an export with another program needs exactly this."""
    local = datetime(2026, 6, 15, 9, 0, tzinfo=UTC) + timedelta(microseconds=5)
    made = audit_chain.link("0" * 64, 1, local, "a", "pupil.added", "ก", {"b": 1, "a": [2]})
    import hashlib

    text = f'["{"0" * 64}",1,"2026-06-15T09:00:00.000005+00:00","a","pupil.added","\\u0e01",{{"a":[2],"b":1}}]'
    assert made == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "values",
    [
        {"at": NOW},
        {"account_id": "other"},
        {"action": "pupil.moved"},
        {"subject": "other"},
        {"data": {"n": 9}},
        {"hash": "f" * 64},
    ],
    ids=lambda values: next(iter(values)),
)
def test_a_changed_entry_is_named(store, values):
    for number in range(1, 6):
        add(store, number)
    tampered(store, update(schema.audit).where(schema.audit.c.key == 3).values(values))
    found = verify(store)
    assert (found.fault, found.key) == (ChainFault.CHANGED, 3)


def test_an_entry_taken_out_of_the_middle(store):
    for number in range(5):
        add(store, number)
    tampered(store, delete(schema.audit).where(schema.audit.c.key == 3))
    assert (verify(store).fault, verify(store).key) == (ChainFault.MISSING, 4)


def test_a_cut_off_tail(store):
    for number in range(5):
        add(store, number)
    tampered(store, delete(schema.audit).where(schema.audit.c.key >= 4))
    assert (verify(store).fault, verify(store).key) == (ChainFault.CUT_OFF, 3)


def test_a_cut_off_tail_whose_head_was_set_back_is_told_by_the_noted_hash(store):
    for number in range(5):
        add(store, number)
    noted = verify(store).head
    with store.read() as connection:
        third = audit.entries(connection, 1, audit.AuditFilter(below=4))[0]
    tampered(store, delete(schema.audit).where(schema.audit.c.key >= 4))
    with store.write() as connection:
        audit_chain.move_head(connection, 3, third.hash)
    assert verify(store).holds
    assert verify(store, third.hash).holds
    assert verify(store, noted).fault is ChainFault.HEAD_UNKNOWN


def test_an_older_noted_hash_is_in_the_chain(store):
    add(store, 1)
    noted = verify(store).head
    add(store, 2)
    assert verify(store, noted).holds
    assert verify(store, "0" * 63 + "1").fault is ChainFault.HEAD_UNKNOWN


def test_an_entry_added_from_outside(store):
    add(store, 1)
    row = {"at": NOW, "account_id": "x", "action": "a.b", "subject": "", "data": {}, "hash": "0" * 64}
    with store.write() as connection:
        connection.execute(schema.audit.insert().values(key=7, **row))
    assert (verify(store).fault, verify(store).key) == (ChainFault.FORGED, 7)


@pytest.mark.parametrize(
    "statement",
    [
        update(schema.audit).values(account_id="other"),
        delete(schema.audit),
        schema.audit.insert().prefix_with("OR REPLACE"),
    ],
    ids=["update", "delete", "replace"],
)
def test_the_database_refuses_changes(store, statement):
    add(store, 1)
    row = {"key": 1, "at": NOW, "account_id": "x", "action": "a.b", "subject": "", "data": {}, "hash": ""}
    if statement.is_insert:
        statement = statement.values(row)
    with pytest.raises(DBAPIError), store.write() as connection:
        connection.execute(statement)
    assert verify(store).holds


def test_missing_guards_are_told(store):
    with store.write() as connection:
        server = databases.on_postgresql()
        connection.exec_driver_sql("DROP TRIGGER audit_guard ON audit" if server else "DROP TRIGGER audit_no_delete")
    assert verify(store).fault is ChainFault.UNGUARDED


def test_several_writers_make_one_chain(store):
    start = threading.Barrier(8)

    def work():
        start.wait()
        for number in range(10):
            add(store, number)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verify(store)
    assert (found.holds, found.entries) == (True, 80)


def test_an_act_that_fails_leaves_no_link(store):
    add(store, 1)
    with suppress(RuntimeError), store.write() as connection:
        audit.record(connection, NOW, "who", "pupil.added", "s")
        raise RuntimeError
    add(store, 2)
    assert (verify(store).holds, verify(store).entries) == (True, 2)


def test_looking_twice_within_an_hour_is_one_entry(store):
    def look(minutes, subject="a"):
        audit.saw(store, NOW + timedelta(minutes=minutes), "who", "seen.pupil", subject)

    for minutes in (0, 1, 59):
        look(minutes)
    look(59, "b")
    assert verify(store).entries == 2
    look(60)
    assert verify(store).entries == 3
    with store.read() as connection:
        assert [e.subject for e in audit.entries(connection)] == ["a", "b", "a"]


def test_entries_of_older_databases_are_chained(tmp_path):
    """A database of before the chain, with gaps between its numbers as PostgreSQL leaves them."""
    from alembic import command

    from phonics_app.records import migrate

    url = url_of(tmp_path / "old.db")
    store = open_store(url)
    with store.engine.connect() as connection:
        connection.execution_options(phonics_write=True)
        with connection.begin():
            command.downgrade(migrate._config(migrate.MIGRATIONS, connection), "0006")
            for key in (1, 2, 5, 2500):
                at = NOW.isoformat(timespec="microseconds")
                names = "key, at, account_id, action, subject, data"
                values = f"{key}, '{at}', 'who', 'a.b', 'ก', '{{\"ชั้น\": \"ป.3\"}}'"
                connection.exec_driver_sql(f"INSERT INTO audit ({names}) VALUES ({values})")
    store.close()
    store = open_store(url, backups=tmp_path)
    found = verify(store)
    assert (found.holds, found.entries, found.head_key) == (True, 4, 2500)
    add(store, 1)
    assert verify(store).holds
    with store.read() as connection:
        assert connection.scalar(select(schema.audit.c.key).order_by(schema.audit.c.key.desc())) == 2501
    store.close()


def test_a_room_that_nobody_has_fits_into_an_entry(store):
    subject = audit.class_subject("5" * 32, Grade.P6, "1" * 999)
    assert len(subject) == schema.audit.c.subject.type.length
    with store.write() as connection:
        audit.record(connection, NOW, "a", "class.seen", subject)
