"""Rows of what is taken out as tables, one after another, so that no table is ever in memory as a whole.

Who a pupil is stands in front of every row: id, number, prefix, first name, last name, grade and room of that year.
Rows are of pupils who belong to the school now; what they did elsewhere before came with them.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select, true

from phonics_app.domain.attempt import AttemptStatus, Source
from phonics_app.domain.calendar import BUDDHIST_OFFSET, THAI_TIME, Round, thai_day
from phonics_app.domain.event import EventKind
from phonics_app.domain.export import ExportRow, ExportScope, TableKind
from phonics_app.domain.grade import Grade
from phonics_app.domain.plan import PlannedItem
from phonics_app.domain.school import natural_key
from phonics_app.records.attempts import load_plan
from phonics_app.records.pupils import in_classrooms
from phonics_app.records.schema import account, attempt, enrolment, event, onet_result, placement, plan, pupil, result

_AT_ONCE = 500
_WHO = (
    pupil.c.id.label("pupil"),
    pupil.c.number,
    pupil.c.prefix,
    pupil.c.first_name,
    pupil.c.last_name,
    enrolment.c.grade,
    enrolment.c.room,
)
_a, _r, _p = attempt.c, result.c, placement.c


def count_rows(connection: Connection, kind: TableKind, scope: ExportScope) -> int:
    """How many records the table is made of; of answers and results, how many tests."""
    return connection.scalar(select(func.count()).select_from(_QUERIES[kind](scope).order_by(None).subquery())) or 0


def export_rows(connection: Connection, kind: TableKind, scope: ExportScope) -> Iterator[tuple[ExportRow, ...]]:
    """For each record that `count_rows` counts the rows that it gives."""
    make = _ROWS[kind](connection)
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(_QUERIES[kind](scope)):
        yield make(row)


def _who(row: Row[Any]) -> ExportRow:
    return (row.pupil, row.number, row.prefix, row.first_name, row.last_name, row.grade or "", row.room or "")


def _pupils(scope: ExportScope) -> Select[Any]:
    query = select(*_WHO, pupil.c.sex, pupil.c.archived, pupil.c.simulated).join_from(pupil, enrolment)
    return query.where(
        pupil.c.school_id == scope.school_id,
        enrolment.c.school_id == scope.school_id,
        enrolment.c.year == scope.year,
        _in_rooms(scope),
    ).order_by(pupil.c.number, pupil.c.id)


def _in_rooms(scope: ExportScope) -> ColumnElement[bool]:
    if scope.rooms is None:
        return true()
    # In an earlier year he may have been in another school's room of that name.
    return and_(enrolment.c.school_id == scope.school_id, in_classrooms(scope.rooms))


def _class_lists(scope: ExportScope) -> Select[Any]:
    return _pupils(scope).where(pupil.c.archived.is_(False))


def _in_year(query: Select[Any], scope: ExportScope, year: ColumnElement[bool]) -> Select[Any]:
    """Of the school's pupils, with their class of that year where they have one."""
    of_year = and_(enrolment.c.pupil_id == pupil.c.id, enrolment.c.year == scope.year)
    return query.outerjoin(enrolment, of_year).where(pupil.c.school_id == scope.school_id, year, _in_rooms(scope))


def _tests(scope: ExportScope) -> Select[Any]:
    query = (
        select(*_WHO, attempt, plan.c.kind, _r.year, _r.term, _r.finished_at, _r.content)
        .join_from(attempt, pupil, pupil.c.id == _a.pupil_id)
        .join(plan, plan.c.hash == _a.plan_hash)
        .outerjoin(result, _r.attempt_key == _a.key)
    )
    begins, ends = _year_begins(scope.year), _year_begins(scope.year + 1)
    unfinished = and_(_r.attempt_key.is_(None), _a.created_at >= begins, _a.created_at < ends)
    return _in_year(query, scope, or_(_r.year == scope.year, unfinished)).order_by(_a.key)


def _year_begins(year: int) -> datetime:
    return datetime.combine(date(year - BUDDHIST_OFFSET, 5, 16), time(), tzinfo=THAI_TIME).astimezone(UTC)


def _finished(scope: ExportScope) -> Select[Any]:
    query = (
        select(*_WHO, _a.key, _a.id, _a.plan_hash, _a.simulated, _r.year, _r.term, _r.finished_at, _r.content)
        .join_from(attempt, pupil, pupil.c.id == _a.pupil_id)
        .join(result, _r.attempt_key == _a.key)
        .where(_a.status == AttemptStatus.FINISHED.value)
    )
    return _in_year(query, scope, _r.year == scope.year).order_by(_a.key)


def _placements(scope: ExportScope) -> Select[Any]:
    query = (
        select(*_WHO, placement, _a.id.label("attempt"), account.c.display_name)
        .join_from(placement, pupil, pupil.c.id == _p.pupil_id)
        .join(attempt, _a.key == _p.attempt_key)
        .outerjoin(account, account.c.id == _p.decided_by)
    )
    return _in_year(query, scope, _p.year == scope.year).order_by(_p.key)


def _onet(scope: ExportScope) -> Select[Any]:
    """Of all years: they are few, and one alone says nothing."""
    table = onet_result.c
    return select(onet_result).where(table.school_id == scope.school_id).order_by(table.year, table.grade)


def _local(moment: datetime | None) -> str | None:
    """Day and time in Thailand, as spreadsheets sort it."""
    return None if moment is None else moment.astimezone(THAI_TIME).strftime("%Y-%m-%d %H:%M")


Make = Callable[[Row[Any]], tuple[ExportRow, ...]]


