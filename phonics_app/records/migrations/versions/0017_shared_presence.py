"""What several processes tell each other: devices heard of, and pupils' screens

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("class_seat", sa.Column("heard_at", sa.String(length=32), nullable=True))
    op.create_table(
        "screen_pair",
        sa.Column("attempt_key", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("code_until", sa.String(length=32), nullable=True),
        sa.Column("viewer", sa.String(length=64), nullable=False),
        sa.Column("heard_at", sa.String(length=32), nullable=True),
        sa.Column("words", sa.JSON(), nullable=True),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("version", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["attempt_key"], ["attempt.key"], name=op.f("fk_screen_pair_attempt_key_attempt")),
        sa.PrimaryKeyConstraint("attempt_key", name=op.f("pk_screen_pair")),
    )


def downgrade() -> None:
    op.drop_table("screen_pair")
    op.drop_column("class_seat", "heard_at")
