"""Tests on paper: fixed forms given on a device or keyed in from marking sheets, stored like any other test."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.attempt import Attempt, AttemptStatus, Source
from phonics_app.domain.calendar import THAI_TIME
from phonics_app.domain.errors import Conflict, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.event import Event
from phonics_app.domain.grade import Grade
from phonics_app.domain.paper import KeyedSheet
from phonics_app.domain.plan import Plan
from phonics_app.domain.school import Classroom, Pupil, class_order
from phonics_app.engine.paper_events import keyed_of, paper_events, sheet_problems
from phonics_app.records import attempts as records
from phonics_app.records import audit
from phonics_app.records.printed_forms import PrintedForm, printed_forms
from phonics_app.records.pupils import find_pupil, list_pupils, pupil_on
from phonics_app.workflows.assess import Sitting, begin_attempt, check_start, discard_attempt, get_sitting, store_events
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.form_plans import form_of_code, plan_of, remember_form
from phonics_app.workflows.forms import one_form
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import current_round, today
from phonics_app.workflows.sittings import spec_for, spec_on, stored_plan

OLDEST_DAYS = 400
"""A sheet of longer ago has most likely a wrong date."""
_NOON = time(12, tzinfo=THAI_TIME)


class Entered(Enum):
    """How it stands with a pupil's sheet."""

    NONE = "none"
    OPEN = "open"
    """An attempt was begun and not ended."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A pupil of the class, and the attempt that his sheet is or will be."""

    pupil: Pupil
    attempt_id: str
    entered: Entered


@dataclass(frozen=True, slots=True)
class PaperClass:
    """A class whose sheets of one form are keyed in."""

    plan: Plan
    given_on: date
    rows: tuple[PaperRow, ...]


def use_form(phonics: Phonics, actor: Actor, blueprint_id: str, level: int, letter: str) -> str:
    """The code of a form, which from now on is known here as if it had been printed. SEE_BANK.

    `NotFound` "forms.unknown" or "forms.no_letter"; `ProblemsFound` "forms.too_thin".
    """
    plan = plan_of(phonics, one_form(phonics, actor, blueprint_id, level, letter))
    with phonics.store.write() as connection:
        remember_form(phonics, connection, plan)
    return plan.form.code if plan.form else ""


def start_form_attempt(phonics: Phonics, actor: Actor, attempt_id: str, pupil_id: str, code: str) -> Sitting:
    """An attempt on a fixed form for the player, as `assess.start_attempt` makes one on the placement test. GIVE_TESTS.

    `NotFound` "paper.code_unknown" or "paper.no_form".
    """
    check_start(phonics, attempt_id, None)
    with phonics.store.write() as connection:
        pupil = _pupil(phonics, connection, actor, pupil_id)
        plan = form_of_code(connection, code)
        spec = spec_for(phonics, connection, pupil, plan, None)
        return begin_attempt(phonics, connection, actor.account_id, attempt_id, pupil, plan, spec)


def _pupil(phonics: Phonics, connection: Connection, actor: Actor, pupil_id: str) -> Pupil:
    pupil = find_pupil(connection, pupil_id, current_round(phonics).year)
    if pupil is None:
        raise NotFound("pupil.unknown", {"id": pupil_id})
    require(actor, Action.GIVE_TESTS, pupil.school_id, classroom=pupil.classroom)
    if pupil.archived:
        raise Conflict("pupil.archived", {"name": pupil.name})
    return pupil


def known_forms(phonics: Phonics, actor: Actor) -> tuple[PrintedForm, ...]:
    """Forms that were printed here, newest first: sheets with their codes can be keyed in. SEE_BANK."""
    require(actor, Action.SEE_BANK)
    with phonics.store.read() as connection:
        return printed_forms(connection)


