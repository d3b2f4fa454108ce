"""Giving a test: start an attempt, take its events, compute its result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.attempt import Attempt, AttemptSpec, AttemptStatus
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Conflict, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.plan import Plan
from phonics_app.domain.result import Placement, Result
from phonics_app.domain.school import Pupil
from phonics_app.engine.administration import replay
from phonics_app.engine.assembly import plan_hash
from phonics_app.engine.event_form import event_problems
from phonics_app.engine.fixed_plan import calibrated
from phonics_app.engine.item_administration import replay as replay_items
from phonics_app.engine.state import AttemptState
from phonics_app.levelling.item_placement import make_item_result
from phonics_app.levelling.placement import make_result
from phonics_app.records import attempts as records
from phonics_app.records import audit, pupils, results, screen_pairs
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import current_round
from phonics_app.workflows.sittings import current_plan, spec_for, stored_item_plan, stored_plan, variant_of

REASON_LENGTH = 2000
_ID = re.compile("[0-9a-f]{32}")
_LAST_EVENTS = (EventKind.ATTEMPT_STOPPED, EventKind.ATTEMPT_FINISHED)


@dataclass(frozen=True, slots=True)
class Sitting:
    """All that a device needs to start or resume a test."""

    attempt: Attempt
    pupil: Pupil
    plan: Plan
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class TestProposal:
    """What the start screen shows before an attempt is made."""

    pupil: Pupil
    start_level: int
    """From the last result, else from the grade."""
    last_result: Result | None
    open_attempt_id: str | None
    """An unfinished attempt that can be resumed."""


def propose_test(phonics: Phonics, actor: Actor, pupil_id: str) -> TestProposal:
    """What a test of this pupil would start from. GIVE_TESTS at his school.

    `NotFound` "pupil.unknown"; `Conflict` "pupil.archived".
    """
    with phonics.store.read() as connection:
        pupil = _pupil(phonics, connection, actor, Action.GIVE_TESTS, pupil_id)
        _require_listed(pupil)
        last = results.last_results(connection, pupil.id, 1)
        opened = records.attempt_to_resume(connection, pupil.id)
        spec = spec_for(phonics, connection, pupil, current_plan(phonics, 0), None)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.pupil", pupil_id)
    return TestProposal(pupil, spec.start_level, last[0].result if last else None, opened)


def start_attempt(
    phonics: Phonics, actor: Actor, attempt_id: str, pupil_id: str, start_level: int | None = None
) -> Sitting:
    """Creates the attempt `attempt_id` (32 hex digits, made by the client); repeating the call returns the same one.

    `start_level` given by the teacher replaces the proposed one. `Conflict` if the id belongs to another pupil, or
    if the pupil is archived ("pupil.archived").
    """
    check_start(phonics, attempt_id, start_level)
    # The first time it is made, for a second or so: meanwhile others must be able to write.
    plan = current_plan(phonics, variant_of(pupil_id, phonics.content.bank.placement.variants))
    plan_hash(plan)
    with phonics.store.write() as connection:
        pupil = _pupil(phonics, connection, actor, Action.GIVE_TESTS, pupil_id)
        spec = spec_for(phonics, connection, pupil, plan, start_level)
        return begin_attempt(phonics, connection, actor.account_id, attempt_id, pupil, plan, spec)


def begin_attempt(
    phonics: Phonics,
    connection: Connection,
    account_id: str,
    attempt_id: str,
    pupil: Pupil,
    plan: Plan,
    spec: AttemptSpec,
    created_at: datetime | None = None,
) -> Sitting:
    """Within a transaction: the attempt on `plan`, or the one that an earlier call has made."""
    found = records.find_attempt(connection, attempt_id)
    if found is not None:
        if found[1].pupil_id != pupil.id:
            raise Conflict("attempt.id_taken", {"id": attempt_id})
        return _sitting(connection, pupil, *found)
    _require_listed(pupil)
    attempt = Attempt(
        id=attempt_id,
        pupil_id=pupil.id,
        school_id=pupil.school_id,
        plan_hash=plan_hash(plan),
        spec=spec,
        status=AttemptStatus.OPEN,
        created_at=created_at or phonics.now(),
        created_by=account_id,
        simulated=records.is_simulated(connection, pupil.id),
    )
    records.save_plan(connection, attempt.plan_hash, plan)
    records.insert_attempts(connection, [attempt])
    return Sitting(attempt, pupil, plan, ())


def _require_listed(pupil: Pupil) -> None:
    """Whoever has left gets no new test: it would stand in no class list."""
    if pupil.archived:
        raise Conflict("pupil.archived", {"name": pupil.name})


def check_start(phonics: Phonics, attempt_id: str, start_level: int | None) -> None:
    """Refuses an id or a level that can't be."""
    problems = []
    if not _ID.fullmatch(attempt_id):
        problems.append(Problem("json.unexpected", Place(column="id"), attempt_id[:100], "32 hex digits"))
    levels = [level.number for level in phonics.content.bank.levels]
    if start_level is not None and start_level not in levels:
        expected = ", ".join(map(str, levels))
        problems.append(Problem("attempt.level_unknown", Place(column="start_level"), str(start_level), expected))
    if problems:
        raise ProblemsFound(problems)


