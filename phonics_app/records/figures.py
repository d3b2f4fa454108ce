"""What dashboards and class pages count, counted in the database.

A test counts unless its attempt was discarded. A pupil's level in a round is his newest placement among those whose
attempt belongs to that round. A pupil belongs to the class in which the round's academic year has him enrolled; an
archived one is counted only in rounds in which he was tested, so that earlier rounds never change when he leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.sql.elements import ColumnElement

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom, SchoolKind
from phonics_app.records.pupils import in_classrooms
from phonics_app.records.schema import attempt, enrolment, placement, pupil, result, school

_COUNTS = attempt.c.status != AttemptStatus.DISCARDED.value


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: the schools named, and of those one grade list (empty: all) and room (None: all)."""

    school_ids: tuple[str, ...]
    grades: tuple[Grade, ...] = ()
    room: str | None = None
    classrooms: tuple[Classroom, ...] | None = None
    """Of these alone (None: of all)."""

    def condition(self) -> ColumnElement[bool]:
        parts: list[ColumnElement[bool]] = [enrolment.c.school_id.in_(self.school_ids)]
        if self.grades:
            parts.append(enrolment.c.grade.in_([g.value for g in self.grades]))
        if self.room is not None:
            parts.append(enrolment.c.room == self.room)
        if self.classrooms is not None:
            parts.append(in_classrooms(self.classrooms))
        return and_(*parts)


def schools_of_kind(connection: Connection, kind: SchoolKind) -> tuple[str, ...]:
    """Ids of the schools in use, in the order of their Thai names."""
    query = select(school.c.id).where(school.c.kind == kind.value, school.c.archived == false())
    return tuple(connection.scalars(query.order_by(school.c.name_th)))


def kind_of_school(connection: Connection, school_id: str) -> SchoolKind | None:
    """None where there is no such school."""
    kind = connection.scalar(select(school.c.kind).where(school.c.id == school_id))
    return None if kind is None else SchoolKind(kind)


def rounds_with_results(connection: Connection, scope: Scope) -> tuple[Round, ...]:
    """Oldest first."""
    query = (
        select(result.c.year, result.c.term)
        .select_from(_enrolled(result))
        .where(_COUNTS, scope.condition())
        .distinct()
        .order_by(result.c.year, result.c.term)
    )
    return tuple(Round(year, term) for year, term in connection.execute(query))


@dataclass(frozen=True, slots=True)
class LevelCount:
    """Pupils of one class at one level (None: not placed in the round) and how many of them were tested in it."""

    school_id: str
    grade: Grade
    room: str
    level: int | None
    pupils: int
    tested: int


def levels_in_round(connection: Connection, scope: Scope, round_: Round) -> list[LevelCount]:
    """One row for every class and level that has pupils."""
    counted = _counted(scope, round_).subquery()
    keys = (counted.c.school_id, counted.c.grade, counted.c.room, counted.c.level)
    query = select(*keys, func.count(), func.sum(counted.c.tested)).group_by(*keys).order_by(*keys)
    return [LevelCount(s, Grade(g), r, lv, n, int(t)) for s, g, r, lv, n, t in connection.execute(query)]


def moves_between(
    connection: Connection, scope: Scope, before: Round, after: Round
) -> list[tuple[str, Grade, int, int]]:
    """School, grade, levels moved, pupils: of those placed in both rounds; the class is that of `after`."""
    old, new = _placed(before).subquery("old"), _placed(after).subquery("new")
    moved = (new.c.level - old.c.level).label("moved")
    keys = (enrolment.c.school_id, enrolment.c.grade, moved)
    query = (
        select(*keys, func.count())
        .select_from(enrolment)
        .join(new, new.c.pupil_id == enrolment.c.pupil_id)
        .join(old, old.c.pupil_id == enrolment.c.pupil_id)
        .where(enrolment.c.year == after.year, scope.condition())
        .group_by(*keys)
        .order_by(*keys)
    )
    return [(s, Grade(g), m, n) for s, g, m, n in connection.execute(query)]


@dataclass(frozen=True, slots=True)
class RoundCount:
    """One school in one round; `at_or_above` and `judged` count pupils whose grade has an expected level."""

    school_id: str
    round: Round
    placed: int
    mean_level: float
    judged: int
    at_or_above: int


def course_over_rounds(connection: Connection, scope: Scope, expected: Mapping[Grade, int]) -> list[RoundCount]:
    """The course of every school over all rounds, oldest round first."""
    newest = _placed(None).subquery()
    wanted = case({g.value: n for g, n in expected.items()}, value=enrolment.c.grade) if expected else literal(None)
    reached = case((newest.c.level >= wanted, 1), else_=0)
    keys = (enrolment.c.school_id, newest.c.year, newest.c.term)
    query = (
        select(*keys, func.count(), func.avg(newest.c.level * 1.0), func.count(wanted), func.sum(reached))
        .join(enrolment, and_(enrolment.c.pupil_id == newest.c.pupil_id, enrolment.c.year == newest.c.year))
        .where(scope.condition())
        .group_by(*keys)
        .order_by(newest.c.year, newest.c.term, enrolment.c.school_id)
    )
    rows = connection.execute(query)
    return [RoundCount(s, Round(y, t), n, float(mean), judged, int(up)) for s, y, t, n, mean, judged, up in rows]


