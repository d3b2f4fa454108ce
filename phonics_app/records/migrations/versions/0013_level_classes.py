"""Level classes with their teachers and members over time

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "level_class",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("room", sa.String(length=100), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_level_class_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_class")),
    )
    op.create_index("ix_level_class_school_id", "level_class", ["school_id"])
    _teachers()
    _members()


def _teachers() -> None:
    op.create_table(
        "level_class_teacher",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.String(length=32), nullable=False),
        sa.Column("teacher", sa.String(length=300), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["level_class.id"], name=op.f("fk_level_class_teacher_class_id_level_class")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_level_class_teacher")),
    )
    op.create_index("ix_level_class_teacher_class_id", "level_class_teacher", ["class_id"])


def _members() -> None:
    op.create_table(
        "level_member",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.String(length=32), nullable=False),
        sa.Column("pupil_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), server_default="", nullable=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("recorded_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["level_class.id"], name=op.f("fk_level_member_class_id_level_class")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_level_member_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_level_member")),
    )
    op.create_index("ix_level_member_pupil_id", "level_member", ["pupil_id"])
    op.create_index("ix_level_member_class", "level_member", ["class_id", "until"])


def downgrade() -> None:
    for table in ("level_member", "level_class_teacher", "level_class"):
        op.drop_table(table)
