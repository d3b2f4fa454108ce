"""School years that were turned, so that a turn can be taken back."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from phonics_app.records.schema.base import Instant, metadata

year_turn = Table(
    "year_turn",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("school_id", ForeignKey("school.id"), nullable=False, index=True),
    Column("to_year", Integer, nullable=False),
    Column("turned_at", Instant, nullable=False),
    Column("turned_by", String(32), nullable=False),
    Column("undone_at", Instant),
    Column("undone_by", String(32)),
)

# What the turn did with each pupil; grade and room are empty for who left.
year_turn_pupil = Table(
    "year_turn_pupil",
    metadata,
    Column("turn_id", ForeignKey("year_turn.id"), primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True, index=True),
    Column("outcome", String(20), nullable=False),
    Column("grade", String(2), nullable=False),
    Column("room", String(20), nullable=False),
)