def paper_class(
    phonics: Phonics, actor: Actor, school_id: str, year: int, grade: Grade, room: str, code: str, given_on: date
) -> PaperClass:
    """The pupils of a class in list order, and whose sheets of the form are there already. GIVE_TESTS.

    `NotFound` "paper.code_unknown" or "paper.no_form"; `ProblemsFound` where the date can't be.
    """
    require(actor, Action.GIVE_TESTS, school_id, classroom=Classroom(year, grade, room))
    if problems := [*date_problems(phonics, given_on)]:
        raise ProblemsFound(problems)
    with phonics.store.read() as connection:
        plan = form_of_code(connection, code)
        pupils = sorted(list_pupils(connection, school_id, year, grade, room), key=class_order)
        rows = tuple(_row(connection, pupil, plan, given_on) for pupil in pupils)
    subject = audit.class_subject(school_id, grade, room)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.class", subject, year=year)
    return PaperClass(plan, given_on, rows)


def date_problems(phonics: Phonics, given_on: date) -> Iterator[Problem]:
    """A test lies behind us, and not very long ago."""
    last = today(phonics)
    first = last - timedelta(days=OLDEST_DAYS)
    if not first <= given_on <= last:
        expected = f"{first.isoformat()} – {last.isoformat()}"
        yield Problem("paper.date", Place(column="given_on"), given_on.isoformat(), expected)


def _row(connection: Connection, pupil: Pupil, plan: Plan, given_on: date) -> PaperRow:
    attempt_id, found = _attempt_of(connection, pupil.id, plan, given_on)
    if found is None:
        return PaperRow(pupil, attempt_id, Entered.NONE)
    return PaperRow(pupil, attempt_id, Entered.OPEN if found[1].status is AttemptStatus.OPEN else Entered.DONE)


def _attempt_of(
    connection: Connection, pupil_id: str, plan: Plan, given_on: date
) -> tuple[str, tuple[int, Attempt] | None]:
    """The id depends on pupil, form and day: keyed in and brought in with a spreadsheet, a sheet is one test.

    What was discarded makes room for the same sheet keyed in anew.
    """
    code, edition = plan.form.code if plan.form else "", 0
    while True:
        text = f"paper/{pupil_id}/{code}/{given_on.isoformat()}/{edition}"
        attempt_id = hashlib.sha256(text.encode()).hexdigest()[:32]
        found = records.find_attempt(connection, attempt_id)
        if found is None or found[1].status is not AttemptStatus.DISCARDED:
            return attempt_id, found
        edition += 1


def enter_sheet(phonics: Phonics, actor: Actor, code: str, sheet: KeyedSheet) -> Sitting:
    """Stores a sheet that was keyed in as a finished test; the same sheet again changes nothing. GIVE_TESTS.

    `ProblemsFound` with everything that is wrong with it; `Conflict` "paper.entered_otherwise" if the pupil has this
    form of this day with other marks.
    """
    with phonics.store.write() as connection:
        pupil = _pupil(phonics, connection, actor, sheet.pupil_id)
        plan = form_of_code(connection, code)
        problems = [*date_problems(phonics, sheet.given_on), *sheet_problems(plan, sheet)]
        if problems:
            raise ProblemsFound(problems)
        if sheet.replaces and (known := _put_aside(phonics, connection, actor, pupil, plan, sheet)):
            return known
        return store_sheet(phonics, connection, actor.account_id, pupil, plan, sheet, Source.PAPER)


def _put_aside(
    phonics: Phonics, connection: Connection, actor: Actor, pupil: Pupil, plan: Plan, sheet: KeyedSheet
) -> Sitting | None:
    """Makes room for a sheet that is keyed in anew; the sitting that is there where it says the same already."""
    attempt_id, found = _attempt_of(connection, pupil.id, plan, sheet.given_on)
    if found is None:
        raise Conflict("paper.other_entry", {"name": pupil.name, "number": pupil.number})
    key, attempt = found
    if _same(records.load_events(connection, key), paper_events(plan, sheet)):
        return _known(connection, pupil, key, attempt, sheet)
    if attempt_id != sheet.replaces:
        raise Conflict("paper.other_entry", {"name": pupil.name, "number": pupil.number})
    records.set_status(connection, key, AttemptStatus.DISCARDED)
    audit.record(connection, phonics.now(), actor.account_id, "paper.corrected", attempt_id)
    return None


