"""What a PostgreSQL server may do to a store: refuse it, go away, order otherwise; and what is said then."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, make_url, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from phonics_app.domain.errors import PhonicsError
from phonics_app.records import audit, dumps, open_store
from phonics_app.records.migrate import MIGRATIONS, Migrations
from phonics_app.records.postgresql import WRITE_LOCK
from phonics_app.records.schema import school, setting
from tests import databases, sites
from tests.records.test_store import next_revision

pytestmark = pytest.mark.postgresql
WORDS = ("ก", "ไก่", "เก่า", "ข", "Z", "a", "_", "10", "9", "ฮ", "é")


@pytest.fixture
def url(tmp_path):
    return databases.url_of(tmp_path / "phonics.db")


@pytest.fixture
def store(url):
    store = open_store(url)
    yield store
    store.close()


def refused(url):
    with pytest.raises(PhonicsError) as caught:
        open_store(url)
    return caught.value


def run(store, *statements):
    """As the owner of the server."""
    engine = store.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("SET default_transaction_read_only = off")
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.fixture
def guarded():
    """A server that asks for passwords, on a socket of its own."""
    cluster = databases.Cluster(databases.find_programs()).start()
    rules = cluster.data / "pg_hba.conf"
    rules.write_text("local all postgres trust\nlocal all all scram-sha-256\n")
    cluster.stop()
    yield cluster.go_on()
    cluster.remove()


def test_two_servers_of_a_test_may_ask_for_the_same_database_at_once(tmp_path):
    ready = threading.Barrier(8)

    def ask(path):
        ready.wait()
        return databases.url_of(path)

    with ThreadPoolExecutor(8) as pool:
        for number in range(5):
            path = tmp_path / f"{number}.db"
            assert set(pool.map(ask, [path] * 8)) == {databases.url_of(path)}


def test_passwords_rights_and_a_server_that_goes_away(guarded):
    folder = str(guarded.folder)
    owner = open_store(databases.server_url("postgres", folder=folder))
    run(owner, "CREATE USER school PASSWORD 'right'", "CREATE DATABASE mine OWNER school", "CREATE DATABASE other")
    address = databases.server_url("mine", "school:right", folder)
    assert refused(databases.server_url("mine", "school:wrong", folder)).code == "database.refused"
    assert refused(databases.server_url("mine", "nobody:wrong", folder)).code == "database.refused"
    assert refused(databases.server_url("nowhere", "school:right", folder)).code == "database.no_such"
    assert refused(databases.server_url("other", "school:right", folder)).code == "database.no_rights"
    error = refused(databases.server_url("mine", "school:s3cret", folder))
    assert "s3cret" not in str(error.data)
    store = open_store(address)
    guarded.stop()
    with pytest.raises(PhonicsError, match=r"database\.unreachable"), store.read() as connection:
        connection.execute(select(setting))
    assert refused(address).code == "database.unreachable"
    guarded.go_on()
    with store.write() as connection:
        connection.execute(insert(setting).values(name="n", value=1))
    store.close()
    owner.close()


def test_nobody_listens_there():
    assert refused("postgresql+psycopg://user:secret@127.0.0.1:1/phonics").code == "database.unreachable"


def test_a_server_that_only_reads(store):
    name = store.engine.url.database
    with store.write() as connection:
        connection.execute(insert(setting).values(name="n", value=1))
    with pytest.raises(PhonicsError, match=r"database\.read_only"), store.read() as connection:
        connection.execute(insert(setting).values(name="m", value=1))
    assert name


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", "database.full"),
        ("40001", "database.busy"),
        ("40P01", "database.busy"),
        ("55P03", "database.busy"),
        ("53300", "database.busy"),
        ("57P01", "database.unreachable"),
        ("XX001", "database.damaged"),
        ("58030", "database.unwritable"),
    ],
)
def test_what_the_server_says(store, state, code):
    say = f"DO $$ BEGIN RAISE EXCEPTION 'told' USING ERRCODE = '{state}'; END $$"
    with pytest.raises(PhonicsError) as caught, store.write() as connection:
        connection.exec_driver_sql(say)
    assert caught.value.code == code
    with store.read() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_faults_of_a_statement_are_not_disguised(store):
    with pytest.raises(ProgrammingError), store.write() as connection:
        connection.exec_driver_sql("SELECT nothing FROM nowhere")
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(insert(setting), [{"name": "n", "value": 1}, {"name": "n", "value": 1}])


def test_the_order_is_that_of_sqlite_whatever_the_server_is_set_to(store, tmp_path):
    rows = [
        {"id": f"{n}", "name_th": w, "name_en": "", "kind": "k", "highest_grade": "P6"} for n, w in enumerate(WORDS)
    ]
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    found = []
    for each in (store, other):
        with each.write() as connection:
            connection.execute(insert(school), rows)
        with each.read() as connection:
            ordered = tuple(connection.scalars(select(school.c.name_th).order_by(school.c.name_th)))
            alike = set(connection.scalars(select(school.c.name_th).where(school.c.name_th.icontains("A"))))
            lower = set(connection.scalars(select(school.c.name_th).where(school.c.name_th.icontains("É"))))
            found.append((ordered, alike, lower))
    other.close()
    with store.read() as connection:
        assert (
            connection.scalar(text("SELECT datlocprovider FROM pg_database WHERE datname = current_database()")) == "i"
        )
    assert found[0] == found[1]
    assert found[0][0] == tuple(sorted(WORDS))


def test_the_audit_has_one_order_however_many_write(store):
    def write(number):
        for _ in range(10):
            with store.write() as connection:
                last = connection.scalar(text("SELECT max(key) FROM audit")) or 0
                audit.record(connection, sites.START, f"{number}", "test.done", "", after=last)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as connection:
        found = connection.execute(text("SELECT key, data->>'after' FROM audit ORDER BY key")).all()
    assert len(found) == 50
    assert [int(after) for _, after in found] == [0, *(key for key, _ in found[:-1])]


def test_a_writer_in_another_process_is_waited_for(store, monkeypatch):
    monkeypatch.setattr("phonics_app.records.store.BUSY_MILLISECONDS", 50)
    with store.engine.connect() as other:
        other.exec_driver_sql(f"SELECT pg_advisory_lock({WRITE_LOCK})")
        with pytest.raises(PhonicsError, match=r"database\.busy"), store.write():
            pass
        other.exec_driver_sql(f"SELECT pg_advisory_unlock({WRITE_LOCK})")
    with store.write() as connection:
        connection.execute(insert(setting).values(name="n", value=1))


def test_without_a_dump_nothing_is_upgraded(url, tmp_path, monkeypatch):
    open_store(url).close()
    migrations = next_revision(tmp_path / "migrations")
    with monkeypatch.context() as patch:
        patch.setattr(dumps, "PROGRAM", "no-such-program")
        with pytest.raises(PhonicsError, match=r"database\.no_dump") as caught:
            open_store(url, migrations, tmp_path / "backups")
    assert caught.value.data["revision"] == MIGRATIONS.head
    assert stands_at(url) == MIGRATIONS.head
    monkeypatch.setenv(dumps.ALREADY, MIGRATIONS.head)
    open_store(url, migrations).close()
    assert stands_at(url, migrations) == "9999"


def stands_at(url, migrations: Migrations = MIGRATIONS):
    store = open_store(url, migrations)
    with store.read() as connection:
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    store.close()
    return found


def test_a_nul_is_left_out(store):
    with store.write() as connection:
        connection.execute(insert(setting).values(name="a\0b", value="c\0d"))
    with store.read() as connection:
        assert connection.execute(select(setting.c.name, setting.c.value)).one() == ("ab", "c\0d")  # as JSON writes it
        assert connection.scalar(select(setting.c.name).where(setting.c.name == "\0")) is None


def test_an_address_without_a_driver_takes_ours(url):
    store = open_store(url.replace("+psycopg", ""))
    assert store.engine.url.drivername == "postgresql+psycopg"
    store.close()


def test_a_password_is_not_seen_on_a_command_line():
    found = dumps.connection_variables(make_url("postgresql+psycopg://user:p%40ss@host:5433/name?sslmode=require"))
    assert found == {
        "PGHOST": "host",
        "PGPORT": "5433",
        "PGUSER": "user",
        "PGPASSWORD": "p@ss",
        "PGDATABASE": "name",
        "PGSSLMODE": "require",
    }
