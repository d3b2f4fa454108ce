"""School years that were turned, and what became of each pupil

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "year_turn",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("to_year", sa.Integer(), nullable=False),
        sa.Column("turned_at", sa.String(32), nullable=False),
        sa.Column("turned_by", sa.String(length=32), nullable=False),
        sa.Column("undone_at", sa.String(32), nullable=True),
        sa.Column("undone_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_year_turn_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_turn")),
    )
    op.create_index("ix_year_turn_school_id", "year_turn", ["school_id"])
    op.create_table(
        "year_turn_pupil",
        sa.Column("turn_id", sa.String(length=32), nullable=False),
        sa.Column("pupil_id", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("grade", sa.String(length=2), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_year_turn_pupil_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["turn_id"], ["year_turn.id"], name=op.f("fk_year_turn_pupil_turn_id_year_turn")),
        sa.PrimaryKeyConstraint("turn_id", "pupil_id", name=op.f("pk_year_turn_pupil")),
    )
    op.create_index("ix_year_turn_pupil_pupil_id", "year_turn_pupil", ["pupil_id"])


def downgrade() -> None:
    op.drop_table("year_turn_pupil")
    op.drop_table("year_turn")
