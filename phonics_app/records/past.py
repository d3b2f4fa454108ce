"""One history for each pupil: where a class or a name changes, what was before is written down first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from phonics_app.domain.calendar import Round, thai_day
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft
from phonics_app.records.schema import enrolment, past_enrolment, past_name, pupil
from phonics_app.records.sort_keys import class_key

_AT_ONCE = 500
_PERSON = ("number", "prefix", "first_name", "last_name", "sex")
Enrolled = Mapping[str, Row[Any]]
"""Rows of `enrolment` by pupil."""


@dataclass(frozen=True, slots=True)
class Change:
    """When something changes, by whom, and why a class was left ("class": another room or grade, or a correction)."""

    at: datetime
    account_id: str
    reason: str = "class"
    on: str = ""
    """The day from which on it counts (ISO 8601), where it is not that of `at`."""

    @property
    def day(self) -> str:
        return self.on or thai_day(self.at).isoformat()

    def since_in(self, year: int) -> str:
        """From when on an enrolment made now counts: whoever comes after the year's first day, from this day on."""
        return self.day if Round(year, 1).starts.isoformat() < self.day else ""


def in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """So few at once that any database takes them in one query."""
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def enrolments_in(connection: Connection, pupil_ids: Sequence[str], year: int) -> Enrolled:
    """The enrolment of each in that year; who has none is left out."""
    found: dict[str, Row[Any]] = {}
    for part in in_parts(pupil_ids):
        query = select(enrolment).where(enrolment.c.year == year, enrolment.c.pupil_id.in_(part))
        found.update((row.pupil_id, row) for row in connection.execute(query))
    return found


def keep_names(connection: Connection, drafts: Mapping[str, PupilDraft], change: Change) -> None:
    """Writes down name, number and sex of those of whom they will change."""
    changed = []
    for part in in_parts(list(drafts)):
        columns = (pupil.c.id, *(pupil.c[name] for name in _PERSON))
        for row in connection.execute(select(*columns).where(pupil.c.id.in_(part))):
            draft = drafts[row.id]
            after = (draft.number, draft.prefix, draft.first_name, draft.last_name, draft.sex.value)
            if tuple(row)[1:] != after:
                changed.append({"pupil_id": row.id} | {name: getattr(row, name) for name in _PERSON} | _by(change))
    if changed:
        connection.execute(insert(past_name), changed)


def _by(change: Change) -> dict[str, object]:
    return {"recorded_at": change.at, "recorded_by": change.account_id}


def place_pupils(
    connection: Connection,
    year: int,
    wanted: Mapping[str, tuple[str, str, str]],
    present: Enrolled,
    change: Change,
    returning: bool = True,
) -> None:
    """Puts pupils into the class (school, grade, room) from that day on; who is there already stays as he is.

    `returning`: whoever had left is back.
    """
    moved = {
        id: place for id, place in wanted.items() if _place(present[id]) != place or (returning and present[id].until)
    }
    _keep(connection, [present[id] for id in moved], change)
    rows = [
        {
            "of_id": id,
            "to_school": school,
            "to_grade": grade,
            "to_room": room,
            "to_key": class_key(Grade(grade), room),
            # A number is called in one class alone.
            "to_number": present[id].class_number if (school, grade, room) == _place(present[id]) else None,
            "from_day": change.since_in(year),
            "to_day": "" if returning or not present[id].until else change.day,
        }
        for id, (school, grade, room) in moved.items()
    ]
    here = (enrolment.c.pupil_id == bindparam("of_id")) & (enrolment.c.year == year)
    values: dict[str, Any] = {
        "school_id": bindparam("to_school"),
        "grade": bindparam("to_grade"),
        "room": bindparam("to_room"),
        "class_key": bindparam("to_key"),
        "class_number": bindparam("to_number"),
        "since": bindparam("from_day"),
        "until": bindparam("to_day"),
    }
    if rows:
        connection.execute(update(enrolment).where(here).values(values), rows)


