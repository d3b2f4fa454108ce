"""Where the chain of the audit begins and ends: one row, which whoever adds an entry holds until it is there."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from phonics_app.records.schema.base import metadata

audit_chain = Table(
    "audit_chain",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Integer, nullable=False, comment="of the newest entry"),
    Column("hash", String(64), nullable=False),
    Column("start_key", Integer, nullable=False, comment="of the last entry that was taken out after its time"),
    Column("start_hash", String(64), nullable=False),
)