def _pupil(phonics: Phonics, connection: Connection, actor: Actor, action: Action, pupil_id: str) -> Pupil:
    """The pupil, if the actor may do `action` in his room."""
    pupil = pupils.find_pupil(connection, pupil_id, current_round(phonics).year)
    if pupil is None:
        raise NotFound("pupil.unknown", {"id": pupil_id})
    require(actor, action, pupil.school_id, classroom=pupil.classroom)
    return pupil


def _attempt(
    phonics: Phonics, connection: Connection, actor: Actor, action: Action, attempt_id: str
) -> tuple[int, Attempt, Pupil]:
    """Key, attempt and pupil, if the actor may do `action` at the pupil's school."""
    found = records.find_attempt(connection, attempt_id)
    if found is None:
        raise NotFound("attempt.unknown", {"id": attempt_id})
    return *found, _pupil(phonics, connection, actor, action, found[1].pupil_id)


def _sitting(connection: Connection, pupil: Pupil, key: int, attempt: Attempt) -> Sitting:
    events = records.load_events(connection, key)
    return Sitting(attempt, pupil, stored_plan(connection, attempt.plan_hash), events)


def get_sitting(phonics: Phonics, actor: Actor, attempt_id: str) -> Sitting:
    """The attempt with all its stored events. GIVE_TESTS at the pupil's school; `NotFound` "attempt.unknown".

    `Conflict` "attempt.self_run" for a test that the pupil takes by himself: no teacher marks it.
    """
    with phonics.store.read() as connection:
        key, attempt, pupil = _attempt(phonics, connection, actor, Action.GIVE_TESTS, attempt_id)
        if stored_item_plan(connection, attempt.plan_hash) is not None:
            raise Conflict("attempt.self_run", {"id": attempt_id})
        sitting = _sitting(connection, pupil, key, attempt)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.test", attempt.pupil_id, attempt=attempt.id)
    return sitting


def view_sitting(phonics: Phonics, actor: Actor, attempt_id: str) -> Sitting:
    """The same, to be looked at: SEE_PUPILS is enough (directors see results, but give no tests)."""
    with phonics.store.read() as connection:
        key, attempt, pupil = _attempt(phonics, connection, actor, Action.SEE_PUPILS, attempt_id)
        sitting = _sitting(connection, pupil, key, attempt)
    _saw_result(phonics, actor, attempt)
    return sitting


def _saw_result(phonics: Phonics, actor: Actor, attempt: Attempt) -> None:
    told = {"attempt": attempt.id}
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.result", attempt.pupil_id, **told)


def append_events(phonics: Phonics, actor: Actor, attempt_id: str, events: Sequence[Event]) -> int:
    """Appends events in order, exactly once; returns the highest number stored without a gap.

    Repeats of stored events are harmless; the same number with other content is `Conflict` "events.differ";
    a gap is `Conflict` "events.gap" (data: acknowledged). When the test is finished its result is stored.
    """
    problems = event_problems(events)
    if problems:
        raise ProblemsFound(problems)
    with phonics.store.write() as connection:
        key, attempt, _ = _attempt(phonics, connection, actor, Action.GIVE_TESTS, attempt_id)
        return store_events(phonics, connection, key, attempt, events)


