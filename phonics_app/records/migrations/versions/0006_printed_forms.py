"""Fixed forms that were printed, by the code on their sheets

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "printed_form",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("form_id", sa.String(length=60), nullable=False),
        sa.Column("plan_hash", sa.String(length=64), nullable=False),
        sa.Column("printed_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["plan_hash"], ["plan.hash"], name=op.f("fk_printed_form_plan_hash_plan")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_printed_form")),
    )


def downgrade() -> None:
    op.drop_table("printed_form")
