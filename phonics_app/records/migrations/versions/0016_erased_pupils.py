"""What stays of erased pupils: numbers

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erased_count",
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=2), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.CheckConstraint("pupils >= 1", name=op.f("ck_erased_count_pupils_from_1")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_erased_count_school_id_school")),
        sa.PrimaryKeyConstraint("school_id", "year", "term", "grade", "room", "level", name=op.f("pk_erased_count")),
    )
    op.create_table(
        "erased_gap",
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.CheckConstraint("pupils >= 1", name=op.f("ck_erased_gap_pupils_from_1")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_erased_gap_school_id_school")),
        sa.PrimaryKeyConstraint("school_id", "year", "term", name=op.f("pk_erased_gap")),
    )


def downgrade() -> None:
    op.drop_table("erased_gap")
    op.drop_table("erased_count")
