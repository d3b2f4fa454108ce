"""The tables. Ids are text made by the application; only attempts and events also have integer keys, for size.

Times are UTC, ISO 8601 text with offset (`Instant`), so that SQLite and PostgreSQL hold and sort them alike.
Nothing sensitive is stored: no citizen number, birth date, religion, ethnicity or blood group.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


@lru_cache(maxsize=1024)
def _instant_text(moment: datetime) -> str:
    """Remembered, because all events of one request are received at the same moment."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Instant(TypeDecorator[datetime]):
    """A timezone-aware moment, kept as UTC text of fixed width, so that text order is time order."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs its timezone")
        return _instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


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
)
Index("ix_enrolment_class", enrolment.c.school_id, enrolment.c.year, enrolment.c.grade, enrolment.c.room)

account = Table(
    "account",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("username", String(100), nullable=False, unique=True),
    Column("display_name", String(300), nullable=False),
    Column("password_hash", String(300), nullable=False),
    Column("disabled", Boolean, nullable=False, default=False),
    Column("created_at", Instant, nullable=False),
    Column("last_sign_in", Instant),
)

# A surrogate key, because the school is empty for roles of the whole site.
account_grant = Table(
    "account_grant",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("role", String(30), nullable=False),
    Column("school_id", ForeignKey("school.id")),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("username", String(100), nullable=False, index=True),
    Column("address", String(100), nullable=False, index=True),
    Column("at", Instant, nullable=False),
)

column_mapping = Table(
    "column_mapping",
    metadata,
    Column("school_id", ForeignKey("school.id"), primary_key=True),
    Column("headers_hash", String(64), primary_key=True),
    Column("mapping", JSON, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("account_id", String(32), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("data", JSON, nullable=False),
)

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

# One row an attempt: the result as last computed from its events. `year` and `term` are the round it counts in.
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

# Audio of sounds: takes of persons, and what was fetched from a speech service beforehand.
# The audio is the last column, so that reading the others does not read it.
recording = Table(
    "recording",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("sound_key", String(32), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("text", String(300), nullable=False),
    Column("phonemes", String(200), nullable=False),
    Column("source", String(20), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("seconds", Float, nullable=False),
    Column("faults", String(200), nullable=False),
    Column("speaker", String(300), nullable=False),
    Column("licence", String(40), nullable=False),
    Column("consent", Boolean, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", String(32), nullable=False),
    Column("kept_at", Instant),
    Column("origin", String(200), nullable=False),
    Column("audio", LargeBinary, nullable=False, comment="MP3, mono"),
)
Index("ix_recording_sound", recording.c.sound_key, recording.c.kept_at)

# Append-only: what this site proposes, reviews, activates and retires in the item bank. `content`: the item after it.
item_change = Table(
    "item_change",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("item_id", String(40), nullable=False, index=True),
    Column("kind", String(20), nullable=False, index=True),
    Column("content", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changed_by", String(32), nullable=False),
    Column("changed_at", Instant, nullable=False),
)

# Append-only: item parameters estimated from this site's answers; the last decision on each says how it stands.
calibration = Table(
    "calibration",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("made_at", Instant, nullable=False),
    Column("made_by", String(32), nullable=False),
    Column("model", String(20), nullable=False),
    Column("bank_version", String(64), nullable=False),
    Column("sittings", Integer, nullable=False),
    Column("pupils", Integer, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("log_likelihood", Float, nullable=False),
    Column("iterations", Integer, nullable=False),
    Column("converged", Boolean, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="zlib-compressed JSON of domain.calibration"),
)
calibration_decision = Table(
    "calibration_decision",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("calibration_id", ForeignKey("calibration.id"), nullable=False, index=True),
    Column("status", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(32), nullable=False),
    Column("decided_at", Instant, nullable=False),
)

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
