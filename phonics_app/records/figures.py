"""What dashboards and class pages count, counted in the database.

A test counts unless its attempt was discarded. A pupil's level in a round is his newest placement among those whose
attempt belongs to that round. Who was tested in a round belongs in it to the class in which he was when he took the
test (the last one, where there are several), whatever became of him; who was not, to the class in which he was on the
round's last day. So the figures of a round that is over don't change when a pupil moves or leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.elements import ColumnElement

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom, SchoolKind
from phonics_app.records.erased_figures import kept_counts, kept_rounds
from phonics_app.records.pupils import in_classrooms
from phonics_app.records.schema import (
    attempt,
    enrolment,
    erased_count,
    past_enrolment,
    placement,
    pupil,
    result,
    school,
)

_COUNTS = attempt.c.status != AttemptStatus.DISCARDED.value


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: the schools named, and of those one grade list (empty: all) and room (None: all)."""

    school_ids: tuple[str, ...]
    grades: tuple[Grade, ...] = ()
    room: str | None = None
    classrooms: tuple[Classroom, ...] | None = None
    """Of these alone (None: of all)."""

    def condition(self, place: Any = enrolment.c) -> ColumnElement[bool]:
        """`place`: whatever has columns `school_id`, `grade` and `room`."""
        parts: list[ColumnElement[bool]] = [place.school_id.in_(self.school_ids)]
        if self.grades:
            parts.append(place.grade.in_([g.value for g in self.grades]))
        if self.room is not None:
            parts.append(place.room == self.room)
        if self.classrooms is not None:
            parts.append(in_classrooms(self.classrooms))
        return and_(*parts)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a pupil was when he took a test: kept with the result, or (older ones) as that year has him enrolled."""

    school_id: ColumnElement[str]
    grade: ColumnElement[str]
    room: ColumnElement[str]

    @property
    def columns(self) -> tuple[ColumnElement[str], ...]:
        return self.school_id.label("school_id"), self.grade.label("grade"), self.room.label("room")


_AT_TEST = _Place(
    result.c.school_id, func.coalesce(result.c.grade, enrolment.c.grade), func.coalesce(result.c.room, enrolment.c.room)
)


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
    r = result.c
    counts = and_(_COUNTS, scope.condition(_AT_TEST), _AT_TEST.grade.is_not(None))
    # Which rounds there are stands in an index; for each, one result that counts is enough.
    held = connection.execute(select(r.year, r.term).where(r.school_id.in_(scope.school_ids)).distinct()).all()
    found = {
        Round(year, term)
        for year, term in held
        if connection.scalar(select(exists().select_from(_RESULTS).where(r.year == year, r.term == term, counts)))
    }
    return tuple(sorted(found | kept_rounds(connection, scope.condition(erased_count.c))))


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
    found = {(s, g, r, lv): (n, int(t)) for s, g, r, lv, n, t in connection.execute(query)}
    for group, level, pupils in kept_counts(connection, scope.condition(erased_count.c), round_):
        key = (group.school_id, group.grade, group.room, level or None)
        n, t = found.get(key, (0, 0))
        found[key] = (n + pupils, t + pupils)
    return [LevelCount(s, Grade(g), r, lv, n, t) for (s, g, r, lv), (n, t) in found.items()]


def moves_between(
    connection: Connection, scope: Scope, before: Round, after: Round
) -> list[tuple[str, Grade, int, int]]:
    """School, grade, levels moved, pupils: of those placed in both rounds; the class is that of `after`."""
    old, new = _placed(scope, before).subquery("old"), _placed(scope, after).subquery("new")
    moved = (new.c.level - old.c.level).label("moved")
    keys = (new.c.school_id, new.c.grade, moved)
    query = (
        select(*keys, func.count())
        .join_from(new, old, old.c.pupil_id == new.c.pupil_id)
        .where(scope.condition(new.c))
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
    newest = _placed(scope, None).subquery()
    wanted = (
        case({g.value: n for g, n in expected.items()}, value=newest.c.grade) if expected else literal(None, Integer)
    )
    reached = case((newest.c.level >= wanted, 1), else_=0)
    keys = (newest.c.school_id, newest.c.year, newest.c.term)
    query = (
        select(*keys, func.count(), func.avg(newest.c.level * 1.0), func.count(wanted), func.sum(reached))
        .where(scope.condition(newest.c))
        .group_by(*keys)
        .order_by(newest.c.year, newest.c.term, newest.c.school_id)
    )
    sums = {
        (s, Round(y, t)): [n, float(mean) * n, judged, int(up)]
        for s, y, t, n, mean, judged, up in connection.execute(query)
    }
    for group, level, pupils in kept_counts(connection, scope.condition(erased_count.c)):
        if level:
            aim = expected.get(Grade(group.grade))
            more = (pupils, level * pupils, pupils * (aim is not None), pupils * (aim is not None and level >= aim))
            sums_of = sums.setdefault((group.school_id, Round(group.year, group.term)), [0, 0.0, 0, 0])
            sums_of[:] = [a + b for a, b in zip(sums_of, more, strict=True)]
    in_order = sorted(sums.items(), key=lambda entry: (entry[0][1], entry[0][0]))
    return [RoundCount(s, r, int(n), total / n, int(j), int(up)) for (s, r), (n, total, j, up) in in_order]


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
    p = _placed(scope, round_).subquery().c
    query = (
        select(p.pupil_id, p.grade, p.room, p.level, p.attempt_id, p.decided_at)
        .where(scope.condition(p))
        .order_by(p.grade, p.room, p.pupil_id)
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
        .select_from(_RESULTS)
        .where(_COUNTS, result.c.year == round_.year, result.c.term == round_.term, scope.condition(_AT_TEST))
        .distinct()
    )
    return tuple(sorted((e, b, r) for e, b, r in connection.execute(query)))


_RESULTS: FromClause = result.join(attempt, attempt.c.key == result.c.attempt_key).outerjoin(
    enrolment, and_(enrolment.c.pupil_id == result.c.pupil_id, enrolment.c.year == result.c.year)
)


def _of_scope(pupil_id: ColumnElement[str], scope: Scope, round_: Round | None) -> ColumnElement[bool]:
    """Of pupils with a test at the scope's schools alone: a school's figures need not go through the whole network's.

    Not where the scope is most of a round anyway: SQLite, told to look up so many pupils, expects few and joins them
    row by row (18,025 pupils, `benchmarks/scale.py`: 16 s instead of 0.8).
    """
    if round_ is not None and len(scope.school_ids) > 1:
        return true()
    return pupil_id.in_(select(result.c.pupil_id).where(result.c.school_id.in_(scope.school_ids)))


def _placed(scope: Scope, round_: Round | None) -> Select[Any]:
    """The newest placement of each of the scope's pupils in the round, or in each of all rounds, with the class of its
    test (which may be at a school outside of it).
    """
    rank = func.row_number().over(
        partition_by=(placement.c.pupil_id, placement.c.year, placement.c.term),
        order_by=(placement.c.decided_at.desc(), placement.c.key.desc()),
    )
    p = placement.c
    of_attempt = _RESULTS.join(placement, p.attempt_key == result.c.attempt_key)
    query: Select[Any] = (
        select(p.pupil_id, p.year, p.term, p.level, attempt.c.id.label("attempt_id"), p.decided_at)
        .add_columns(*_AT_TEST.columns, rank.label("rank"))
        .select_from(of_attempt)
        .where(_COUNTS, _AT_TEST.grade.is_not(None), _of_scope(p.pupil_id, scope, round_))
    )
    if round_ is not None:
        query = query.where(p.year == round_.year, p.term == round_.term)
    ranked: Subquery = query.subquery()
    c = ranked.c
    columns = (c.pupil_id, c.year, c.term, c.level, c.attempt_id, c.decided_at, c.school_id, c.grade, c.room)
    return select(*columns).where(c.rank == 1)


def _tested(scope: Scope, round_: Round) -> Select[Any]:
    """Each of the scope's pupils with a test in the round, and the class in which he took the last one."""
    r = result.c
    rank = func.row_number().over(partition_by=r.pupil_id, order_by=(r.finished_at.desc(), r.attempt_key.desc()))
    query: Select[Any] = (
        select(r.pupil_id, *_AT_TEST.columns, rank.label("rank"))
        .select_from(_RESULTS)
        .where(_COUNTS, r.year == round_.year, r.term == round_.term, _AT_TEST.grade.is_not(None))
        .where(_of_scope(r.pupil_id, scope, round_))
    )
    ranked = query.subquery()
    return select(ranked.c.pupil_id, ranked.c.school_id, ranked.c.grade, ranked.c.room).where(ranked.c.rank == 1)


