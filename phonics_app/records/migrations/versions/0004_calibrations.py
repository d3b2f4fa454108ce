"""Calibrations of items on a site's answers, and the decisions on them

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calibration",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("model", sa.String(length=20), nullable=False),
        sa.Column("bank_version", sa.String(length=64), nullable=False),
        sa.Column("sittings", sa.Integer(), nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("log_likelihood", sa.Float(), nullable=False),
        sa.Column("iterations", sa.Integer(), nullable=False),
        sa.Column("converged", sa.Boolean(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
    )
    op.create_table(
        "calibration_decision",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("calibration_id", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=False),
        sa.Column("decided_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["calibration_id"], ["calibration.id"], name=op.f("fk_calibration_decision_calibration_id_calibration")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_calibration_decision")),
    )
    with op.batch_alter_table("calibration_decision", schema=None) as batch_op:
        batch_op.create_index("ix_calibration_decision_calibration_id", ["calibration_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("calibration_decision", schema=None) as batch_op:
        batch_op.drop_index("ix_calibration_decision_calibration_id")

    op.drop_table("calibration_decision")
    op.drop_table("calibration")