@dataclass(frozen=True, slots=True)
class TracedPlacement:
    pupil_id: str
    grade: Grade
    room: str
    level: int
    attempt_id: str
    decided_at: datetime


def placements_in_round(connection: Connection, scope: Scope, round_: Round) -> list[TracedPlacement]:
    """The placements that `levels_in_round` counts, one a pupil."""
    placed = _placed(round_).subquery()
    query = (
        select(
            enrolment.c.pupil_id,
            enrolment.c.grade,
            enrolment.c.room,
            placed.c.level,
            placed.c.attempt_id,
            placed.c.decided_at,
        )
        .join(placed, placed.c.pupil_id == enrolment.c.pupil_id)
        .where(enrolment.c.year == round_.year, scope.condition())
        .order_by(enrolment.c.grade, enrolment.c.room, enrolment.c.pupil_id)
    )
    rows = connection.execute(query)
    return [TracedPlacement(p, Grade(g), room, level, a, at) for p, g, room, level, a, at in rows]


def any_simulated(connection: Connection, scope: Scope) -> bool:
    """Whether a simulated pupil is among those enrolled."""
    found = exists().where(enrolment.c.pupil_id == pupil.c.id, pupil.c.simulated == true(), scope.condition())
    return bool(connection.scalar(select(found)))


def versions_in_round(connection: Connection, scope: Scope, round_: Round) -> tuple[tuple[str, str, str], ...]:
    """Engine, bank and rubric versions that the round's results name."""
    query = (
        select(result.c.engine_version, result.c.bank_version, result.c.rubric_version)
        .select_from(_enrolled(result))
        .where(_COUNTS, result.c.year == round_.year, result.c.term == round_.term, scope.condition())
        .distinct()
    )
    return tuple(sorted((e, b, r) for e, b, r in connection.execute(query)))


def _enrolled(table: FromClause) -> FromClause:
    """`table` (result or placement) with its attempt and the pupil's enrolment of that academic year."""
    of_the_year = and_(enrolment.c.pupil_id == table.c.pupil_id, enrolment.c.year == table.c.year)
    return table.join(attempt, attempt.c.key == table.c.attempt_key).join(enrolment, of_the_year)


def _placed(round_: Round | None) -> Select[tuple[str, int, int, int, str, datetime]]:
    """The newest placement of each pupil in the round, or in each of all rounds."""
    rank = func.row_number().over(
        partition_by=(placement.c.pupil_id, placement.c.year, placement.c.term),
        order_by=(placement.c.decided_at.desc(), placement.c.key.desc()),
    )
    p = placement.c
    query = (
        select(p.pupil_id, p.year, p.term, p.level, attempt.c.id.label("attempt_id"), p.decided_at, rank.label("rank"))
        .join(attempt, attempt.c.key == p.attempt_key)
        .where(_COUNTS)
    )
    if round_ is not None:
        query = query.where(p.year == round_.year, p.term == round_.term)
    ranked: Subquery = query.subquery()
    c = ranked.c
    return select(c.pupil_id, c.year, c.term, c.level, c.attempt_id, c.decided_at).where(c.rank == 1)


def _tested(round_: Round) -> Subquery:
    return (
        select(result.c.pupil_id)
        .join(attempt, attempt.c.key == result.c.attempt_key)
        .where(_COUNTS, result.c.year == round_.year, result.c.term == round_.term)
        .distinct()
        .subquery("tested")
    )


def _counted(scope: Scope, round_: Round) -> Select[tuple[str, str, str, int | None, int]]:
    """Every pupil who counts in the round: class, level (NULL: not placed), whether tested (1 or 0)."""
    placed, tested = _placed(round_).subquery("placed"), _tested(round_)
    was_tested = tested.c.pupil_id.is_not(None)
    return (
        select(
            enrolment.c.school_id,
            enrolment.c.grade,
            enrolment.c.room,
            placed.c.level,
            case((was_tested, 1), else_=0).label("tested"),
        )
        .join(pupil, pupil.c.id == enrolment.c.pupil_id)
        .outerjoin(placed, placed.c.pupil_id == enrolment.c.pupil_id)
        .outerjoin(tested, tested.c.pupil_id == enrolment.c.pupil_id)
        .where(enrolment.c.year == round_.year, scope.condition(), or_(pupil.c.archived == false(), was_tested))
    )
