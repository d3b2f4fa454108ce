"""Plans, attempts, events, results and placements; class tests and the devices in them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from phonics_app.records.schema.base import Instant, metadata

plan = Table(
    "plan",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False, comment="zlib-compressed JSON of a Plan or an ItemPlan"),
    Column("kind", String(10), nullable=False, server_default="blocks", comment="blocks, or items for an ItemPlan"),
)

# Fixed forms by the code on their sheets: a sheet can be keyed in long after the item bank has gone on.
printed_form = Table(
    "printed_form",
    metadata,
    Column("code", String(6), primary_key=True),
    Column("form_id", String(60), nullable=False),
    Column("plan_hash", ForeignKey("plan.hash"), nullable=False),
    Column("printed_at", Instant, nullable=False),
)

attempt = Table(
    "attempt",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False, index=True),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("plan_hash", ForeignKey("plan.hash"), nullable=False),
    Column("spec", JSON, nullable=False),
    Column("status", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("created_by", String(32), nullable=False),
    Column("simulated", Boolean, nullable=False, default=False),
)
Index("ix_attempt_school_created", attempt.c.school_id, attempt.c.created_at)

event = Table(
    "event",
    metadata,
    Column("attempt_key", ForeignKey("attempt.key"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("kind", String(30), nullable=False),
    Column("at", String(40), nullable=False, comment="the device's clock, as sent"),
    Column("mono_ms", Float, nullable=False),
    Column("data", JSON, nullable=False),
    Column("received_at", Instant, nullable=False),
    CheckConstraint("seq >= 1", name="seq_from_1"),
    sqlite_with_rowid=False,
)

# One row an attempt: the result as last computed from its events. `year` and `term` are the round it counts in,
# `school_id`, `grade` and `room` where the pupil was when he took the test.
result = Table(
    "result",
    metadata,
    Column("attempt_key", ForeignKey("attempt.key"), primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False, index=True),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("term", Integer, nullable=False),
    Column("finished_at", Instant, nullable=False),
    Column("theta", Float, nullable=False),
    Column("standard_error", Float, nullable=False),
    Column("proposed_level", Integer, nullable=False),
    Column("stop_reason", String(20), nullable=False),
    Column("engine_version", String(40), nullable=False),
    Column("bank_version", String(64), nullable=False),
    Column("rubric_version", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False, comment="zlib-compressed JSON of domain.result.Result"),
    Column("grade", String(2)),
    Column("room", String(20)),
)
Index("ix_result_round", result.c.school_id, result.c.year, result.c.term)

# Append-only: the newest decision of a pupil is in force. `year` and `term` are the round of the attempt.
placement = Table(
    "placement",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("attempt_key", ForeignKey("attempt.key"), nullable=False, index=True),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False, index=True),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("term", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    Column("proposed_level", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(32), nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("simulated", Boolean, nullable=False, default=False),
)
Index("ix_placement_round", placement.c.school_id, placement.c.year, placement.c.term, placement.c.pupil_id)

# A class that takes a test by itself. The code is no secret that opens anything but this sitting; devices have tokens,
# of which only hashes are stored.
class_sitting = Table(
    "class_sitting",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("grade", String(2), nullable=False),
    Column("room", String(20), nullable=False),
    Column("level", Integer),
    Column("plan_hash", ForeignKey("plan.hash"), nullable=False),
    Column("opened_by", String(32), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("code", String(6), nullable=False, index=True),
    Column("code_expires_at", Instant, nullable=False),
    Column("admits", Boolean, nullable=False),
    Column("ended_at", Instant),
)
Index("ix_class_sitting_school", class_sitting.c.school_id, class_sitting.c.opened_at)

class_seat = Table(
    "class_seat",
    metadata,
    Column("sitting_id", ForeignKey("class_sitting.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("pupil_id", ForeignKey("pupil.id"), nullable=False, index=True),
    Column("status", String(20), nullable=False),
    Column("attempt_id", String(32), nullable=False),
    Column("device", String(64), nullable=False),
    Column("items", Integer, nullable=False),
    Column("needs_help", Boolean, nullable=False),
    Column("heard_at", Instant, comment="when its device was heard of, to some seconds (workflows/presence.py)"),
)

self_device = Table(
    "self_device",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("sitting_id", ForeignKey("class_sitting.id"), nullable=False, index=True),
    Column("names_seen", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

# A pupil's screen beside the device of who gives the test: here, so that any process can serve either. A row is
# replaced while they are in use, and goes half an hour after; codes hold ten minutes, of tokens there are hashes only.
screen_pair = Table(
    "screen_pair",
    metadata,
    Column("attempt_key", ForeignKey("attempt.key"), primary_key=True),
    Column("told_at", Instant, nullable=False),
    Column("code", String(6), nullable=False),
    Column("code_until", Instant),
    Column("viewer", String(64), nullable=False),
    Column("heard_at", Instant),
    Column("words", JSON(none_as_null=True)),
    Column("ended", Boolean, nullable=False),
    Column("version", String(8), nullable=False),
)
