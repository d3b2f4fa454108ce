"""Enrolments and names over time; results keep the class in which the pupil was tested

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TEXTS = (("since", 10), ("until", 10))


def upgrade() -> None:
    op.add_column("enrolment", sa.Column("class_number", sa.Integer(), nullable=True))
    for name, length in _TEXTS:
        op.add_column("enrolment", sa.Column(name, sa.String(length), server_default="", nullable=False))
    op.add_column("result", sa.Column("grade", sa.String(2), nullable=True))
    op.add_column("result", sa.Column("room", sa.String(20), nullable=True))
    _keep_classes()
    _past_enrolments()
    _past_names()


def _keep_classes() -> None:
    """Of results so far the class of that year: what the figures said up to now."""
    result = sa.table("result", *(sa.column(name) for name in ("pupil_id", "year", "grade", "room")))
    enrolment = sa.table("enrolment", *(sa.column(name) for name in ("pupil_id", "year", "grade", "room")))
    here = (enrolment.c.pupil_id == result.c.pupil_id) & (enrolment.c.year == result.c.year)
    found = {n: sa.select(enrolment.c[n]).where(here).scalar_subquery() for n in ("grade", "room")}
    op.get_bind().execute(sa.update(result).values(found))


def _past_enrolments() -> None:
    op.create_table(
        "past_enrolment",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("grade", sa.String(length=2), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("class_number", sa.Integer(), nullable=True),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("recorded_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_past_enrolment_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_past_enrolment_school_id_school")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_past_enrolment")),
    )
    op.create_index("ix_past_enrolment_pupil_id", "past_enrolment", ["pupil_id"])
    op.create_index("ix_past_enrolment_school", "past_enrolment", ["school_id", "year"])


def _past_names() -> None:
    op.create_table(
        "past_name",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=50), nullable=False),
        sa.Column("prefix", sa.String(length=50), nullable=False),
        sa.Column("first_name", sa.String(length=300), nullable=False),
        sa.Column("last_name", sa.String(length=300), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("recorded_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_past_name_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_past_name")),
    )
    op.create_index("ix_past_name_pupil_id", "past_name", ["pupil_id"])


def downgrade() -> None:
    op.drop_table("past_name")
    op.drop_table("past_enrolment")
    for table, names in (("result", ("room", "grade")), ("enrolment", ("until", "since", "class_number"))):
        for name in names:
            op.drop_column(table, name)