def _took_any(pupil_id: ColumnElement[str], round_: Round) -> ColumnElement[bool]:
    """Whether the pupil took a test of the round, at whatever school."""
    r = result.c
    his = and_(r.pupil_id == pupil_id, r.year == round_.year, r.term == round_.term)
    return exists().select_from(_RESULTS).where(his, _COUNTS, _AT_TEST.grade.is_not(None))


def _enrolled(round_: Round) -> Subquery:
    """Each pupil in the class in which he was on the round's last day; who had left by then is in none."""
    day = round_.ends.isoformat()
    now, past = enrolment.c, past_enrolment.c
    stays = or_(now.until > day, and_(now.until == "", pupil.c.archived == false()))
    present = (
        select(now.pupil_id, now.school_id, now.grade, now.room)
        .join(pupil, pupil.c.id == now.pupil_id)
        .where(now.year == round_.year, now.since <= day, stays)
    )
    earlier = select(past.pupil_id, past.school_id, past.grade, past.room).where(
        past.year == round_.year, past.since <= day, past.until > day
    )
    return union_all(present, earlier).subquery("enrolled")


def _counted(scope: Scope, round_: Round) -> Select[Any]:
    """Every pupil who counts in the round: class, level (NULL: not placed), whether tested (1 or 0)."""
    placed, tested = _placed(scope, round_).subquery(), _tested(scope, round_).subquery()
    enrolled = _enrolled(round_)
    at_test = _Place(*(func.coalesce(placed.c[n], tested.c[n]) for n in ("school_id", "grade", "room")))
    took = (
        select(*at_test.columns, placed.c.level, literal(1).label("tested"))
        .select_from(tested.outerjoin(placed, placed.c.pupil_id == tested.c.pupil_id))
        .where(scope.condition(at_test))
    )
    missed = (
        select(enrolled.c.school_id, enrolled.c.grade, enrolled.c.room, null().label("level"), literal(0))
        .where(scope.condition(enrolled.c))
        .where(~_took_any(enrolled.c.pupil_id, round_))
    )
    both = union_all(took, missed).subquery()
    return select(both.c.school_id, both.c.grade, both.c.room, both.c.level, both.c.tested)
