"""The class page: every pupil's level, last test, and what is due."""

from __future__ import annotations

from phonics_app.domain.account import Actor
from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import class_order, natural_key
from phonics_app.progress.class_page import ClassPage, ClassRow, Due, due_of
from phonics_app.records import audit
from phonics_app.records import class_records as records
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, rooms_in_view
from phonics_app.workflows.rounds import current_round

__all__ = ["ClassPage", "ClassRow", "Due", "class_page", "list_classes"]


def list_classes(phonics: Phonics, actor: Actor, school_id: str, year: int) -> tuple[tuple[Grade, str], ...]:
    """Grade and room of every class with pupils; of a teacher who holds single rooms: his own."""
    rooms = rooms_in_view(actor, Action.SEE_PUPILS, school_id)
    with phonics.store.read() as connection:
        classes = records.classes(connection, school_id, year, rooms)
    return tuple(sorted(classes, key=lambda c: (c[0].order, natural_key(c[1]))))


def class_page(
    phonics: Phonics, actor: Actor, school_id: str, year: int, grade: Grade | None = None, room: str | None = None
) -> ClassPage:
    """SEE_PUPILS; of a teacher who holds single rooms, in these alone. Rows sorted by grade, room, number."""
    rooms = rooms_in_view(actor, Action.SEE_PUPILS, school_id)
    subject = audit.class_subject(school_id, grade, room)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.class", subject, year=year)
    with phonics.store.read() as connection:
        found = records.class_records(connection, school_id, year, grade, room, rooms)
    now = current_round(phonics)
    rows = [_row(r, year, now) for r in sorted(found, key=lambda r: class_order(r.pupil))]
    return ClassPage(school_id, year, grade, room, tuple(rows), any(r.simulated for r in found))


def _row(record: records.ClassRecord, year: int, current: Round) -> ClassRow:
    due = due_of(
        opened=record.open_attempt_id is not None,
        last_round=record.last_round,
        decided=record.decided,
        current_round=current,
        year=year,
    )
    return ClassRow(
        pupil=record.pupil,
        level=record.level,
        proposed_level=record.proposed_level,
        last_test=record.last_test,
        last_attempt_id=record.last_attempt_id,
        open_attempt_id=record.open_attempt_id,
        due=due,
    )
