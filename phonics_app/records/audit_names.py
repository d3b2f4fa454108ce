"""What the ids in the audit stand for. Pupils are told by number and school: their names don't belong there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from phonics_app.domain.text import Text
from phonics_app.records import schema
from phonics_app.records.merged import kept_of, with_merged

_BLOCK = 500


@dataclass(frozen=True, slots=True)
class AuditNames:
    """By id; a test stands for its pupil."""

    accounts: dict[str, str] = field(default_factory=dict)
    schools: dict[str, Text] = field(default_factory=dict)
    pupils: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of pupils and tests: the pupil's number, and the id of the school."""


def accounts_and_schools(connection: Connection) -> AuditNames:
    """All of them: there are few."""
    people = connection.execute(select(schema.account.c.id, schema.account.c.display_name))
    table = schema.school.c
    places = connection.execute(select(table.id, table.name_th, table.name_en))
    return AuditNames({row.id: row.display_name for row in people}, {id_: Text(th, en) for id_, th, en in places})


def add_pupils(connection: Connection, names: AuditNames, subjects: Iterable[str]) -> None:
    """Looks up which of the subjects are pupils or tests; a record that was merged is told as the pupil."""
    unknown = [s for s in dict.fromkeys(subjects) if s and s not in names.pupils and s not in names.accounts]
    pupil, attempt = schema.pupil.c, schema.attempt.c
    for start in range(0, len(unknown), _BLOCK):
        ids = unknown[start : start + _BLOCK]
        kept = kept_of(connection, ids)
        whose = select(pupil.id, pupil.number, pupil.school_id).where(pupil.id.in_([*ids, *kept.values()]))
        tested = select(attempt.id, pupil.number, pupil.school_id).join(schema.pupil, pupil.id == attempt.pupil_id)
        for query in (whose, tested.where(attempt.id.in_(ids))):
            names.pupils.update({id_: (number, school) for id_, number, school in connection.execute(query)})
        names.pupils.update({merged: names.pupils[now] for merged, now in kept.items()})


def ids_of_pupil(connection: Connection, asked: str) -> tuple[str, ...]:
    """Pupils of any school with that id or number (now, or before a merge), and their tests: what may be a subject."""
    pupil, attempt = schema.pupil.c, schema.attempt.c
    same = select(pupil.id).where((pupil.id == asked) | (pupil.number == asked)).order_by(pupil.id).limit(_BLOCK)
    merged = select(schema.pupil_merge.c.merged_pupil_id).where(
        schema.pupil_merge.c.number == asked, schema.pupil_merge.c.undone_at.is_(None)
    )
    asked_for = [*connection.scalars(same), *connection.scalars(merged.limit(_BLOCK))]
    kept = kept_of(connection, asked_for)
    found = tuple(with_merged(connection, [kept.get(id_, id_) for id_ in asked_for]))
    tests = select(attempt.id).where(attempt.pupil_id.in_(found)).order_by(attempt.created_at.desc()).limit(_BLOCK)
    return (*found, *connection.scalars(tests)) if found else ()
