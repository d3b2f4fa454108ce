"""A teacher lets a class take a test by itself: opens the sitting, lets pupils in, sees where each one is, ends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.class_sitting import ClassSitting, Seat, SeatAction, SeatStatus, after
from phonics_app.domain.errors import Conflict, NotFound
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.grade import Grade
from phonics_app.domain.result import Result
from phonics_app.domain.school import Classroom, Pupil, class_numbers
from phonics_app.domain.strand import CHOICE_TASKS
from phonics_app.engine.item_plan import LISTENING, assemble_item_plan, item_plan_hash
from phonics_app.records import attempts, audit, class_records, recordings, results
from phonics_app.records import class_sittings as records
from phonics_app.records.pupils import list_pupils
from phonics_app.speech import espeak
from phonics_app.speech.sounds import sound_of
from phonics_app.workflows import presence
from phonics_app.workflows.assess import store_events
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require, rooms_in_view
from phonics_app.workflows.rounds import current_round
from phonics_app.workflows.sittings import stored_item_plan
from phonics_app.workflows.speech import make_sounds

CODE_LIFE = timedelta(hours=3)
RECENT = timedelta(days=120)
"""Sittings that a teacher may want to open again."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Of the items that a class could be asked by ear, how many have audio: the others are not offered."""

    items: int
    heard: int
    synthetic: int
    """Of those heard: by synthetic speech, not by a person."""
    levels: tuple[tuple[int, int, int], ...]
    """Level, items, of these heard."""

    @property
    def enough(self) -> bool:
        return self.heard >= LISTENING.limits.minimum_items + LISTENING.practice


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A seat as the teacher sees it."""

    seat: Seat
    pupil: Pupil
    connected: bool
    flags: tuple[str, ...]
    """Of a finished test: what makes one doubt that the pupil tried."""
    level: int | None
    """Of a finished test: the level proposed."""


@dataclass(frozen=True, slots=True)
class Board:
    sitting: ClassSitting
    rows: tuple[BoardRow, ...]
    code_holds: bool
    maximum_items: int


def sound_of_items(phonics: Phonics, actor: Actor) -> Sound:
    """How much of the listening test can be heard at this site. HEAR_AUDIO."""
    require(actor, Action.HEAR_AUDIO)
    with phonics.store.read() as connection:
        audio = _audio(phonics, connection)
    items = [item for item in phonics.content.bank.active() if item.task in CHOICE_TASKS]
    levels = [
        (level.number, len(here), sum(item.id in audio for item in here))
        for level in phonics.content.bank.levels
        for here in [[item for item in items if item.level == level.number]]
    ]
    return Sound(len(items), len(audio), sum(synthetic for _, synthetic in audio.values()), tuple(levels))


def _audio(phonics: Phonics, connection: Connection) -> dict[str, tuple[str, bool]]:
    """Item → key of its sound, and whether it is synthetic; of the choice items that can be heard."""
    stored = recordings.all_in_force(connection)
    found: dict[str, tuple[str, bool]] = {}
    for item in phonics.content.bank.active():
        sound = sound_of(item) if item.task in CHOICE_TASKS else None
        if sound is None:
            continue
        recording = stored.get(sound.key)
        if recording is not None:
            found[item.id] = (sound.key, recording.source.synthetic)
        elif espeak.can_say(sound):
            found[item.id] = (sound.key, True)
    return found


def open_class_sitting(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    grade: Grade | None = None,
    room: str = "",
    level: int | None = None,
    admits: bool = False,
) -> ClassSitting:
    """Opens a sitting for a class, or (`level`) for the school's pupils who are taught at that level. GIVE_TESTS.

    `Conflict` "sitting.no_pupils", or "self_run.no_audio" where too few items can be heard.
    """
    rooms = rooms_in_view(actor, Action.GIVE_TESTS, school_id)
    year, now = current_round(phonics).year, phonics.now()
    if level is None and grade is not None:
        require(actor, Action.GIVE_TESTS, school_id, classroom=Classroom(year, grade, room))
    with phonics.store.read() as connection:
        pupils = _pupils(connection, school_id, year, grade, room, level, rooms)
        audio = {item: key for item, (key, _) in _audio(phonics, connection).items()}
    if not pupils:
        raise Conflict("sitting.no_pupils")
    sitting_id = phonics.new_id()
    content = phonics.content
    plan = assemble_item_plan(content.bank, content.rubrics, audio, int(sitting_id[-2:], 16) % LISTENING.variants)
    with phonics.store.write() as connection:
        sitting = ClassSitting(
            id=sitting_id,
            school_id=school_id,
            year=year,
            grade=grade if level is None else None,
            room=room if level is None else "",
            level=level,
            plan_hash=item_plan_hash(plan),
            opened_by=actor.account_id,
            opened_at=now,
            code=records.free_code(connection),
            code_expires_at=now + CODE_LIFE,
            admits=admits,
        )
        attempts.save_plan(connection, sitting.plan_hash, plan)
        records.insert_sitting(connection, sitting, [pupil.id for pupil in pupils], class_numbers(pupils))
        audit.record(connection, now, actor.account_id, "sitting.opened", sitting_id, pupils=len(pupils))
    return sitting


def _pupils(
    connection: Connection,
    school_id: str,
    year: int,
    grade: Grade | None,
    room: str,
    level: int | None,
    rooms: tuple[Classroom, ...] | None,
) -> Sequence[Pupil]:
    """In the order of the class list."""
    if level is None:
        return list_pupils(connection, school_id, year, grade, room) if grade else ()
    taught = class_records.class_records(connection, school_id, year, classrooms=rooms)
    levels = {record.pupil.id for record in taught if record.level == level}
    return [pupil for pupil in list_pupils(connection, school_id, year) if pupil.id in levels]


def level_groups(phonics: Phonics, actor: Actor, school_id: str) -> tuple[tuple[int, int], ...]:
    """Levels at which pupils whom the actor may test are taught this year, and how many. GIVE_TESTS."""
    rooms = rooms_in_view(actor, Action.GIVE_TESTS, school_id)
    with phonics.store.read() as connection:
        year = current_round(phonics).year
        taught = class_records.class_records(connection, school_id, year, classrooms=rooms)
    return tuple(sorted(Counter(record.level for record in taught if record.level is not None).items()))


def prepare_sounds(phonics: Phonics, actor: Actor, sitting_id: str) -> int:
    """Makes what is spoken by the computer in this sitting, so that no pupil waits for it; how many. GIVE_TESTS."""
    with phonics.store.read() as connection:
        ready = stored_item_plan(connection, _sitting(connection, actor, sitting_id).plan_hash)
    return 0 if ready is None else make_sounds(phonics, frozenset(ready.plan.audio.values()))


def list_class_sittings(phonics: Phonics, actor: Actor, school_id: str) -> tuple[ClassSitting, ...]:
    """Those of the last months that the actor may open again, newest first. GIVE_TESTS."""
    rooms = rooms_in_view(actor, Action.GIVE_TESTS, school_id)
    with phonics.store.read() as connection:
        return records.sittings_of(connection, school_id, phonics.now() - RECENT, rooms)


def sitting_board(phonics: Phonics, actor: Actor, sitting_id: str) -> Board:
    """Who is where. GIVE_TESTS at the sitting's school; `NotFound` "sitting.unknown"."""
    now = phonics.now()
    with phonics.store.read() as connection:
        sitting = _sitting(connection, actor, sitting_id)
        pupils = records.pupils_of(connection, sitting)
        seats = records.seats_of(connection, sitting_id)
        finished = [seat.attempt_id for seat in seats if seat.status is SeatStatus.FINISHED]
        found = results.results_of(connection, finished)
    audit.saw(phonics.store, now, actor.account_id, "seen.sitting", sitting.school_id, sitting=sitting_id)
    rows = tuple(_row(phonics, seat, pupils, found) for seat in seats if seat.pupil_id in pupils)
    return Board(sitting, rows, sitting.takes_code(now), LISTENING.limits.maximum_items)


