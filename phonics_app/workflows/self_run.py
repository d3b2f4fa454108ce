"""What a pupil's own device may do: enter with the code, choose a number, check the name, take the test.

Pupils have no accounts. A device that knows the code sees numbers; of the one that it chose it is told the name, so
that the pupil can check it. From then on its token is good for that pupil of that sitting alone, until the teacher
takes it back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from phonics_app.domain.attempt import Attempt, AttemptSpec, AttemptStatus
from phonics_app.domain.bank import Blueprint
from phonics_app.domain.class_sitting import ClassSitting, Seat, SeatStatus
from phonics_app.domain.errors import Conflict, NotAllowed, NotFound, ProblemsFound
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.sound import Audio
from phonics_app.engine.event_form import event_problems
from phonics_app.engine.item_administration import seed_of
from phonics_app.engine.item_plan import ReadyPlan, plan_for_device
from phonics_app.records import attempts, guesses, pupils, recordings, results
from phonics_app.records import class_sittings as records
from phonics_app.records.class_sittings import Device
from phonics_app.records.writing import plain_digits
from phonics_app.workflows import presence
from phonics_app.workflows.assess import store_events
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.rounds import current_round
from phonics_app.workflows.sittings import SEEN_TESTS, spec_after, stored_item_plan
from phonics_app.workflows.speech import sound_audio

MOST_NAMES = 6
"""Numbers that one device may try: a slip of the finger is easily made, but nobody reads the class list this way."""
MOST_OF_ADDRESS = 20
"""Names told to one address in a quarter of an hour that nobody has said to be his: whoever enters with the code
again and again is another device each time. A whole class may share one address, so confirmed ones do not count."""
GOES_ON = timedelta(days=30)
"""An unfinished test is gone on with so long; after that the pupil has grown."""
_TESTING = (SeatStatus.ADMITTED, SeatStatus.GOING, SeatStatus.PAUSED)


@dataclass(frozen=True, slots=True)
class Joined:
    """A device that has entered. `token` goes into its HttpOnly cookie; only its hash is stored."""

    token: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where a device is. `name` only while it is to be checked; `numbers` only while there is one to choose."""

    status: str
    """A `SeatStatus` value, or "choosing"."""
    number: int | None = None
    name: str = ""
    numbers: tuple[tuple[int, bool], ...] = ()
    """Each number, and whether it can be chosen."""
    attempt_id: str = ""


@dataclass(frozen=True, slots=True)
class SelfTest:
    """All that a device needs to start or resume a test; no name is in it."""

    attempt: Attempt
    ready: ReadyPlan
    events: tuple[Event, ...]
    audio: dict[str, str]
    """Key of each sound → the number of its content, "" where it is made when it is asked for."""

    @property
    def for_device(self) -> dict[str, object]:
        """What the device keeps of it."""
        prior = self.attempt.spec.prior
        return {
            "attempt": {"id": self.attempt.id},
            "spec": {
                "prior": {"mean": prior.mean, "standard_deviation": prior.standard_deviation},
                "seed": seed_of(self.attempt.id),
                "seen_items": list(self.attempt.spec.seen_items),
            },
            "plan": plan_for_device(self.ready),
            "audio": self.audio,
        }


