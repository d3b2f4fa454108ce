"""Pupils who go from one school to another by request and release

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_TEXTS = (("number", 50), ("first_name", 300), ("last_name", 300), ("grade", 2), ("room", 20), ("new_number", 50))


def upgrade() -> None:
    op.create_table(
        "pupil_transfer",
        sa.Column("id", sa.String(length=32), nullable=False),
        *(sa.Column(name, sa.String(length=32), nullable=False) for name in ("pupil_id", *_SCHOOLS)),
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in _TEXTS),
        sa.Column("starts_on", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.String(32), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", sa.String(32), nullable=True),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_pupil_transfer_pupil_id_pupil")),
        *(
            sa.ForeignKeyConstraint([name], ["school.id"], name=op.f(f"fk_pupil_transfer_{name}_school"))
            for name in _SCHOOLS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_transfer")),
    )
    for name in ("pupil_id", *_SCHOOLS):
        op.create_index(f"ix_pupil_transfer_{name}", "pupil_transfer", [name])


_SCHOOLS = ("from_school_id", "to_school_id")


def downgrade() -> None:
    op.drop_table("pupil_transfer")