def _row(phonics: Phonics, seat: Seat, pupils: dict[str, Pupil], found: dict[str, Result]) -> BoardRow:
    connected = bool(seat.device) and presence.is_there(phonics.store, seat, phonics.now())
    result = found.get(seat.attempt_id)
    flags = result.flags if result else ()
    return BoardRow(seat, pupils[seat.pupil_id], connected, flags, result.proposed_level if result else None)


def _sitting(connection: Connection, actor: Actor, sitting_id: str) -> ClassSitting:
    sitting = records.find_sitting(connection, sitting_id)
    if sitting is None:
        raise NotFound("sitting.unknown", {"id": sitting_id})
    for classroom in _classrooms(connection, sitting):
        require(actor, Action.GIVE_TESTS, sitting.school_id, classroom=classroom)
    return sitting


def _classrooms(connection: Connection, sitting: ClassSitting) -> Iterable[Classroom | None]:
    """The room that sits, or of a level the rooms of those who do; one that nobody sits in belongs to the school."""
    if sitting.grade is not None:
        return [Classroom(sitting.year, sitting.grade, sitting.room)]
    return {pupil.classroom for pupil in records.pupils_of(connection, sitting).values()} or [None]


def act_on_seats(
    phonics: Phonics, actor: Actor, sitting_id: str, action: SeatAction, numbers: Iterable[int] | None = None
) -> int:
    """Does `action` with the seats of these numbers, or with all; returns to how many it applied.

    GIVE_TESTS. Where it does not fit it does nothing: a pupil may have moved on since the teacher looked.
    """
    wanted = None if numbers is None else set(numbers)
    with phonics.store.write() as connection:
        sitting = _sitting(connection, actor, sitting_id)
        seats = [s for s in records.seats_of(connection, sitting_id) if wanted is None or s.number in wanted]
        changed = [moved for seat in seats if (moved := _moved(phonics, connection, seat, action)) is not None]
        records.update_seats(connection, changed)
        if changed:
            told = {"what": action.value, "seats": len(changed)}
            audit.record(connection, phonics.now(), actor.account_id, "sitting.acted", sitting.id, **told)
    return len(changed)


