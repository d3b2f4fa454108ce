"""Figures of pupils who were erased: counted before they go, added to what dashboards count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, func, insert, select, update

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.calendar import Round
from phonics_app.records.schema import attempt, enrolment, erased_count, erased_gap, placement, result

FEWEST = 5
"""Of fewer pupils of a class nothing is kept: who knows the class could tell who they are."""
NOT_PLACED = 0
_AT_ONCE = 500


class Group(NamedTuple):
    """A class in a round."""

    school_id: str
    year: int
    term: int
    grade: str
    room: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one pupil stood in one round in which he was tested."""

    pupil_id: str
    group: Group
    level: int
    """`NOT_PLACED` where no level was decided."""


def standings(connection: Connection, pupil_ids: Sequence[str]) -> list[Standing]:
    """One for each pupil and round in which dashboards count him as tested or placed."""
    found: list[Standing] = []
    for start in range(0, len(pupil_ids), _AT_ONCE):
        found += _standings(connection, pupil_ids[start : start + _AT_ONCE])
    return found


def _standings(connection: Connection, pupil_ids: Sequence[str]) -> Iterable[Standing]:
    counted = attempt.c.status != AttemptStatus.DISCARDED.value
    r, p, e = result.c, placement.c, enrolment.c
    # As dashboards have it: the class is kept with the result, of older ones it is that of the year's enrolment.
    place = (func.coalesce(r.grade, e.grade).label("grade"), func.coalesce(r.room, e.room).label("room"))
    of_year = and_(e.pupil_id == r.pupil_id, e.year == r.year)
    known = result.join(attempt, attempt.c.key == r.attempt_key).outerjoin(enrolment, of_year)
    counts = and_(counted, r.pupil_id.in_(pupil_ids), place[0].is_not(None))
    tested = select(r.pupil_id, r.school_id, r.year, r.term, *place).select_from(known).where(counts)
    found: dict[tuple[str, int, int], Standing] = {}
    for pupil_id, *group in connection.execute(tested.order_by(r.finished_at, r.attempt_key)):
        found[pupil_id, group[1], group[2]] = Standing(pupil_id, Group(*group), NOT_PLACED)
    placed = select(p.pupil_id, r.school_id, p.year, p.term, *place, p.level)
    placed = placed.select_from(known.join(placement, p.attempt_key == r.attempt_key)).where(counts)
    # The newest last, so that it is the one that stays.
    for pupil_id, *group, level in connection.execute(placed.order_by(p.decided_at, p.key)):
        found[pupil_id, group[1], group[2]] = Standing(pupil_id, Group(*group), level)
    return found.values()


def groups_to_keep(found: Iterable[Standing]) -> frozenset[Group]:
    """Those of which nobody's level can be told afterwards: at least five are erased at once, not all of one level."""
    members: dict[Group, list[int]] = defaultdict(list)
    for standing in found:
        members[standing.group].append(standing.level)
    return frozenset(g for g, levels in members.items() if len(levels) >= FEWEST and len(set(levels)) > 1)


def keep(connection: Connection, found: Iterable[Standing], kept: frozenset[Group]) -> None:
    """Adds these pupils to the figures that stay, or to the gap that is told."""
    counts: Counter[tuple[object, ...]] = Counter()
    gaps: Counter[tuple[object, ...]] = Counter()
    for standing in found:
        if standing.group in kept:
            counts[(*standing.group, standing.level)] += 1
        else:
            gaps[standing.group[:3]] += 1
    _add(connection, erased_count, counts)
    _add(connection, erased_gap, gaps)


def _add(connection: Connection, table: Table, counts: Mapping[tuple[object, ...], int]) -> None:
    columns = list(table.primary_key.columns)
    for key, pupils in counts.items():
        here = and_(*(column == value for column, value in zip(columns, key, strict=True)))
        more = update(table).where(here).values(pupils=table.c.pupils + pupils)
        if connection.execute(more).rowcount == 0:
            values = {column.name: value for column, value in zip(columns, key, strict=True)}
            connection.execute(insert(table).values(values | {"pupils": pupils}))


def kept_rounds(connection: Connection, scope: ColumnElement[bool]) -> set[Round]:
    """Rounds in which erased pupils are counted."""
    query = select(erased_count.c.year, erased_count.c.term).where(scope).distinct()
    return {Round(year, term) for year, term in connection.execute(query)}


def kept_counts(
    connection: Connection, scope: ColumnElement[bool], round_: Round | None = None
) -> list[tuple[Group, int, int]]:
    """Class in a round, level, pupils."""
    c = erased_count.c
    query = select(c.school_id, c.year, c.term, c.grade, c.room, c.level, c.pupils).where(scope)
    if round_ is not None:
        query = query.where(c.year == round_.year, c.term == round_.term)
    return [(Group(*row[:5]), row.level, row.pupils) for row in connection.execute(query)]


def gap(connection: Connection, school_ids: Sequence[str], round_: Round) -> int:
    """Pupils who were erased and are missing in the figures of these schools' round."""
    g = erased_gap.c
    query = select(func.sum(g.pupils)).where(g.school_id.in_(school_ids), g.year == round_.year, g.term == round_.term)
    return connection.scalar(query) or 0
