"""The year turn of a school: seen before it is stored, and taken back as long as nothing was added to the new year."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Conflict, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Pupil, School
from phonics_app.domain.year_turn import Class, Outcome, TurnChoice, TurnPreview, TurnRow, YearTurn, usual_target
from phonics_app.records import audit, year_turns
from phonics_app.records.past import enrolments_in
from phonics_app.records.pupil_rules import LENGTHS
from phonics_app.records.pupils import list_pupils
from phonics_app.records.schools import find_school
from phonics_app.records.writing import plain_digits, squeezed
from phonics_app.reports.turn_report import turn_report
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat, hand_out
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today

__all__ = [
    "Outcome",
    "TurnChoice",
    "TurnPreview",
    "TurnRow",
    "YearTurn",
    "commit_year_turn",
    "export_year_turn",
    "last_year_turn",
    "preview_year_turn",
    "undo_year_turn",
]

_AS_USUAL = TurnChoice()


def preview_year_turn(
    phonics: Phonics, actor: Actor, school_id: str, to_year: int, choice: TurnChoice = _AS_USUAL
) -> TurnPreview:
    """What the turn into `to_year` would do with every pupil of the year before; stores nothing. EDIT_ROSTER."""
    require(actor, Action.EDIT_ROSTER, school_id)
    with phonics.store.read() as connection:
        return _preview(phonics, connection, school_id, to_year, choice)


def commit_year_turn(phonics: Phonics, actor: Actor, preview: TurnPreview) -> YearTurn:
    """Stores the preview. `ProblemsFound` if it is not ready, `Conflict` "turn.stale" if something changed since.

    EDIT_ROSTER.
    """
    require(actor, Action.EDIT_ROSTER, preview.school_id)
    with phonics.store.write() as connection:
        if _preview(phonics, connection, preview.school_id, preview.to_year, preview.choice) != preview:
            raise Conflict("turn.stale")
        if not preview.ready:
            raise ProblemsFound(preview.problems or [Problem("turn.nobody", Place(), str(preview.to_year - 1))])
        rows = [row for row in preview.rows if row.outcome is not Outcome.ENROLLED]
        turn = YearTurn(
            phonics.new_id(), preview.school_id, preview.to_year, phonics.now(), actor.account_id, len(rows)
        )
        year_turns.store_turn(connection, turn, rows)
        told = {outcome.value: n for outcome, n in preview.counts.items()}
        audit.record(
            connection, turn.turned_at, actor.account_id, "year.turned", turn.school_id, year=turn.to_year, **told
        )
    return turn


def last_year_turn(phonics: Phonics, actor: Actor, school_id: str) -> tuple[YearTurn, bool] | None:
    """The newest turn of the school that stands, and whether it can still be taken back. EDIT_ROSTER."""
    require(actor, Action.EDIT_ROSTER, school_id)
    with phonics.store.read() as connection:
        turn = year_turns.last_turn(connection, school_id)
        return None if turn is None else (turn, not year_turns.is_used(connection, turn))


def undo_year_turn(phonics: Phonics, actor: Actor, school_id: str) -> YearTurn:
    """Takes the newest turn back. `NotFound` "turn.none"; `Conflict` "turn.used" once something was added to the year.

    EDIT_ROSTER.
    """
    require(actor, Action.EDIT_ROSTER, school_id)
    with phonics.store.write() as connection:
        turn = year_turns.last_turn(connection, school_id)
        if turn is None:
            raise NotFound("turn.none")
        if year_turns.is_used(connection, turn):
            raise Conflict("turn.used", {"year": turn.to_year})
        year_turns.take_back(connection, turn, phonics.now(), actor.account_id)
        audit.record(connection, phonics.now(), actor.account_id, "year.turn_undone", school_id, year=turn.to_year)
    return turn


def _preview(phonics: Phonics, connection: Connection, school_id: str, to_year: int, choice: TurnChoice) -> TurnPreview:
    school = find_school(connection, school_id)
    if school is None:
        raise NotFound("school.unknown")
    pupils = list_pupils(connection, school_id, to_year - 1)
    enrolled = enrolments_in(connection, [pupil.id for pupil in pupils], to_year)
    there = {id: (Grade(row.grade), row.room) for id, row in enrolled.items()}
    targets = _targets(school, pupils, choice)
    rows = tuple(_row(pupil, targets, there, choice) for pupil in pupils)
    problems = (*_day_problems(phonics, to_year), *_class_problems(targets))
    return TurnPreview(school_id, to_year, choice, targets, rows, problems)


def _targets(school: School, pupils: tuple[Pupil, ...], choice: TurnChoice) -> dict[Class, Class | None]:
    classes = dict.fromkeys((pupil.grade, pupil.room) for pupil in pupils)
    chosen = {of: choice.targets.get(of, usual_target(of, school.highest_grade)) for of in classes}
    return {of: (to[0], plain_digits(squeezed(to[1]))) if to else None for of, to in chosen.items()}


def _row(
    pupil: Pupil, targets: dict[Class, Class | None], there: dict[str, tuple[Grade, str]], choice: TurnChoice
) -> TurnRow:
    if pupil.id in there:
        return TurnRow(pupil, Outcome.ENROLLED, there[pupil.id])
    if pupil.id in choice.leave:
        return TurnRow(pupil, Outcome.LEAVES, None)
    if pupil.id in choice.repeat:
        return TurnRow(pupil, Outcome.REPEATS, (pupil.grade, pupil.room))
    to = targets[pupil.grade, pupil.room]
    if to is None:
        return TurnRow(pupil, Outcome.LEAVES, None)
    return TurnRow(pupil, Outcome.REPEATS if to[0] is pupil.grade else Outcome.PROMOTED, to)


def _day_problems(phonics: Phonics, to_year: int) -> Iterator[Problem]:
    """Not before the new year has begun: until then pupils are tested in the classes in which they are."""
    starts = Round(to_year, 1).starts
    if today(phonics) < starts:
        yield Problem("turn.too_early", Place(), str(to_year), starts.isoformat())


def _class_problems(targets: dict[Class, Class | None]) -> Iterator[Problem]:
    for (grade, room), to in targets.items():
        if to is None:
            continue
        place = Place(column=f"{grade.label('th')}/{room}")
        if len(to[1]) > LENGTHS["room"]:
            yield Problem("input.too_long", place, to[1][:50], str(LENGTHS["room"]))
        if to[0].order < grade.order:
            yield Problem("turn.downwards", place, to[0].label("th"), grade.label("th"))


def export_year_turn(
    phonics: Phonics, actor: Actor, preview: TurnPreview, *, format: ExportFormat, language: str
) -> bytes:
    """Who goes where, for the teachers' meeting: PDF, CSV or Excel. EDIT_ROSTER."""
    require(actor, Action.EDIT_ROSTER, preview.school_id)
    with phonics.store.read() as connection:
        school = find_school(connection, preview.school_id)
    name = school.name.in_language(language) if school else ""
    report = turn_report(preview, name, today(phonics), language)
    return hand_out(phonics, actor, report, format, "year_turn", preview.school_id, {"year": preview.to_year})
