"""Accounts, what they may do, sessions, and who did what."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table

from phonics_app.records.schema.base import Instant, metadata

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

audit = Table(
    "audit",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("account_id", String(32), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("data", JSON, nullable=False),
    Column("hash", String(64), nullable=False, server_default=""),
)
Index("ix_audit_subject", audit.c.subject, audit.c.account_id)
Index("ix_audit_account", audit.c.account_id, audit.c.key)
Index("ix_audit_action", audit.c.action, audit.c.key)
