"""Entries of the audit are chained by their hashes, and can't be changed any more

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ORIGIN = "0" * 64
BLOCK = 2000
TAKEN_OUT = "of the last entry that was taken out after its time"
AUDIT = sa.table(
    "audit",
    sa.column("key", sa.Integer),
    sa.column("at", sa.String),
    sa.column("account_id", sa.String),
    sa.column("action", sa.String),
    sa.column("subject", sa.String),
    sa.column("data", sa.JSON),
    sa.column("hash", sa.String),
)
SQLITE_GUARDS = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'entries of the audit are never changed'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
    "WHEN OLD.key > COALESCE((SELECT MAX(start_key) FROM audit_chain), 0) "
    "BEGIN SELECT RAISE(ABORT, 'entries of the audit are never deleted'); END",
    # REPLACE would delete without asking the trigger for deletions.
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit "
    "WHEN EXISTS (SELECT 1 FROM audit WHERE audit.key = NEW.key) "
    "BEGIN SELECT RAISE(ABORT, 'entries of the audit are never replaced'); END",
)
SERVER_GUARDS = (
    "CREATE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' THEN "
    "IF OLD.key <= COALESCE((SELECT MAX(start_key) FROM audit_chain), 0) THEN RETURN OLD; END IF; END IF; "
    "RAISE EXCEPTION 'entries of the audit are never changed' USING ERRCODE = 'restrict_violation'; END $$",
    "CREATE TRIGGER audit_guard BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_guard()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_guard()",
)


def upgrade() -> None:
    op.add_column("audit", sa.Column("hash", sa.String(length=64), server_default="", nullable=False))
    op.create_index("ix_audit_subject", "audit", ["subject", "account_id"], unique=False)
    op.create_index("ix_audit_account", "audit", ["account_id", "key"], unique=False)
    op.create_index("ix_audit_action", "audit", ["action", "key"], unique=False)
    chain = op.create_table(
        "audit_chain",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Integer(), nullable=False, comment="of the newest entry"),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("start_key", sa.Integer(), nullable=False, comment=TAKEN_OUT),
        sa.Column("start_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_chain")),
    )
    connection = op.get_bind()
    key, head = chain_what_is_there(connection)
    row = {"id": 1, "key": key, "hash": head, "start_key": 0, "start_hash": ORIGIN}
    connection.execute(sa.insert(chain).values(row))
    for statement in SQLITE_GUARDS if connection.dialect.name == "sqlite" else SERVER_GUARDS:
        op.execute(statement)


def chain_what_is_there(connection: sa.Connection) -> tuple[int, str]:
    """Key and hash of the newest entry."""
    key, head = 0, ORIGIN
    change = sa.update(AUDIT).where(AUDIT.c.key == sa.bindparam("of")).values(hash=sa.bindparam("new"))
    while rows := connection.execute(
        sa.select(AUDIT).where(AUDIT.c.key > key).order_by(AUDIT.c.key).limit(BLOCK)
    ).all():
        changes = []
        for row in rows:
            parts = [head, row.key, row.at, row.account_id, row.action, row.subject, row.data]
            head = hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
            key = row.key
            changes.append({"of": key, "new": head})
        connection.execute(change, changes)
    return key, head


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("audit_no_update", "audit_no_delete", "audit_no_replace"):
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP FUNCTION audit_guard() CASCADE")
    op.drop_table("audit_chain")
    for name in ("ix_audit_action", "ix_audit_account", "ix_audit_subject"):
        op.drop_index(name, table_name="audit")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_column("hash")
