"""Opening a database: creating, upgrading, refusing; and many writers at once."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from phonics_app.domain.errors import PhonicsError
from phonics_app.records import open_store
from phonics_app.records import store as store_module
from phonics_app.records.backup import unpack
from phonics_app.records.migrate import MIGRATIONS, Migrations
from phonics_app.records.schema import account_grant, metadata, setting
from tests import databases
from tests.databases import url_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ข้อมูล 100% #1?" / "phonics.db"


@pytest.mark.sqlite
def test_creates_the_folder_and_the_tables(path):
    store = open_store(url_of(path))
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(setting)) == 0
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    store.close()


def test_the_initial_revision_makes_exactly_the_schema(path):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    store = open_store(url_of(path))
    with store.read() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    # Remarks, which SQLite does not keep, are those of the day on which a column came.
    assert [change for change in found if change[0][0] != "modify_comment"] == []
    store.close()


@pytest.mark.sqlite
def test_an_event_is_stored_beside_its_neighbours(path):
    store = open_store(url_of(path))
    with store.read() as connection:
        (stored,) = connection.exec_driver_sql("select sql from sqlite_master where name = 'event'").one()
    assert "WITHOUT ROWID" in stored
    store.close()


def test_the_head_is_the_newest_revision():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS.folder).replace("%", "%%"))
    assert ScriptDirectory.from_config(config).get_current_head() == MIGRATIONS.head


def test_an_up_to_date_database_opens_without_alembic(path):
    open_store(url_of(path)).close()
    code = (
        "import sys; from phonics_app.records import open_store; open_store(sys.argv[1]).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, url_of(path)], check=True)


def next_revision(folder: Path) -> Migrations:
    shutil.copytree(MIGRATIONS.folder, folder)
    (folder / "versions" / "9999_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '9999'\ndown_revision = {MIGRATIONS.head!r}\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('school') as batch:\n"
        "        batch.alter_column('code', existing_type=sa.String(10), type_=sa.String(20))\n",
        encoding="utf-8",
    )
    return Migrations(folder, "9999")


def test_an_upgrade_keeps_the_rows_and_a_copy_of_before(path, tmp_path):
    store = open_store(url_of(path))
    with store.write() as connection:
        connection.exec_driver_sql(
            "insert into school (id, name_th, name_en, kind, highest_grade, archived)"
            " values ('s', 'ก', 'a', 'municipal', 'P6', false)"
        )
        connection.exec_driver_sql(
            "insert into pupil (id, school_id, number, prefix, first_name, last_name, sex, archived, simulated)"
            " values ('p', 's', '1', '', 'a', 'b', 'male', false, false)"
        )
    store.close()
    upgraded = open_store(url_of(path), next_revision(tmp_path / "migrations"), path.parent / "backups")
    with upgraded.read() as connection:
        assert connection.exec_driver_sql("select school_id from pupil").scalar() == "s"
        assert connection.exec_driver_sql("select version_num from alembic_version").scalar() == "9999"
    upgraded.close()
    if databases.on_postgresql():
        (dump,) = (path.parent / "backups").glob(f"*-revision-{MIGRATIONS.head}.dump")
        assert dump.with_name(dump.name + ".sha256").exists()
        return
    kept = path.parent / "backups" / f"phonics-revision-{MIGRATIONS.head}.p9backup"
    assert unpack(kept, tmp_path / "kept.db").revision == MIGRATIONS.head


def test_a_failed_upgrade_leaves_the_database_as_it_was(path, tmp_path):
    open_store(url_of(path)).close()
    migrations = next_revision(tmp_path / "migrations")
    script = migrations.folder / "versions" / "9999_next.py"
    script.write_text(
        script.read_text() + "    op.create_table('half', sa.Column('n', sa.Integer))\n    raise RuntimeError('stop')\n"
    )
    with pytest.raises(RuntimeError, match="stop"):
        open_store(url_of(path), migrations, tmp_path / "backups")
    store = open_store(url_of(path))
    with store.read() as connection:
        assert not inspect(connection).has_table("half")
    store.close()


def refused(path: Path) -> PhonicsError:
    with pytest.raises(PhonicsError) as caught:
        open_store(url_of(path))
    assert caught.value.data["path"] == str(path)
    return caught.value


@pytest.mark.sqlite
def test_a_file_that_is_no_database_is_damaged(tmp_path):
    path = tmp_path / "phonics.db"
    path.write_bytes(b"this is no database at all, but long enough to hold a header" * 100)
    before = path.read_bytes()
    assert refused(path).code == "database.damaged"
    assert path.read_bytes() == before


@pytest.mark.sqlite
def test_a_database_cut_short_is_damaged(path):
    open_store(url_of(path)).close()
    path.write_bytes(path.read_bytes()[:8192])
    assert refused(path).code == "database.damaged"


@pytest.mark.sqlite
def test_a_page_overwritten_is_reported_at_use(path):
    open_store(url_of(path)).close()
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = b"\xff" * (len(content) - 4096 * 2)
    path.write_bytes(content)
    with pytest.raises(PhonicsError, match=r"database\.damaged"):
        read_everything(url_of(path))


def read_everything(url: str) -> None:
    store = open_store(url)
    with store.read() as connection:
        for table in metadata.sorted_tables:
            connection.execute(select(table)).all()


def test_a_newer_revision_is_refused(path):
    store = open_store(url_of(path))
    with store.write() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = 'from_the_future'")
    store.close()
    with pytest.raises(PhonicsError, match=r"database\.newer") as caught:
        open_store(url_of(path))
    error = caught.value
    assert error.data["revision"] == "from_the_future"


@pytest.mark.sqlite
def test_a_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "phonics.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table recipes (name text)")
    assert refused(path).code == "database.foreign"


@pytest.mark.sqlite
@pytest.mark.parametrize("name", ["folder", "file/phonics.db"])
def test_a_path_that_can_not_be_written(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("in the way")
    assert refused(tmp_path / name).code == "database.unwritable"


OPEN_AS_NOBODY = """
import os, sys
from phonics_app.records import open_store
open_store(sys.argv[1]).close()
os.setuid(65534)
try:
    open_store(sys.argv[1])
