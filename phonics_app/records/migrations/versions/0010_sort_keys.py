"""Keys by which pupils and classes are sorted in the database, alike on SQLite and PostgreSQL

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from phonics_app.domain.grade import Grade
from phonics_app.records.sort_keys import class_key, name_key
from phonics_app.records.writing import natural_sort_key

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _key(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    added = (("pupil", "name_key", 1300), ("pupil", "number_key", 300), ("enrolment", "class_key", 150))
    for table, name, length in added:
        op.add_column(table, sa.Column(name, _key(length), server_default="", nullable=False))
    connection = op.get_bind()
    _fill_pupils(connection)
    _fill_classes(connection)


def _fill_pupils(connection: sa.Connection) -> None:
    names = ("id", "number", "first_name", "last_name", "name_key", "number_key")
    pupil = sa.table("pupil", *(sa.column(name) for name in names))
    found = connection.execute(sa.select(pupil.c.id, pupil.c.number, pupil.c.first_name, pupil.c.last_name)).all()
    rows = [
        {"of": row.id, "by_name": name_key(row.first_name, row.last_name), "by_number": natural_sort_key(row.number)}
        for row in found
    ]
    values: dict[str, object] = {"name_key": sa.bindparam("by_name"), "number_key": sa.bindparam("by_number")}
    if rows:
        connection.execute(sa.update(pupil).where(pupil.c.id == sa.bindparam("of")).values(values), rows)


def _fill_classes(connection: sa.Connection) -> None:
    enrolment = sa.table("enrolment", *(sa.column(name) for name in ("grade", "room", "class_key")))
    for grade, room in connection.execute(sa.select(enrolment.c.grade, enrolment.c.room).distinct()).all():
        here = (enrolment.c.grade == grade) & (enrolment.c.room == room)
        connection.execute(sa.update(enrolment).where(here).values(class_key=class_key(Grade(grade), room)))


def downgrade() -> None:
    for table, name in (("enrolment", "class_key"), ("pupil", "number_key"), ("pupil", "name_key")):
        op.drop_column(table, name)
