"""Backups of a database server: the same file goes back into it, or into SQLite, and the other way round."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from phonics_app.domain.account import SYSTEM
from phonics_app.records import audit, open_store
from phonics_app.records.schema import metadata
from phonics_app.records.store import sqlite_url
from phonics_app.workflows.backups import back_up, restore, try_backup
from phonics_app.workflows.context import Settings
from phonics_app.workflows.schools import save_school
from tests.workflows.test_backups import NEW_SCHOOL, names

pytestmark = pytest.mark.postgresql
CHANGED = {"session", "setting", "audit", "audit_chain"}
"""By putting it back itself."""


def rows_of(store):
    with store.read() as connection:
        return {
            table.name: sorted(connection.execute(select(table)).all(), key=repr)
            for table in metadata.sorted_tables
            if table.name not in CHANGED
        }


def test_there_and_back_while_the_app_runs(phonics):
    before, made = rows_of(phonics.store), back_up(phonics, SYSTEM)
    assert try_backup(phonics, SYSTEM, made).schools == 6
    save_school(phonics, SYSTEM, NEW_SCHOOL)
    kept = restore(phonics.settings, made, now=phonics.now)
    assert rows_of(phonics.store) == before
    with phonics.store.read() as connection:
        assert audit.entries(connection, 1)[0].action == "site.restored"
    save_school(phonics, SYSTEM, NEW_SCHOOL)  # keys go on after those that were brought along
    restore(phonics.settings, kept, now=phonics.now)
    assert "After" in names(phonics)


def test_into_sqlite_and_out_of_it_again(phonics, tmp_path):
    before, made = rows_of(phonics.store), back_up(phonics, SYSTEM)
    laptop = Settings(tmp_path / "laptop", sqlite_url(tmp_path / "laptop" / "phonics.db"), phonics.settings.content_dir)
    restore(laptop, made)
    store = open_store(laptop.database_url)
    assert rows_of(store) == before
    store.close()
    save_school(phonics, SYSTEM, NEW_SCHOOL)
    restore(phonics.settings, made)
    assert rows_of(phonics.store) == before
