"""Which records of pupils were put together: whoever asks for one of them means the pupil."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.calendar import Round
from phonics_app.domain.merge import Merge
from phonics_app.records.schema import attempt, class_seat, class_sitting, pupil, pupil_merge, result

_m = pupil_merge.c
_STANDS = _m.undone_at.is_(None)
_AT_ONCE = 500


def kept_of(connection: Connection, pupil_ids: Iterable[str]) -> dict[str, str]:
    """Of the merged records among these: the record that holds their history now."""
    found: dict[str, str] = {}
    asked = list(pupil_ids)
    for start in range(0, len(asked), _AT_ONCE):
        query = select(_m.merged_pupil_id, _m.kept_pupil_id).where(
            _STANDS, _m.merged_pupil_id.in_(asked[start : start + _AT_ONCE])
        )
        found |= dict(connection.execute(query).all())
    if found:
        further = kept_of(connection, set(found.values()))
        found = {merged: further.get(kept, kept) for merged, kept in found.items()}
    return found


def with_merged(connection: Connection, pupil_ids: Sequence[str]) -> list[str]:
    """These pupils and every record that was merged into theirs, and into those."""
    everybody, newest = dict.fromkeys(pupil_ids), list(pupil_ids)
    while newest:
        found: list[str] = []
        for start in range(0, len(newest), _AT_ONCE):
            part = newest[start : start + _AT_ONCE]
            found += connection.scalars(select(_m.merged_pupil_id).where(_STANDS, _m.kept_pupil_id.in_(part)))
        newest = [id for id in found if id not in everybody]
        everybody |= dict.fromkeys(newest)
    return list(everybody)


def merges_into(connection: Connection, pupil_id: str) -> tuple[Merge, ...]:
    """The merges of this pupil that stand, the newest first."""
    return _merges(connection, _m.kept_pupil_id == pupil_id)


def merges_at(connection: Connection, school_id: str | None) -> tuple[Merge, ...]:
    """Those that stand of pupils who are at the school now (None: at any), the newest first."""
    return _merges(connection, *([] if school_id is None else [pupil.c.school_id == school_id]))


def _merges(connection: Connection, *where: Any) -> tuple[Merge, ...]:
    shell = pupil.alias("shell")
    query = (
        select(pupil_merge, *_names("kept", pupil.c), *_names("shell", shell.c), pupil.c.number.label("kept_number"))
        .join(pupil, pupil.c.id == _m.kept_pupil_id)
        .join(shell, shell.c.id == _m.merged_pupil_id)
        .where(_STANDS, *where)
        .order_by(_m.merged_at.desc(), _m.id)
    )
    return tuple(_merge(row) for row in connection.execute(query))


def _names(whose: str, columns: Any) -> list[Any]:
    return [columns[name].label(f"{whose}_{name}") for name in ("prefix", "first_name", "last_name")]


def _merge(row: Row[Any]) -> Merge:
    of = row._mapping
    names = [f"{of[w + '_prefix']}{of[w + '_first_name']} {of[w + '_last_name']}".strip() for w in ("kept", "shell")]
    ids = (row.id, row.kept_pupil_id, row.merged_pupil_id)
    return Merge(*ids, names[0], row.kept_number, row.school_id, names[1], row.number, row.merged_at, row.merged_by)


def merged_numbers(connection: Connection, school_id: str) -> Mapping[tuple[str, str, str], str]:
    """Number, first and last name that a merged record of the school had → number of the pupil who has all of it."""
    query = select(_m.merged_pupil_id, _m.number, pupil.c.first_name, pupil.c.last_name).join(
        pupil, pupil.c.id == _m.merged_pupil_id
    )
    found = connection.execute(query.where(_STANDS, _m.school_id == school_id)).all()
    kept = kept_of(connection, [row.merged_pupil_id for row in found])
    now = dict(connection.execute(select(pupil.c.id, pupil.c.number).where(pupil.c.id.in_(set(kept.values())))).all())
    return {(row.number, row.first_name, row.last_name): now[kept[row.merged_pupil_id]] for row in found}


def rounds_tested(connection: Connection, pupil_id: str) -> tuple[Round, ...]:
    """The rounds in which a test of this record counts, oldest first."""
    counts = attempt.c.status != AttemptStatus.DISCARDED.value
    query = select(result.c.year, result.c.term).join(attempt, attempt.c.key == result.c.attempt_key)
    found = connection.execute(query.where(result.c.pupil_id == pupil_id, counts).distinct())
    return tuple(sorted(Round(year, term) for year, term in found))


def sit_together(connection: Connection, one: str, other: str) -> bool:
    """Whether both have a seat in one class test that is not over."""
    a, b = class_seat.alias("a"), class_seat.alias("b")
    query = (
        select(a.c.sitting_id)
        .join(b, b.c.sitting_id == a.c.sitting_id)
        .join(class_sitting, class_sitting.c.id == a.c.sitting_id)
        .where(a.c.pupil_id == one, b.c.pupil_id == other, class_sitting.c.ended_at.is_(None))
    )
    return connection.scalar(query.limit(1)) is not None
