"""Giving a test: start an attempt, take its events, compute its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phonics_app.domain.account import Actor
from phonics_app.domain.attempt import Attempt
from phonics_app.domain.event import Event
from phonics_app.domain.plan import Plan
from phonics_app.domain.result import Placement, Result
from phonics_app.domain.school import Pupil
from phonics_app.workflows.context import Phonics


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
    raise NotImplementedError


def start_attempt(
    phonics: Phonics, actor: Actor, attempt_id: str, pupil_id: str, start_level: int | None = None
) -> Sitting:
    """Creates the attempt `attempt_id` (32 hex digits, made by the client); repeating the call returns the same one.

    `start_level` given by the teacher replaces the proposed one. `Conflict` if the id belongs to another pupil.
    """
    raise NotImplementedError


def get_sitting(phonics: Phonics, actor: Actor, attempt_id: str) -> Sitting:
    raise NotImplementedError


def append_events(phonics: Phonics, actor: Actor, attempt_id: str, events: Sequence[Event]) -> int:
    """Appends events in order, exactly once; returns the highest number stored without a gap.

    Repeats of stored events are harmless; the same number with other content is `Conflict` "events.differ";
    a gap is `Conflict` "events.gap" (data: acknowledged). When the test is finished its result is stored.
    """
    raise NotImplementedError


def compute_result(phonics: Phonics, actor: Actor, attempt_id: str) -> Result:
    """Replays the stored events; nothing is read from a stored result."""
    raise NotImplementedError


def discard_attempt(phonics: Phonics, actor: Actor, attempt_id: str, discarded: bool = True) -> Attempt:
    """Takes a spoiled test out of all figures (or back in). Events stay."""
    raise NotImplementedError


def decide_placement(phonics: Phonics, actor: Actor, attempt_id: str, level: int, reason: str = "") -> Placement:
    """Accepts the proposed level, or places at another with a reason (`ProblemsFound` without one).

    A later decision on the same attempt is a new record; the last one counts.
    """
    raise NotImplementedError


def placements_of(phonics: Phonics, actor: Actor, pupil_id: str) -> tuple[Placement, ...]:
    """Newest first."""
    raise NotImplementedError


def attempts_of(phonics: Phonics, actor: Actor, pupil_id: str) -> tuple[Attempt, ...]:
    """Newest first."""
    raise NotImplementedError