def _place(row: Row[Any]) -> tuple[str, str, str]:
    return row.school_id, row.grade, row.room


def _keep(connection: Connection, rows: Sequence[Row[Any]], change: Change) -> None:
    """Writes down enrolments that are about to be replaced. Who had left before was away since then."""
    kept = [
        {
            "pupil_id": row.pupil_id,
            "year": row.year,
            "school_id": row.school_id,
            "grade": row.grade,
            "room": row.room,
            "class_number": row.class_number,
            "since": row.since,
            "until": row.until or change.day,
            "reason": "left" if row.until else change.reason,
        }
        | _by(change)
        for row in rows
    ]
    if kept:
        connection.execute(insert(past_enrolment), kept)


def end_enrolments(connection: Connection, pupil_ids: Sequence[str], year: int, change: Change) -> None:
    """Whoever leaves is in no class from that day on."""
    for part in in_parts(pupil_ids):
        here = (enrolment.c.year == year) & enrolment.c.pupil_id.in_(part) & (enrolment.c.until == "")
        connection.execute(update(enrolment).where(here).values(until=change.day))


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a pupil was from one day to another. `until`: the first day on which he was no more there."""

    year: int
    school_id: str
    grade: Grade
    room: str
    class_number: int | None
    since: date | None
    """None: since the year began."""
    until: date | None
    """None: to the end of the year."""
    reason: str
    """Why it ended: "class", "school", "left"; "" while it goes on."""
    recorded_by: str = ""
    """Who ended it."""

    @property
    def corrected(self) -> bool:
        """Put right on the very day on which it was entered: he never was there."""
        return self.since is not None and self.since == self.until


@dataclass(frozen=True, slots=True)
class PastName:
    """What a pupil was called up to a moment."""

    number: str
    prefix: str
    first_name: str
    last_name: str
    sex: str
    replaced_at: datetime
    replaced_by: str

    @property
    def name(self) -> str:
        return f"{self.prefix}{self.first_name} {self.last_name}".strip()


def stays_of(connection: Connection, pupil_id: str) -> tuple[Stay, ...]:
    """Every class in which the pupil was, the newest first."""
    now = connection.execute(select(enrolment).where(enrolment.c.pupil_id == pupil_id))
    past = connection.execute(select(past_enrolment).where(past_enrolment.c.pupil_id == pupil_id))
    found = [(row.year, row.since, 1, 0, _stay(row)) for row in now]
    found += [(row.year, row.since, 0, row.key, _stay(row, row.reason, row.recorded_by)) for row in past]
    return tuple(stay for *_, stay in sorted(found, key=lambda one: one[:4], reverse=True))


def _stay(row: Row[Any], reason: str = "", recorded_by: str = "") -> Stay:
    since, until = (date.fromisoformat(text) if text else None for text in (row.since, row.until))
    reason = reason or ("left" if row.until else "")
    grade = Grade(row.grade)
    return Stay(row.year, row.school_id, grade, row.room, row.class_number, since, until, reason, recorded_by)


def names_of(connection: Connection, pupil_id: str) -> tuple[PastName, ...]:
    """Names that the pupil had before, the newest first."""
    n = past_name.c
    query = select(n.number, n.prefix, n.first_name, n.last_name, n.sex, n.recorded_at, n.recorded_by)
    rows = connection.execute(query.where(n.pupil_id == pupil_id).order_by(n.key.desc()))
    return tuple(PastName(*row) for row in rows)


def stay_on(connection: Connection, pupil_id: str, day: date) -> Stay | None:
    """Where the pupil was on that day; if nothing tells, the first of that academic year, else None."""
    year = Round.of(day).year
    stays = [stay for stay in stays_of(connection, pupil_id) if stay.year == year and not stay.corrected]
    there = [s for s in stays if (s.since is None or s.since <= day) and (s.until is None or s.until > day)]
    return there[0] if there else (stays[-1] if stays else None)
