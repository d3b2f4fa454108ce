"""Two records of one pupil that were put together, so that they can be taken apart again."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, String, Table

from phonics_app.records.schema.base import Instant, metadata

# The merged record stays as an empty shell: no enrolment, and its number is free for others.
pupil_merge = Table(
    "pupil_merge",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kept_pupil_id", ForeignKey("pupil.id"), nullable=False, index=True),
    Column("merged_pupil_id", ForeignKey("pupil.id"), nullable=False, index=True),
    Column("school_id", ForeignKey("school.id"), nullable=False, comment="of the merged record"),
    Column("number", String(50), nullable=False, comment="that the merged record had"),
    Column("merged_at", Instant, nullable=False),
    Column("merged_by", String(32), nullable=False),
    Column("moved", JSON, nullable=False, comment="what the way back needs; empty once it was gone"),
    Column("undone_at", Instant),
    Column("undone_by", String(32)),
)
