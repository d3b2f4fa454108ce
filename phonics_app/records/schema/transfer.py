"""Pupils who go from one school to another by request and release."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text

from phonics_app.records.schema.base import Instant, metadata

pupil_transfer = Table(
    "pupil_transfer",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False, index=True),
    Column("from_school_id", ForeignKey("school.id"), nullable=False, index=True),
    Column("to_school_id", ForeignKey("school.id"), nullable=False, index=True),
    Column("number", String(50), nullable=False, comment="as asked for; so are the names"),
    Column("first_name", String(300), nullable=False),
    Column("last_name", String(300), nullable=False),
    Column("grade", String(2), nullable=False),
    Column("room", String(20), nullable=False),
    Column("new_number", String(50), nullable=False),
    Column("starts_on", String(10), nullable=False, comment="a day"),
    Column("asked_at", Instant, nullable=False),
    Column("asked_by", String(32), nullable=False),
    Column("status", String(20), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("decided_at", Instant),
    Column("decided_by", String(32)),
)
