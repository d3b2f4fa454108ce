"""What is known of whole tests beside their answers: who took them, and how long each block of items took."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from phonics_app.domain.event import EventKind
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Sex
from phonics_app.records.schema import attempt, enrolment, event, pupil, result

_OF_BLOCKS = (
    EventKind.ATTEMPT_RESUMED,
    EventKind.BLOCK_SHOWN,
    EventKind.BLOCK_FINISHED,
    EventKind.BLOCK_REOPENED,
    EventKind.ATTEMPT_STOPPED,
)


@dataclass(frozen=True, slots=True)
class SittingPupil:
    """`grade`: at the time of the test; None where the pupil was not enrolled in that year."""

    school_id: str
    sex: Sex
    grade: Grade | None


def pupils_of_sittings(connection: Connection) -> dict[int, SittingPupil]:
    """Of every test that has a result, by the key of its attempt."""
    of_the_year = and_(enrolment.c.pupil_id == result.c.pupil_id, enrolment.c.year == result.c.year)
    query = (
        select(result.c.attempt_key, result.c.school_id, pupil.c.sex, func.coalesce(result.c.grade, enrolment.c.grade))
        .join(pupil, pupil.c.id == result.c.pupil_id)
        .outerjoin(enrolment, of_the_year)
    )
    rows = connection.execute(query)
    return {key: SittingPupil(school, Sex(sex), Grade(grade) if grade else None) for key, school, sex, grade in rows}


def block_seconds(connection: Connection) -> dict[tuple[int, str], float]:
    """By attempt and block: from its first sight to its end, on the device's own clock.

    A block that was left open when the page was closed, or that was marked anew, is left out: nobody knows how long
    that took.
    """
    query = (
        select(event.c.attempt_key, event.c.kind, event.c.mono_ms, event.c.data)
        .join(attempt, attempt.c.key == event.c.attempt_key)
        .where(event.c.kind.in_([kind.value for kind in _OF_BLOCKS]))
        .order_by(event.c.attempt_key, event.c.seq)
    )
    found: dict[tuple[int, str], float] = {}
    again: set[tuple[int, str]] = set()
    shown: tuple[int, str] | None = None
    since = 0.0
    for key, kind, moment, data in connection.execute(query):
        if kind == EventKind.BLOCK_SHOWN.value:
            shown, since = (key, data["block"]), moment
        elif kind == EventKind.BLOCK_FINISHED.value:
            if shown == (key, data["block"]) and data.get("last_item") and moment > since:
                found[shown] = (moment - since) / 1000
            shown = None
        else:
            if kind == EventKind.BLOCK_REOPENED.value:
                again.add((key, data["block"]))
            shown = None
    return {block: seconds for block, seconds in found.items() if block not in again}