def _pupil_rows(_: Connection) -> Make:
    return lambda row: ((*_who(row), row.sex, row.archived, row.simulated),)


def _class_rows(_: Connection) -> Make:
    return lambda row: ((*_who(row), row.sex, row.simulated),)


def _test_rows(_: Connection) -> Make:
    def make(row: Row[Any]) -> tuple[ExportRow, ...]:
        given = row.spec.get("given_on")
        day = given or thai_day(row.created_at).isoformat()
        round_ = Round(row.year, row.term) if row.year else Round.of(date.fromisoformat(day))
        facts = (
            row.id,
            day,
            round_.year,
            round_.term,
            row.status,
            row.kind,
            row.spec.get("source", Source.SCREEN.value),
        )
        return ((*_who(row), *facts, *_measured(row.content), row.simulated),)

    return make


def _measured(content: bytes | None) -> ExportRow:
    """Items, right ones, seconds, level proposed, ability and its error, why it ended."""
    if content is None:
        return (None,) * 7
    found = json.loads(zlib.decompress(content))
    right = sum(score["score"] for score in found["scores"])
    level = found["proposed_level"], found["theta"], found["standard_error"], found["stop_reason"]
    return (len(found["scores"]), right, found["seconds"], *level)


def _placement_rows(_: Connection) -> Make:
    def make(row: Row[Any]) -> tuple[ExportRow, ...]:
        decided = row.level, row.proposed_level, row.reason, row.display_name or row.decided_by, _local(row.decided_at)
        return ((*_who(row), row.attempt, row.year, row.term, *decided, row.simulated),)

    return make


def _result_rows(_: Connection) -> Make:
    def make(row: Row[Any]) -> tuple[ExportRow, ...]:
        found = json.loads(zlib.decompress(row.content))
        totals: dict[tuple[int, str], list[int]] = {}
        for one in found["evidence"]:
            total = totals.setdefault((one["level"], one["strand"]), [0, 0])
            total[0] += one["attempted"]
            total[1] += one["correct"]
        test = row.id, row.year, row.term, found["proposed_level"]
        return tuple(
            (*_who(row), *test, level, strand, tried, right, right / tried if tried else None, row.simulated)
            for (level, strand), (tried, right) in sorted(totals.items())
        )

    return make


def _answer_rows(connection: Connection) -> Make:
    plans: dict[str, Mapping[str, PlannedItem]] = {}

    def make(row: Row[Any]) -> tuple[ExportRow, ...]:
        if row.plan_hash not in plans:
            plans[row.plan_hash] = {item.id: item for item in load_plan(connection, row.plan_hash).items}
        items, said = plans[row.plan_hash], _said(connection, row.key)
        scores = json.loads(zlib.decompress(row.content))["scores"]
        return tuple(
            (*_who(row), row.id, row.year, row.term, n, *_answer(score, items, said), row.simulated)
            for n, score in enumerate(scores, start=1)
        )

    return make


_Said = Mapping[tuple[str, str], tuple[str, str]]
"""By block ("" where the pupil answers by himself) and item: what was wrong, and what was chosen, said or written."""


def _said(connection: Connection, attempt_key: int) -> _Said:
    """What stood last, after every change."""
    kinds = [EventKind.ITEM_MARKED.value, EventKind.ITEM_ANSWERED.value]
    query = select(event.c.kind, event.c.data).where(event.c.attempt_key == attempt_key, event.c.kind.in_(kinds))
    found = {}
    for kind, data in connection.execute(query.order_by(event.c.seq)):
        if kind == EventKind.ITEM_ANSWERED.value:
            found["", data["item"]] = "", str(data["value"])
        else:
            found[data["block"], data["item"]] = str(data.get("error", "")), str(data.get("said", ""))
    return found


def _answer(score: Mapping[str, Any], items: Mapping[str, PlannedItem], said: _Said) -> ExportRow:
    item = items.get(score["item_id"])
    asked = (item.level, item.strand.value, item.task.value, item.stimulus, item.key) if item else (None,) * 5
    of_pupil = said.get(("", score["item_id"]))
    error, answer = of_pupil or said.get((score["block_id"], score["item_id"]), ("", ""))
    wrong = not score["score"]
    given = answer if wrong or of_pupil else ""
    marked = score["score"], score["self_corrected"], error if wrong else "", given
    return (score["block_id"], score["item_id"], *asked, *marked)


def _onet_rows(_: Connection) -> Make:
    return lambda row: ((row.year, row.grade, row.n, row.mean, row.sd, row.maximum, row.minimum, row.share_50),)


_QUERIES: Mapping[TableKind, Callable[[ExportScope], Select[Any]]] = {
    TableKind.PUPILS: _pupils,
    TableKind.CLASS_LISTS: _class_lists,
    TableKind.TESTS: _tests,
    TableKind.PLACEMENTS: _placements,
    TableKind.RESULTS: _finished,
    TableKind.ANSWERS: _finished,
    TableKind.ONET: _onet,
}
_ROWS: Mapping[TableKind, Callable[[Connection], Make]] = {
    TableKind.PUPILS: _pupil_rows,
    TableKind.CLASS_LISTS: _class_rows,
    TableKind.TESTS: _test_rows,
    TableKind.PLACEMENTS: _placement_rows,
    TableKind.RESULTS: _result_rows,
    TableKind.ANSWERS: _answer_rows,
    TableKind.ONET: _onet_rows,
}


def class_list_order(row: ExportRow) -> tuple[object, ...]:
    """Sorts rows of class lists: by grade, room and number, as a person counts."""
    _id, number, _prefix, _first, _last, grade, room = row[:7]
    return Grade(str(grade)).order, natural_key(str(room)), natural_key(str(number))
