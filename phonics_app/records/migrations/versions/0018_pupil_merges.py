"""Two records of one pupil that were put together

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pupil_merge",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kept_pupil_id", sa.String(length=32), nullable=False),
        sa.Column("merged_pupil_id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=50), nullable=False),
        sa.Column("merged_at", sa.String(32), nullable=False),
        sa.Column("merged_by", sa.String(length=32), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.String(32), nullable=True),
        sa.Column("undone_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["kept_pupil_id"], ["pupil.id"], name=op.f("fk_pupil_merge_kept_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["merged_pupil_id"], ["pupil.id"], name=op.f("fk_pupil_merge_merged_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_pupil_merge_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_merge")),
    )
    op.create_index("ix_pupil_merge_kept_pupil_id", "pupil_merge", ["kept_pupil_id"])
    op.create_index("ix_pupil_merge_merged_pupil_id", "pupil_merge", ["merged_pupil_id"])


def downgrade() -> None:
    op.drop_table("pupil_merge")
