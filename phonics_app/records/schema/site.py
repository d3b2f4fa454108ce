"""Settings of the site, its schools and pupils, O-NET results."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from phonics_app.records import sort_keys
from phonics_app.records.schema.base import metadata, sort_key

setting = Table(
    "setting",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("value", JSON, nullable=False),
)

school = Table(
    "school",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name_th", String(300), nullable=False),
    Column("name_en", String(300), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("code", String(10), nullable=False, server_default=""),
    Column("highest_grade", String(2), nullable=False),
    Column("archived", Boolean, nullable=False, default=False),
)

pupil = Table(
    "pupil",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("number", String(50), nullable=False),
    Column("prefix", String(50), nullable=False),
    Column("first_name", String(300), nullable=False),
    Column("last_name", String(300), nullable=False),
    Column("sex", String(10), nullable=False),
    Column("archived", Boolean, nullable=False, default=False),
    Column("simulated", Boolean, nullable=False, default=False),
    # Sort names in Thai order and numbers as one counts; so for `class_key` below.
    Column("name_key", sort_key(1300), nullable=False, default=sort_keys.of_name, server_default=""),
    Column("number_key", sort_key(300), nullable=False, default=sort_keys.of_number, server_default=""),
    UniqueConstraint("school_id", "number"),
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("pupil_id", ForeignKey("pupil.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("grade", String(2), nullable=False),
    Column("room", String(20), nullable=False),
    Column("class_key", sort_key(150), nullable=False, default=sort_keys.of_class, server_default=""),
    Column("class_number", Integer, comment="the number in class; what was before stands in past_enrolment"),
    Column("since", String(10), nullable=False, server_default="", comment="a day; empty: since the year began"),
    Column("until", String(10), nullable=False, server_default="", comment="a day; empty: to the end of the year"),
)
Index("ix_enrolment_class", enrolment.c.school_id, enrolment.c.year, enrolment.c.grade, enrolment.c.room)

column_mapping = Table(
    "column_mapping",
    metadata,
    Column("school_id", ForeignKey("school.id"), primary_key=True),
    Column("headers_hash", String(64), primary_key=True),
    Column("mapping", JSON, nullable=False),
)

onet_result = Table(
    "onet_result",
    metadata,
    Column("school_id", ForeignKey("school.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("grade", String(2), primary_key=True),
    Column("n", Integer, nullable=False),
    Column("mean", Float, nullable=False),
    Column("sd", Float),
    Column("maximum", Float),
    Column("minimum", Float),
    Column("share_50", Float),
)

onet_target = Table(
    "onet_target",
    metadata,
    Column("school_id", ForeignKey("school.id"), primary_key=True),
    Column("grade", String(2), primary_key=True),
    Column("value", Float, nullable=False),
    Column("relative", Boolean, nullable=False),
)