def join(phonics: Phonics, code: str, address: str) -> Joined:
    """Enters the sitting that `code` opens. `NotFound` "self_run.code_wrong", `NotAllowed` "self_run.throttled".

    Wrong codes are counted by address, apart from failed sign-ins: pupils who mistype lock no teacher out.
    """
    typed, now = re.sub(r"\D", "", plain_digits(code)), phonics.now()
    at = f"join {address}"
    with phonics.store.write() as connection:
        guesses.forget_old(connection, now)
        wait = guesses.seconds_of_address(connection, at, now)
        if wait:
            raise NotAllowed("self_run.throttled", {"minutes": -(-wait // 60)})
        sitting = records.sitting_of_code(connection, typed, now) if typed else None
        if sitting is not None:
            return Joined(*records.add_device(connection, sitting.id, now))
        guesses.note_guess(connection, "", at, now)
    raise NotFound("self_run.code_wrong")


def place_of(phonics: Phonics, token: str | None) -> Place | None:
    """Where the device is; None for a token that is good for nothing (any more)."""
    with phonics.store.read() as connection:
        found = _seated(phonics, connection, token)
        place = None if found is None else _place(phonics, connection, *found)
    presence.share(phonics.store, phonics.now())
    return place


def _place(phonics: Phonics, connection: Connection, device: Device, seat: Seat | None) -> Place:
    if seat is None:
        seats = records.seats_of(connection, device.sitting_id)
        return Place("choosing", numbers=tuple((s.number, _is_free(s)) for s in seats))
    presence.note(phonics.store, seat, phonics.now())
    name = records.name_of(connection, seat) if seat.status is SeatStatus.CHECKING else ""
    return Place(seat.status.value, seat.number, name, attempt_id=seat.attempt_id)


def _is_free(seat: Seat) -> bool:
    return not seat.device and seat.status is SeatStatus.EXPECTED


def choose_number(phonics: Phonics, token: str | None, number: int, address: str = "") -> Place | None:
    """Sits down at a number, whose name is then told; `address` is the device's. None as in `place_of`.

    `Conflict` "self_run.number_taken" where another device sits there, "self_run.sitting_over";
    `NotFound` "self_run.number_unknown"; `NotAllowed` "self_run.too_many_numbers".
    """
    with phonics.store.write() as connection:
        found = _seated(phonics, connection, token)
        if found is None:
            return None
        device, seat = found
        return _place(phonics, connection, device, seat or _sit_down(phonics, connection, device, number, address))


def _sit_down(phonics: Phonics, connection: Connection, device: Device, number: int, address: str) -> Seat:
    sitting = _sitting(connection, device)
    if sitting.ended_at is not None:
        raise Conflict("self_run.sitting_over")
    looked, now = f"names {device.sitting_id} {address}", phonics.now()
    too_many = guesses.seconds_of_address(connection, looked, now, MOST_OF_ADDRESS) > 0
    if device.names_seen >= MOST_NAMES or too_many:
        raise NotAllowed("self_run.too_many_numbers")
    seat = records.find_seat(connection, device.sitting_id, number)
    if seat is None:
        raise NotFound("self_run.number_unknown", {"number": number})
    if not records.claim_seat(connection, seat, device):
        raise Conflict("self_run.number_taken", {"number": number})
    records.count_name(connection, device)
    guesses.forget_old(connection, now)
    guesses.note_guess(connection, device.hash, looked, now)
    return replace(seat, status=SeatStatus.CHECKING, device=device.hash)


def _sitting(connection: Connection, device: Device) -> ClassSitting:
    sitting = records.find_sitting(connection, device.sitting_id)
    assert sitting is not None
    return sitting


def confirm_name(phonics: Phonics, token: str | None, is_mine: bool) -> Place | None:
    """The pupil says whether the name is his. If it isn't, the number is free again. None as in `place_of`."""
    with phonics.store.write() as connection:
        found = _seated(phonics, connection, token)
        if found is None:
            return None
        device, seat = found
        if seat is not None and seat.status is SeatStatus.CHECKING:
            admitted = SeatStatus.ADMITTED if _sitting(connection, device).admits else SeatStatus.WAITING
            moved = replace(seat, status=admitted) if is_mine else replace(seat, status=SeatStatus.EXPECTED, device="")
            records.update_seats(connection, [moved])
            if is_mine:
                guesses.forgive(connection, device.hash)
            seat = moved if is_mine else None
        return _place(phonics, connection, device, seat)


def _seated(phonics: Phonics, connection: Connection, token: str | None) -> tuple[Device, Seat | None] | None:
    return records.find_seated(connection, token, phonics.now()) if token else None


def ask_help(phonics: Phonics, token: str | None, wanted: bool) -> Place | None:
    """A hand up, or down again; only the teacher's screen shows it. None as in `place_of`."""
    with phonics.store.write() as connection:
        found = _seated(phonics, connection, token)
        if found is None:
            return None
        device, seat = found
        if seat is not None and seat.needs_help is not wanted:
            records.update_seats(connection, [replace(seat, needs_help=wanted)])
        return _place(phonics, connection, device, seat)


def self_test(phonics: Phonics, token: str | None) -> SelfTest | None:
    """The pupil's test, begun if there is none to go on with. None as in `place_of`.

    `Conflict` "self_run.not_admitted" before the teacher has let him in.
    """
    with phonics.store.write() as connection:
        found = _seated(phonics, connection, token)
        if found is None:
            return None
        device, seat = found
        if seat is None or seat.status not in (*_TESTING, SeatStatus.FINISHED, SeatStatus.ENDED):
            raise Conflict("self_run.not_admitted")
        sitting = _sitting(connection, device)
        attempt = _attempt(phonics, connection, sitting, seat)
        known = attempts.find_attempt(connection, attempt.id)
        assert known is not None
        ready = stored_item_plan(connection, attempt.plan_hash)
        assert ready is not None
        events = attempts.load_events(connection, known[0])
        digests = {key: r.digest for key, r in recordings.all_in_force(connection).items()}
    audio = {key: digests.get(key, "") for key in dict.fromkeys(ready.plan.audio.values())}
    return SelfTest(attempt, ready, events, audio)


def _attempt(phonics: Phonics, connection: Connection, sitting: ClassSitting, seat: Seat) -> Attempt:
    """The seat's attempt; else the one that the pupil has not finished; else a new one."""
    found = attempts.find_attempt(connection, seat.attempt_id) if seat.attempt_id else None
    if found is not None:
        return found[1]
    attempt = attempts.self_run_to_resume(connection, seat.pupil_id, phonics.now() - GOES_ON)
    if attempt is None:
        attempt = _new_attempt(phonics, connection, sitting, seat)
        attempts.insert_attempts(connection, [attempt])
    known = attempts.find_attempt(connection, attempt.id)
    done = _answers(connection, attempt, attempts.load_events(connection, known[0]) if known else ())
    records.update_seats(connection, [replace(seat, attempt_id=attempt.id, items=done)])
    return attempt


def _new_attempt(phonics: Phonics, connection: Connection, sitting: ClassSitting, seat: Seat) -> Attempt:
    return Attempt(
        id=phonics.new_id(),
        pupil_id=seat.pupil_id,
        school_id=sitting.school_id,
        plan_hash=sitting.plan_hash,
        spec=_spec(phonics, connection, sitting, seat),
        status=AttemptStatus.OPEN,
        created_at=phonics.now(),
        created_by=sitting.opened_by,
        simulated=attempts.is_simulated(connection, seat.pupil_id),
    )


def _spec(phonics: Phonics, connection: Connection, sitting: ClassSitting, seat: Seat) -> AttemptSpec:
    pupil = pupils.find_pupil(connection, seat.pupil_id, current_round(phonics).year)
    ready = stored_item_plan(connection, sitting.plan_hash)
    assert pupil is not None
    assert ready is not None
    last = [(s.round, s.result) for s in results.last_results(connection, pupil.id, SEEN_TESTS)]
    blueprint = _told_apart(phonics.content.bank.placement, ready)
    return spec_after(ready.plan.base, blueprint, pupil.grade, last, current_round(phonics))


def _told_apart(blueprint: Blueprint, ready: ReadyPlan) -> Blueprint:
    """The levels expected of grades, as far as the test tells levels apart."""
    expected = {grade: ready.plan.band_of(level)[0] for grade, level in blueprint.expected_level.items()}
    return replace(blueprint, expected_level=expected)


def append_self_events(
    phonics: Phonics, token: str | None, attempt_id: str, events: Sequence[Event]
) -> tuple[int, Place] | None:
    """Appends events of the pupil's test as `assess.append_events` does; where the device is now comes with it.

    None as in `place_of`. Taken in any status once the test has begun: what a pupil did before he was sent home is
    his, and comes in when there is a network again. `Conflict` "self_run.other_test" where somebody else sits there.
    """
    problems = event_problems(events)
    if problems:
        raise ProblemsFound(problems)
    with phonics.store.write() as connection:
        found = _seated(phonics, connection, token)
        if found is None:
            return None
        device, seat = found
        known = attempts.find_attempt(connection, seat.attempt_id) if seat is not None and seat.attempt_id else None
        if seat is None or known is None:
            raise Conflict("self_run.not_admitted")
        if attempt_id != seat.attempt_id:
            raise Conflict("self_run.other_test")
        acknowledged, moved = _take(phonics, connection, seat, *known, events)
        place = _place(phonics, connection, device, moved)
    presence.share(phonics.store, phonics.now())
    return acknowledged, place


def _take(
    phonics: Phonics, connection: Connection, seat: Seat, key: int, attempt: Attempt, events: Sequence[Event]
) -> tuple[int, Seat]:
    """The number up to which the server has everything, and the seat as it is now."""
    before = attempts.last_seq(connection, key)
    acknowledged = store_events(phonics, connection, key, attempt, events, before)
    fresh = [event for event in events if before < event.seq <= acknowledged]
    status = seat.status
    if status is SeatStatus.ADMITTED:
        status = SeatStatus.GOING
    if any(e.kind is EventKind.ATTEMPT_FINISHED for e in fresh):
        over = attempts.find_attempt(connection, attempt.id)
        if over is not None and over[1].status is AttemptStatus.FINISHED:
            status = SeatStatus.FINISHED
    # Whoever has finished needs no help with the test any more.
    wanting = seat.needs_help and status is not SeatStatus.FINISHED
    given = seat.items + _answers(connection, attempt, fresh)
    moved = replace(seat, status=status, items=given, needs_help=wanting)
    if moved != seat:
        records.update_seats(connection, [moved])
    return acknowledged, moved


def _answers(connection: Connection, attempt: Attempt, events: Sequence[Event]) -> int:
    """How many of these answer an item of the test itself."""
    ready = stored_item_plan(connection, attempt.plan_hash)
    practice = ready.practice if ready else frozenset()
    return sum(e.kind is EventKind.ITEM_ANSWERED and e.data.get("item") not in practice for e in events)


def self_audio(phonics: Phonics, token: str | None, key: str) -> Audio | None:
    """A sound of the sitting's own plan. None as in `place_of`; `NotFound` "audio.unknown" for any other sound."""
    with phonics.store.read() as connection:
        seated = _seated(phonics, connection, token)
        if seated is None:
            return None
        device, seat = seated
        found = attempts.find_attempt(connection, seat.attempt_id) if seat and seat.attempt_id else None
        plan_hash = found[1].plan_hash if found else _sitting(connection, device).plan_hash
        ready = stored_item_plan(connection, plan_hash)
    if ready is None or key not in ready.plan.audio.values():
        raise NotFound("audio.unknown", {"key": key})
    return sound_audio(phonics, key)