def store_events(
    phonics: Phonics,
    connection: Connection,
    key: int,
    attempt: Attempt,
    events: Sequence[Event],
    known: int | None = None,
) -> int:
    """The same within a transaction, for events whose form is right. `known`: the last number, if it has been read."""
    known = records.last_seq(connection, key) if known is None else known
    fresh = _fresh(connection, key, known, events)
    records.insert_events(connection, [(key, fresh)], phonics.now())
    over = attempt.status is not AttemptStatus.OPEN
    if fresh and (over or any(event.kind in _LAST_EVENTS for event in fresh)):
        _save_result(phonics, connection, key, attempt)
    return known + len(fresh)


def _fresh(connection: Connection, key: int, known: int, events: Sequence[Event]) -> list[Event]:
    """The events not stored yet, in order without a gap; the others must be what is stored."""
    by_seq: dict[int, Event] = {}
    for event in events:
        if by_seq.setdefault(event.seq, event) != event:
            raise Conflict("events.differ", {"seq": event.seq, "acknowledged": known})
    if by_seq and min(by_seq) <= known:
        for stored in records.load_events(connection, key, min(by_seq), max(by_seq)):
            if by_seq.get(stored.seq, stored) != stored:
                raise Conflict("events.differ", {"seq": stored.seq, "acknowledged": known})
    fresh = sorted(seq for seq in by_seq if seq > known)
    if fresh and fresh[-1] != known + len(fresh):
        raise Conflict("events.gap", {"acknowledged": known})
    return [by_seq[seq] for seq in fresh]


def _replay(connection: Connection, key: int, attempt: Attempt) -> AttemptState:
    return replay(stored_plan(connection, attempt.plan_hash), attempt.spec, records.load_events(connection, key))


def _result(phonics: Phonics, connection: Connection, key: int, attempt: Attempt) -> Result:
    version = phonics.content.rubrics.version
    by_items = stored_item_plan(connection, attempt.plan_hash)
    if by_items is not None:
        events = records.load_events(connection, key)
        return make_item_result(attempt.id, replay_items(by_items, attempt.spec, attempt.id, events), version)
    return make_result(attempt.id, _replay(connection, key, attempt), version)


def _save_result(phonics: Phonics, connection: Connection, key: int, attempt: Attempt) -> None:
    """Stores the result of a test that is over, and marks the attempt as finished unless it is discarded.

    What was on paper was over on the day on which it was given. A passage says nothing about the level: its result is
    never stored as one, it is computed where it is shown.
    """
    result = _result(phonics, connection, key, attempt)
    if result.stop_reason is None:
        return
    finished_at = phonics.now() if attempt.spec.given_on is None else attempt.created_at
    stored = results.StoredResult(Round.at(attempt.created_at), finished_at, result)
    if _tells_level(connection, attempt):
        results.save_results(connection, [(key, attempt, stored)])
    if attempt.status is AttemptStatus.OPEN:
        records.set_status(connection, key, AttemptStatus.FINISHED)
        screen_pairs.end(connection, key)


def _tells_level(connection: Connection, attempt: Attempt) -> bool:
    return calibrated(stored_plan(connection, attempt.plan_hash))


def compute_result(phonics: Phonics, actor: Actor, attempt_id: str) -> Result:
    """Replays the stored events; nothing is read from a stored result. SEE_PUPILS at the pupil's school."""
    with phonics.store.read() as connection:
        key, attempt, _ = _attempt(phonics, connection, actor, Action.SEE_PUPILS, attempt_id)
        result = _result(phonics, connection, key, attempt)
    _saw_result(phonics, actor, attempt)
    return result


def discard_attempt(phonics: Phonics, actor: Actor, attempt_id: str, discarded: bool = True) -> Attempt:
    """Takes a spoiled test out of all figures (or back in). Events stay.

    `Conflict` "paper.entered_twice" where another entry of the same sheet counts in its place.
    """
    with phonics.store.write() as connection:
        key, attempt, _ = _attempt(phonics, connection, actor, Action.GIVE_TESTS, attempt_id)
        status = AttemptStatus.DISCARDED
        if not discarded:
            _require_alone(connection, attempt)
            over = _result(phonics, connection, key, attempt).stop_reason is not None
            status = AttemptStatus.FINISHED if over else AttemptStatus.OPEN
        if status is not attempt.status:
            records.set_status(connection, key, status)
            action = "attempt.discarded" if discarded else "attempt.restored"
            audit.record(connection, phonics.now(), actor.account_id, action, attempt_id)
    return replace(attempt, status=status)