def sheet_of(phonics: Phonics, actor: Actor, attempt_id: str) -> KeyedSheet:
    """A stored sheet as it was keyed in, to be put right. GIVE_TESTS.

    `NotFound` "attempt.unknown" or "paper.no_sheet".
    """
    sitting = get_sitting(phonics, actor, attempt_id)
    return KeyedSheet(sitting.pupil.id, _day_of(sitting.attempt), keyed_of(sitting.plan, sitting.events), attempt_id)


def _day_of(attempt: Attempt) -> date:
    if attempt.spec.given_on is None:
        raise NotFound("paper.no_sheet", {"id": attempt.id})
    return attempt.spec.given_on


def withdraw_sheet(phonics: Phonics, actor: Actor, attempt_id: str) -> PaperRow:
    """Takes a sheet back that should not have been stored; where it was a correction, the entry before it counts again.

    Nothing is lost: on its result page the test can be taken in again. GIVE_TESTS; `NotFound` "attempt.unknown" or
    "paper.no_sheet".
    """
    sitting = get_sitting(phonics, actor, attempt_id)
    day, before = _day_of(sitting.attempt), sitting.attempt.spec.replaces
    discard_attempt(phonics, actor, attempt_id)
    if before:
        discard_attempt(phonics, actor, before, discarded=False)
    with phonics.store.read() as connection:
        return _row(connection, sitting.pupil, sitting.plan, day)


def store_sheet(
    phonics: Phonics,
    connection: Connection,
    account_id: str,
    pupil: Pupil,
    plan: Plan,
    sheet: KeyedSheet,
    source: Source,
) -> Sitting:
    """Within a transaction: a sheet without problems of a pupil whom the account may test.

    It counts for the class in which he was on the day of the test.
    """
    attempt_id, found = _attempt_of(connection, pupil.id, plan, sheet.given_on)
    if found is not None:
        return _known(connection, pupil, *found, sheet)
    then = pupil_on(connection, pupil, sheet.given_on)
    spec = replace(
        spec_on(phonics, connection, then, plan, sheet.given_on),
        source=source,
        given_on=sheet.given_on,
        replaces=sheet.replaces,
    )
    noon = min(datetime.combine(sheet.given_on, _NOON).astimezone(UTC), phonics.now())
    sitting = begin_attempt(phonics, connection, account_id, attempt_id, then, plan, spec, noon)
    events = paper_events(plan, sheet)
    store_events(phonics, connection, records.keys_of(connection, [attempt_id])[attempt_id], sitting.attempt, events)
    told = {"form": plan.form.id if plan.form else "", "source": source.value}
    audit.record(connection, phonics.now(), account_id, "paper.entered", attempt_id, **told)
    return replace(sitting, pupil=pupil, events=events)


def _known(connection: Connection, pupil: Pupil, key: int, attempt: Attempt, sheet: KeyedSheet) -> Sitting:
    plan = stored_plan(connection, attempt.plan_hash)
    stored = records.load_events(connection, key)
    if not _same(stored, paper_events(plan, sheet)):
        raise Conflict("paper.entered_otherwise", {"name": pupil.name, "number": pupil.number})
    return Sitting(attempt, pupil, plan, stored)


def _same(stored: Sequence[Event], keyed: Sequence[Event]) -> bool:
    return tuple(stored) == tuple(keyed)


def is_entered(connection: Connection, pupil: Pupil, plan: Plan, sheet: KeyedSheet) -> bool | None:
    """Whether the very sheet is there already; None where another one of the pupil, form and day is."""
    _, found = _attempt_of(connection, pupil.id, plan, sheet.given_on)
    if found is None:
        return False
    stored = records.load_events(connection, found[0])
    return True if _same(stored, paper_events(stored_plan(connection, found[1].plan_hash), sheet)) else None
