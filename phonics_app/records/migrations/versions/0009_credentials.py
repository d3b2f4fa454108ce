"""Passwords apart from accounts; on which device a session was begun

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_PASSWORDS = """
    INSERT INTO credential (kind, subject, account_id, secret_hash, temporary, set_at)
    SELECT 'password', id, id, password_hash, :temporary, created_at FROM account WHERE password_hash <> ''
"""
_BACK = """
    UPDATE account SET password_hash = (
        SELECT secret_hash FROM credential WHERE kind = 'password' AND credential.account_id = account.id
    ) WHERE id IN (SELECT account_id FROM credential WHERE kind = 'password')
"""


def upgrade() -> None:
    op.create_table(
        "credential",
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.String(length=300), nullable=False),
        sa.Column("temporary", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_credential_account_id_account")),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_credential")),
    )
    op.create_index(op.f("ix_credential_account_id"), "credential", ["account_id"], unique=False)
    op.get_bind().execute(sa.text(_PASSWORDS), {"temporary": False})
    op.drop_column("account", "password_hash")
    for name in ("device", "address"):
        op.add_column("session", sa.Column(name, sa.String(length=100), nullable=False, server_default=""))


def downgrade() -> None:
    for name in ("address", "device"):
        op.drop_column("session", name)
    op.add_column("account", sa.Column("password_hash", sa.String(length=300), nullable=False, server_default=""))
    op.get_bind().execute(sa.text(_BACK))
    op.drop_table("credential")
