"""On what ground a pupil's data are kept."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from phonics_app.records.schema.base import Instant, metadata

# Rows are only ever added; the newest one of a pupil counts. Whose signature it was is not kept.
lawful_basis = Table(
    "lawful_basis",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False, index=True),
    Column("basis", String(20), nullable=False),
    Column("given_on", String(10), nullable=False),
    Column("source", String(20), nullable=False),
    Column("notice", String(20), nullable=False),
    Column("noted_by", String(32), nullable=False),
    Column("noted_at", Instant, nullable=False),
)
