"""Results as last computed from their events, and the placements that teachers decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from phonics_app.domain.attempt import Attempt, AttemptStatus
from phonics_app.domain.calendar import Round, thai_day
from phonics_app.domain.result import Placement, Result
from phonics_app.records import schema
from phonics_app.records.attempts import pack, unpack
from phonics_app.records.past import enrolments_in, stay_on


@dataclass(frozen=True, slots=True)
class StoredResult:
    """A result with the round in which it counts."""

    round: Round
    finished_at: datetime
    result: Result


def save_results(connection: Connection, rows: Sequence[tuple[int, Attempt, StoredResult]]) -> None:
    """Stores finished results by the key of their attempt, in place of earlier ones.

    What comes in after a test was over changes neither when nor in which class it was taken.
    """
    if not rows:
        return
    keys = [key for key, _, _ in rows]
    values = [_values(*row) | place for row, place in zip(rows, _places(connection, rows), strict=True)]
    # Only a single result is ever replaced; a bulk load adds results to an empty site.
    if len(keys) == 1:
        values[0] |= _taken(connection, keys[0])
        connection.execute(delete(schema.result).where(schema.result.c.attempt_key == keys[0]))
    connection.execute(insert(schema.result), values)


def _taken(connection: Connection, key: int) -> dict[str, Any]:
    """When and where the test was taken by a result that is stored already; empty where there is none."""
    r = schema.result.c
    stored = connection.execute(
        select(r.finished_at, r.school_id, r.grade, r.room).where(r.attempt_key == key)
    ).one_or_none()
    return {} if stored is None else stored._asdict()


def _places(connection: Connection, rows: Sequence[tuple[int, Attempt, StoredResult]]) -> list[dict[str, str | None]]:
    """School, grade and room of each pupil when his test was over; a bulk load has nothing but one class a year."""
    if len(rows) == 1:
        ((_, attempt, stored),) = rows
        stay = stay_on(connection, attempt.pupil_id, thai_day(stored.finished_at))
        return [_place(stay.school_id, stay.grade.value, stay.room) if stay else _place(attempt.school_id)]
    years = {stored.round.year for _, _, stored in rows}
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for year in years:
        of_year = enrolments_in(connection, list({attempt.pupil_id for _, attempt, _ in rows}), year)
        found.update(((id, year), (row.grade, row.room)) for id, row in of_year.items())
    nowhere = (None, None)
    return [_place(a.school_id, *found.get((a.pupil_id, stored.round.year), nowhere)) for _, a, stored in rows]


def _place(school_id: str, grade: str | None = None, room: str | None = None) -> dict[str, str | None]:
    return {"school_id": school_id, "grade": grade, "room": room}


def _values(key: int, attempt: Attempt, stored: StoredResult) -> dict[str, object]:
    result = stored.result
    if result.stop_reason is None:
        raise ValueError("only finished results are stored")
    return {
        "attempt_key": key,
        "pupil_id": attempt.pupil_id,
        "year": stored.round.year,
        "term": stored.round.term,
        "finished_at": stored.finished_at,
        "theta": result.theta,
        "standard_error": result.standard_error,
        "proposed_level": result.proposed_level,
        "stop_reason": result.stop_reason.value,
        "engine_version": result.engine_version,
        "bank_version": result.bank_version,
        "rubric_version": result.rubric_version,
        "content": pack(result),
    }


def last_results(
    connection: Connection, pupil_id: str, count: int, before: datetime | None = None
) -> tuple[StoredResult, ...]:
    """The newest results of a pupil that are not discarded, newest first; of tests that were over `before` then."""
    r, a = schema.result.c, schema.attempt.c
    earlier = [] if before is None else [r.finished_at < before]
    query = (
        select(r.year, r.term, r.finished_at, r.content)
        .join(schema.attempt, a.key == r.attempt_key)
        .where(r.pupil_id == pupil_id, a.status != AttemptStatus.DISCARDED.value, *earlier)
        .order_by(r.finished_at.desc(), r.attempt_key.desc())
        .limit(count)
    )
    rows = connection.execute(query)
    return tuple(StoredResult(Round(x.year, x.term), x.finished_at, unpack(Result, x.content)) for x in rows)


def results_of(connection: Connection, attempt_ids: Sequence[str]) -> dict[str, Result]:
    """Stored results by the id of their attempt."""
    query = (
        select(schema.attempt.c.id, schema.result.c.content)
        .join(schema.attempt, schema.attempt.c.key == schema.result.c.attempt_key)
        .where(schema.attempt.c.id.in_(attempt_ids))
    )
    return {row.id: unpack(Result, row.content) for row in connection.execute(query)} if attempt_ids else {}


def insert_placements(connection: Connection, rows: Sequence[tuple[int, Round, Placement]]) -> None:
    """Adds decisions, each with the key and the round of its attempt."""
    values = [
        {
            "id": p.id,
            "attempt_key": key,
            "pupil_id": p.pupil_id,
            "school_id": p.school_id,
            "year": round_.year,
            "term": round_.term,
            "level": p.level,
            "proposed_level": p.proposed_level,
            "reason": p.reason,
            "decided_by": p.decided_by,
            "decided_at": p.decided_at,
            "simulated": p.simulated,
        }
        for key, round_, p in rows
    ]
    if values:
        connection.execute(insert(schema.placement), values)


def placements_of(connection: Connection, pupil_id: str) -> tuple[Placement, ...]:
    """Newest first."""
    p, a = schema.placement.c, schema.attempt.c
    query = (
        select(schema.placement, a.id.label("attempt_id"))
        .join(schema.attempt, a.key == p.attempt_key)
        .where(p.pupil_id == pupil_id)
        .order_by(p.decided_at.desc(), p.key.desc())
    )
    return tuple(map(_placement, connection.execute(query)))


def _placement(row: Row[Any]) -> Placement:
    return Placement(
        id=row.id,
        pupil_id=row.pupil_id,
        school_id=row.school_id,
        attempt_id=row.attempt_id,
        level=row.level,
        proposed_level=row.proposed_level,
        reason=row.reason,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        simulated=row.simulated,
    )
