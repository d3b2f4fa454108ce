"""Classes by level instead of grade: who is taught in which, by whom, from when to when. Memberships are only added."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from phonics_app.records.schema.base import Instant, metadata

level_class = Table(
    "level_class",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("school_id", ForeignKey("school.id"), nullable=False, index=True),
    Column("year", Integer, nullable=False),
    Column("term", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    Column("name", String(100), nullable=False),
    Column("room", String(100), nullable=False),
    Column("since", String(10), nullable=False),
    Column("until", String(10), nullable=False, server_default="", comment="a day; empty: it goes on"),
)

level_class_teacher = Table(
    "level_class_teacher",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("class_id", ForeignKey("level_class.id"), nullable=False, index=True),
    Column("teacher", String(300), nullable=False),
    Column("since", String(10), nullable=False),
    Column("until", String(10), nullable=False, server_default=""),
)

level_member = Table(
    "level_member",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("class_id", ForeignKey("level_class.id"), nullable=False),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False, index=True),
    Column("since", String(10), nullable=False),
    Column("until", String(10), nullable=False, server_default=""),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", String(32), nullable=False),
)
Index("ix_level_member_class", level_member.c.class_id, level_member.c.until)