def _require_alone(connection: Connection, attempt: Attempt) -> None:
    """A sheet of paper counts once: not beside another entry of the same form and day."""
    plan = stored_plan(connection, attempt.plan_hash)
    if attempt.spec.given_on is None or plan.form is None:
        return
    for other in records.attempts_of(connection, attempt.pupil_id):
        if other.id == attempt.id or other.status is AttemptStatus.DISCARDED:
            continue
        form = stored_plan(connection, other.plan_hash).form
        if other.spec.given_on == attempt.spec.given_on and form is not None and form.code == plan.form.code:
            raise Conflict("paper.entered_twice", {"id": other.id})


def decide_placement(phonics: Phonics, actor: Actor, attempt_id: str, level: int, reason: str = "") -> Placement:
    """Accepts the proposed level, or places at another with a reason (`ProblemsFound` without one).

    A later decision on the same attempt is a new record; the last one counts. DECIDE_PLACEMENT at the
    pupil's school; `Conflict` "attempt.not_finished", "attempt.discarded" or "attempt.no_level" (a passage tells none).
    """
    with phonics.store.write() as connection:
        key, attempt, _ = _attempt(phonics, connection, actor, Action.DECIDE_PLACEMENT, attempt_id)
        if attempt.status is not AttemptStatus.FINISHED:
            discarded = attempt.status is AttemptStatus.DISCARDED
            raise Conflict("attempt.discarded" if discarded else "attempt.not_finished", {"id": attempt_id})
        if not _tells_level(connection, attempt):
            raise Conflict("attempt.no_level", {"id": attempt_id})
        result = _result(phonics, connection, key, attempt)
        _check_decision(phonics, result, level, reason)
        decided = _new_placement(phonics, actor, attempt, result, level, reason)
        results.insert_placements(connection, [(key, Round.at(attempt.created_at), decided)])
        told = {"attempt": attempt.id, "level": level}
        audit.record(connection, decided.decided_at, actor.account_id, "placement.decided", attempt.pupil_id, **told)
    return decided


def _check_decision(phonics: Phonics, result: Result, level: int, reason: str) -> None:
    problems = []
    levels = [each.number for each in phonics.content.bank.levels]
    if level not in levels:
        expected = ", ".join(map(str, levels))
        problems.append(Problem("attempt.level_unknown", Place(column="level"), str(level), expected))
    if level != result.proposed_level and not reason.strip():
        problems.append(Problem("placement.reason_missing", Place(column="reason")))
    if len(reason) > REASON_LENGTH:
        problems.append(Problem("input.too_long", Place(column="reason"), reason[:50], str(REASON_LENGTH)))
    if problems:
        raise ProblemsFound(problems)


def _new_placement(
    phonics: Phonics, actor: Actor, attempt: Attempt, result: Result, level: int, reason: str
) -> Placement:
    return Placement(
        id=phonics.new_id(),
        pupil_id=attempt.pupil_id,
        school_id=attempt.school_id,
        attempt_id=attempt.id,
        level=level,
        proposed_level=result.proposed_level,
        reason=reason.strip() if level != result.proposed_level else "",
        decided_by=actor.account_id,
        decided_at=phonics.now(),
        simulated=attempt.simulated,
    )


def placements_of(phonics: Phonics, actor: Actor, pupil_id: str) -> tuple[Placement, ...]:
    """Newest first. SEE_PUPILS at the pupil's school."""
    with phonics.store.read() as connection:
        pupil = _pupil(phonics, connection, actor, Action.SEE_PUPILS, pupil_id)
        found = results.placements_of(connection, pupil.id)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.pupil", pupil_id)
    return found


def attempts_of(phonics: Phonics, actor: Actor, pupil_id: str) -> tuple[Attempt, ...]:
    """Newest first. SEE_PUPILS at the pupil's school."""
    with phonics.store.read() as connection:
        pupil = _pupil(phonics, connection, actor, Action.SEE_PUPILS, pupil_id)
        found = records.attempts_of(connection, pupil.id)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.pupil", pupil_id)
    return found
