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
    Column("disabled", Boolean, nullable=False, default=False),
    Column("created_at", Instant, nullable=False),
    Column("last_sign_in", Instant),
)

# By what somebody proves to be the person of an account, apart from it: a password (kind "password", whose subject is
# the account itself), later also what another service vouches for (kind: the service; subject: its id of the person).
credential = Table(
    "credential",
    metadata,
    Column("kind", String(100), primary_key=True),
    Column("subject", String(200), primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("secret_hash", String(300), nullable=False),
    # Typed by somebody else, so that the person has to choose his own before anything else.
    Column("temporary", Boolean, nullable=False, default=False),
    Column("set_at", Instant, nullable=False),
)

# A surrogate key, because the school is empty for roles of the whole site.
account_grant = Table(
    "account_grant",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("role", String(30), nullable=False),
    Column("school_id", ForeignKey("school.id")),
    # [[year, grade, room], …]; NULL: the whole school. In the grant's own row, so that none is left without them.
    Column("classrooms", JSON(none_as_null=True)),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    # Coarse, for the person's own list: "Chrome · Android", and the network without the device's own number.
    Column("device", String(100), nullable=False, server_default=""),
    Column("address", String(100), nullable=False, server_default=""),
)

# Open ones only: what is used or withdrawn goes, and stands in the record of use.
invitation = Table(
    "invitation",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("display_name", String(300), nullable=False),
    Column("username", String(100), nullable=False),
    Column("grants", JSON, nullable=False),
    Column("created_by", String(32), nullable=False),
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
