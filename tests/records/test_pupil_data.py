"""Tables about pupils are found by the schema, and each is known to subject access."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

from phonics_app.records import schema
from phonics_app.records.pupil_data import holdings
from phonics_app.reports.pupil_data_wording import COLUMNS, TABLES

FOUND = {holding.table.name: holding.table for holding in holdings()}


def refers_to_a_pupil(table) -> bool:
    """Found in another way than by the code under test: by walking up the foreign keys."""
    if table.name == "pupil" or any(column.name.endswith("pupil_id") for column in table.columns):
        return True
    return any(refers_to_a_pupil(key.column.table) for key in table.foreign_keys if key.column.table is not table)


def test_every_table_that_leads_to_a_pupil_is_found():
    assert set(FOUND) == {table.name for table in schema.metadata.tables.values() if refers_to_a_pupil(table)}
    assert {"pupil", "enrolment", "attempt", "event", "result", "placement", "class_seat"} <= set(FOUND)


def test_every_table_about_pupils_has_a_name_that_parents_understand():
    """A new table about pupils: name it in TABLES, and what may be read of it on paper in COLUMNS."""
    assert set(TABLES) == set(FOUND)
    for name in set(FOUND) - {"event"}:
        assert set(COLUMNS) & set(FOUND[name].columns.keys()), name


@pytest.mark.parametrize("column", ["pupil_id", "kept_pupil_id"])
def test_a_table_is_found_by_the_name_of_its_column_or_through_another(column):
    later = MetaData()
    Table("pupil", later, Column("id", String(32), primary_key=True))
    Table("note", later, Column("key", Integer, primary_key=True), Column(column, String(32)))
    Table("answer", later, Column("key", Integer, primary_key=True), Column("note_key", ForeignKey("note.key")))
    Table("weather", later, Column("key", Integer, primary_key=True))
    assert {holding.table.name for holding in holdings(later)} == {"pupil", "note", "answer"}
