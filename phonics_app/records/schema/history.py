"""What was before: classes in which pupils were, and names and numbers that they had. Rows are only ever added."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from phonics_app.records.schema.base import Instant, metadata

# A time that is over. Where it began and ended on one day, the entry was corrected on the day it was made.
past_enrolment = Table(
    "past_enrolment",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False, index=True),
    Column("year", Integer, nullable=False),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("grade", String(2), nullable=False),
    Column("room", String(20), nullable=False),
    Column("class_number", Integer),
    Column("since", String(10), nullable=False, comment="a day; empty: from the beginning of the year"),
    Column("until", String(10), nullable=False, comment="the first day on which it was no more so"),
    Column("reason", String(20), nullable=False, comment="why it ended"),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", String(32), nullable=False),
)
Index("ix_past_enrolment_school", past_enrolment.c.school_id, past_enrolment.c.year)

past_name = Table(
    "past_name",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False, index=True),
    Column("number", String(50), nullable=False),
    Column("prefix", String(50), nullable=False),
    Column("first_name", String(300), nullable=False),
    Column("last_name", String(300), nullable=False),
    Column("sex", String(10), nullable=False),
    Column("recorded_at", Instant, nullable=False, comment="when it was replaced"),
    Column("recorded_by", String(32), nullable=False),
)
