"""Recordings, changes of the item bank, calibrations."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from phonics_app.records.schema.base import Instant, metadata

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