def _moved(phonics: Phonics, connection: Connection, seat: Seat, action: SeatAction) -> Seat | None:
    status = after(seat.status, action, bool(seat.device))
    if status is None:
        return None
    if action is SeatAction.HELPED:
        return replace(seat, needs_help=False) if seat.needs_help else None
    if action is SeatAction.TAKE_BACK:
        return _taken_back(connection, seat)
    if action is SeatAction.CLOSE:
        return _closed(phonics, connection, seat)
    return replace(seat, status=status, needs_help=False if action is SeatAction.END else seat.needs_help)


def _taken_back(connection: Connection, seat: Seat) -> Seat:
    records.forget_device(connection, seat.device)
    return replace(seat, status=SeatStatus.EXPECTED, device="", needs_help=False)


def _closed(phonics: Phonics, connection: Connection, seat: Seat) -> Seat | None:
    """The test is over with what the server has; a device that still holds more can hand it over, but it is flagged."""
    found = attempts.find_attempt(connection, seat.attempt_id) if seat.attempt_id else None
    if found is None or not seat.items:
        return None
    key, attempt = found
    events = attempts.load_events(connection, key)
    last = events[-1].mono_ms if events else 0.0
    stop = Event(len(events) + 1, EventKind.ATTEMPT_STOPPED, phonics.now().isoformat(), last, _NOWHERE)
    store_events(phonics, connection, key, attempt, [stop])
    return replace(_taken_back(connection, seat), status=SeatStatus.FINISHED)


_NOWHERE = {"block": None, "last_item": None}


def change_sitting(
    phonics: Phonics, actor: Actor, sitting_id: str, *, ended: bool | None = None, admits: bool | None = None
) -> ClassSitting:
    """Ends the sitting (its code leads nowhere any more, whoever has not finished is sent home), opens it again with a
    new code, or says whether pupils are let in one by one. GIVE_TESTS."""
    with phonics.store.write() as connection:
        sitting = _sitting(connection, actor, sitting_id)
        now = phonics.now()
        if admits is not None:
            sitting = replace(sitting, admits=admits)
            _act_on_all(phonics, connection, sitting_id, SeatAction.ADMIT if admits else None)
        if ended:
            sitting = replace(sitting, code="", ended_at=now)
            _act_on_all(phonics, connection, sitting_id, SeatAction.END)
        elif ended is False:
            code = records.free_code(connection)
            sitting = replace(sitting, code=code, code_expires_at=now + CODE_LIFE, ended_at=None)
            _act_on_all(phonics, connection, sitting_id, SeatAction.RE_OPEN)
        records.update_sitting(connection, sitting)
        told = {"ended": ended, "admits": admits}
        audit.record(connection, now, actor.account_id, "sitting.changed", sitting_id, **told)
    return sitting


def _act_on_all(phonics: Phonics, connection: Connection, sitting_id: str, action: SeatAction | None) -> None:
    if action is not None:
        seats = records.seats_of(connection, sitting_id)
        changed = [moved for seat in seats if (moved := _moved(phonics, connection, seat, action)) is not None]
        records.update_seats(connection, changed)
