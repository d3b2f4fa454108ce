"""What stays of erased pupils: numbers of pupils, without anything that leads to one."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, Table

from phonics_app.records.schema.base import metadata

# Of a class of which at least five tested pupils were erased at once: how many stood at each level in a round.
# Level 0: tested, not placed.
erased_count = Table(
    "erased_count",
    metadata,
    Column("school_id", ForeignKey("school.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("grade", String(2), primary_key=True),
    Column("room", String(20), primary_key=True),
    Column("level", Integer, primary_key=True),
    Column("pupils", Integer, nullable=False),
    CheckConstraint("pupils >= 1", name="pupils_from_1"),
)

# Fewer than that: only that so many pupils are missing in the figures of the school's round.
erased_gap = Table(
    "erased_gap",
    metadata,
    Column("school_id", ForeignKey("school.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("pupils", Integer, nullable=False),
    CheckConstraint("pupils >= 1", name="pupils_from_1"),
)