except Exception as error:
    print(error)
"""


@pytest.mark.sqlite
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs to become another user")
def test_a_file_without_permission():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phonics.db"
        open_store(url_of(path)).close()
        os.chmod(folder, 0o755)
        done = subprocess.run(
            [sys.executable, "-c", OPEN_AS_NOBODY, url_of(path)], capture_output=True, text=True, check=True
        )
    assert "database.unwritable" in done.stdout


def test_constraints_are_not_disguised(path):
    store = open_store(url_of(path))
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(insert(account_grant).values(account_id="nobody", role="teacher"))
    store.close()


def test_what_was_to_be_stored_stands_in_no_error(path):
    """What goes wrong unforeseen is written into the log, and there may be names in it."""
    store = open_store(url_of(path))
    with pytest.raises(IntegrityError) as caught, store.write() as connection:
        connection.execute(insert(account_grant).values(account_id="nobody", role="ด.ญ.ใบบัว"))
    store.close()
    assert "ใบบัว" not in str(caught.value)


def count_up(url: str, times: int) -> None:
    """Reads, then writes what it read plus one: loses counts unless the read holds the write lock."""
    store = open_store(url)
    for _ in range(times):
        with store.write() as connection:
            value = connection.scalar(select(setting.c.value).where(setting.c.name == "n"))
            connection.execute(setting.update().where(setting.c.name == "n").values(value=value + 1))
    store.close()


def counted(url: str) -> object:
    store = open_store(url)
    with store.read() as connection:
        value = connection.scalar(select(setting.c.value))
    store.close()
    return value


def start_counting(url: str) -> None:
    store = open_store(url)
    with store.write() as connection:
        connection.execute(insert(setting).values(name="n", value=0))
    store.close()


def test_threads_queue_for_the_write_lock(path):
    url = url_of(path)
    start_counting(url)
    threads = [threading.Thread(target=count_up, args=(url, 20)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted(url) == 120


def test_processes_create_and_write_the_same_new_database(path):
    """Three at once: all may find no database, one creates it; then no write is lost."""
    url = url_of(path)
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(3) as pool:
        pool.map(open_and_close, [url] * 3, chunksize=1)
        start_counting(url)
        pool.starmap(count_up, [(url, 15)] * 3, chunksize=1)
    assert counted(url) == 45


def open_and_close(url: str) -> None:
    open_store(url).close()


def test_a_reader_sees_one_moment(path):
    store = open_store(url_of(path))
    with store.read() as reader:
        before = reader.scalar(select(func.count()).select_from(setting))
        with store.write() as writer:
            writer.execute(insert(setting).values(name="n", value=1))
        assert reader.scalar(select(func.count()).select_from(setting)) == before == 0
    store.close()


def test_a_failed_write_leaves_nothing(path):
    store = open_store(url_of(path))
    with pytest.raises(IntegrityError), store.write() as writer:
        writer.execute(
            insert(setting), [{"name": "n", "value": 1}, {"name": "m", "value": 1}, {"name": "n", "value": 2}]
        )
    with store.read() as reader:
        assert reader.scalar(select(func.count()).select_from(setting)) == 0
    store.close()


def test_a_writer_that_waits_too_long_is_told(path, monkeypatch):
    monkeypatch.setattr(store_module, "BUSY_MILLISECONDS", 20)
    store = open_store(url_of(path))
    with store.write(), pytest.raises(PhonicsError, match=r"database\.busy"), store.write():
        pass
    store.close()


@pytest.mark.parametrize(
    ("url", "code"), [("not an address", "database.url_bad"), ("nosuch://user:secret@host/x", "database.no_driver")]
)
def test_other_databases(url, code):
    with pytest.raises(PhonicsError) as caught:
        open_store(url)
    assert caught.value.code == code
    assert "secret" not in str(caught.value)
