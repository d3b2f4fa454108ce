"""Changes of the item bank at this site

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_change",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("item_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_item_change")),
        sa.UniqueConstraint("id", name=op.f("uq_item_change_id")),
    )
    with op.batch_alter_table("item_change", schema=None) as batch_op:
        batch_op.create_index("ix_item_change_item_id", ["item_id"], unique=False)
        batch_op.create_index("ix_item_change_kind", ["kind"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("item_change", schema=None) as batch_op:
        batch_op.drop_index("ix_item_change_kind")
        batch_op.drop_index("ix_item_change_item_id")

    op.drop_table("item_change")
