"""Classes that take a test by themselves: sittings, seats and devices; plans that give single items

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=10), server_default="blocks", nullable=False))
    _sittings()
    _seats()
    _devices()


def _sittings() -> None:
    op.create_table(
        "class_sitting",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=2), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("plan_hash", sa.String(length=64), nullable=False),
        sa.Column("opened_by", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("code_expires_at", sa.String(32), nullable=False),
        sa.Column("admits", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["plan_hash"], ["plan.hash"], name=op.f("fk_class_sitting_plan_hash_plan")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_class_sitting_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_sitting")),
    )
    with op.batch_alter_table("class_sitting", schema=None) as batch_op:
        batch_op.create_index("ix_class_sitting_code", ["code"], unique=False)
        batch_op.create_index("ix_class_sitting_school", ["school_id", "opened_at"], unique=False)


def _seats() -> None:
    op.create_table(
        "class_seat",
        sa.Column("sitting_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("needs_help", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_class_seat_pupil_id_pupil")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["class_sitting.id"], name=op.f("fk_class_seat_sitting_id_class_sitting")
        ),
        sa.PrimaryKeyConstraint("sitting_id", "number", name=op.f("pk_class_seat")),
    )
    with op.batch_alter_table("class_seat", schema=None) as batch_op:
        batch_op.create_index("ix_class_seat_pupil_id", ["pupil_id"], unique=False)


def _devices() -> None:
    op.create_table(
        "self_device",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sitting_id", sa.String(length=32), nullable=False),
        sa.Column("names_seen", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["class_sitting.id"], name=op.f("fk_self_device_sitting_id_class_sitting")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_self_device")),
    )
    with op.batch_alter_table("self_device", schema=None) as batch_op:
        batch_op.create_index("ix_self_device_sitting_id", ["sitting_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("self_device", schema=None) as batch_op:
        batch_op.drop_index("ix_self_device_sitting_id")
    op.drop_table("self_device")
    with op.batch_alter_table("class_seat", schema=None) as batch_op:
        batch_op.drop_index("ix_class_seat_pupil_id")
    op.drop_table("class_seat")
    with op.batch_alter_table("class_sitting", schema=None) as batch_op:
        batch_op.drop_index("ix_class_sitting_school")
        batch_op.drop_index("ix_class_sitting_code")
    op.drop_table("class_sitting")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("kind")
