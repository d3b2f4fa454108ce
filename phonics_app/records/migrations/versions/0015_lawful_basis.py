"""On what ground a pupil's data are kept

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lawful_basis",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.String(length=32), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("given_on", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("notice", sa.String(length=20), nullable=False),
        sa.Column("noted_by", sa.String(length=32), nullable=False),
        sa.Column("noted_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_lawful_basis_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_lawful_basis")),
    )
    op.create_index("ix_lawful_basis_pupil_id", "lawful_basis", ["pupil_id"], unique=False)


def downgrade() -> None:
    op.drop_table("lawful_basis")
