"""The clock of a block with a time limit: monotonic, never below zero, and paused only where its rule allows.

A clock starts with the first item. It adds up what passes between two events of one opening of the page while it runs.
EGRA-TIME-60 knows no pause: the teacher may only end the reading, and when that is taken back the time between
counts, because the pupil had not stopped. Behind a dialog no clock runs: where there is no pause, reading ends first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from phonics_app.domain.event import PauseReason
from phonics_app.domain.plan import Block


class Phase(Enum):
    WAITING = "waiting"
    """Not started yet, or no clock at all."""
    RUNNING = "running"
    STOPPED = "stopped"
    UP = "up"
    """The limit was reached."""


class Halt(Enum):
    """What else makes a clock stand still, beside the reasons of a pause."""

    AUTO_STOP = "auto_stop"
    FINISHED = "finished"
    """The block was finished while it ran."""
    CUT = "cut"
    """The page was closed, or another block shown, while it ran: how long the pupil read is not known exactly."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`used_ms` may pass the limit by the moment that a device needs to notice; what is reported never does."""

    phase: Phase = Phase.WAITING
    used_ms: float = 0.0
    why: str = ""
    """While it is stopped: value of a `PauseReason` or a `Halt`."""
    stopped_at: float | None = None
    """Monotonic time of that, for this opening of the page."""


NO_CLOCK = Clock()
Change = tuple[Clock, str]
"""A clock and the code of what was irregular, "" where nothing was."""

MAY_PAUSE: Mapping[int, bool] = {60: False}
"""By the limit in seconds: 60 is EGRA-TIME-60. Other limits are a school's own and may be paused."""
PUNCTUAL_MS = 1.0
"""Clocks are written down to a tenth of a millisecond."""
GRACE_MS = 1000.0
"""A hand is slower than a clock: what is marked so long after the limit may still be regular."""


def may_pause(block: Block) -> bool:
    return MAY_PAUSE.get(block.seconds, True)


def advance(clock: Clock, passed_ms: float) -> Clock:
    """After so much monotonic time."""
    return replace(clock, used_ms=clock.used_ms + passed_ms) if clock.phase is Phase.RUNNING else clock


def is_over(block: Block, clock: Clock, grace_ms: float = 0.0) -> bool:
    """Whether the limit has passed (by more than `grace_ms`)."""
    return block.seconds > 0 and clock.used_ms > block.seconds * 1000 + grace_ms


def begin(clock: Clock) -> Change:
    if clock.phase is not Phase.WAITING:
        return clock, "timer_started_twice"
    return replace(clock, phase=Phase.RUNNING), ""


def halt(clock: Clock, why: str, mono_ms: float | None) -> Clock:
    """Stands still if it ran."""
    if clock.phase is not Phase.RUNNING:
        return clock
    return replace(clock, phase=Phase.STOPPED, why=why, stopped_at=mono_ms)


def pause(block: Block, clock: Clock, why: str, mono_ms: float) -> Change:
    """By the teacher. A pause that the rule does not know is none: the clock goes on."""
    if clock.phase is not Phase.RUNNING:
        return clock, "timer_not_running"
    if why not in _REASONS:
        return clock, "unknown_reason"
    if why != PauseReason.ENDED.value and not may_pause(block):
        return clock, "pause_not_allowed"
    return halt(clock, why, mono_ms), ""


def resume(block: Block, clock: Clock, mono_ms: float, *, stopped_by_rule: bool) -> Change:
    """On again. Where nothing may be paused, the time since the teacher ended the reading counts after all."""
    if clock.phase is not Phase.STOPPED:
        return clock, "timer_not_stopped"
    if stopped_by_rule:
        return clock, "auto_stopped"
    on = replace(clock, phase=Phase.RUNNING, why="", stopped_at=None)
    if clock.why in _FREE or may_pause(block):
        return on, ""
    if clock.why != PauseReason.ENDED.value or clock.stopped_at is None:
        return clock, "pause_not_allowed"
    return replace(on, used_ms=clock.used_ms + max(0.0, mono_ms - clock.stopped_at)), ""


def wake(clock: Clock) -> Change:
    """The device slept while the clock ran; whether it counted on meanwhile hangs on the device: nothing is altered."""
    return clock, ASLEEP


def end(block: Block, clock: Clock) -> Change:
    """The device says that the time is up; it is only where the limit has really passed."""
    if clock.phase is not Phase.RUNNING:
        return clock, "timer_not_running"
    if not block.seconds or clock.used_ms < block.seconds * 1000 - PUNCTUAL_MS:
        return clock, "time_not_up"
    return replace(clock, phase=Phase.UP), ""


def carried_over(clock: Clock) -> Clock:
    """Into another opening of the page or of the block: how long ago it stopped is not known any more."""
    return replace(clock, stopped_at=None)


def seconds_used(block: Block, clock: Clock) -> float | None:
    """Never more than the limit; None where no clock ran."""
    if clock.phase is Phase.WAITING:
        return None
    used = clock.used_ms / 1000
    return min(used, float(block.seconds)) if block.seconds else used


def seconds_left(block: Block, clock: Clock) -> float | None:
    """Never below zero; None without a limit."""
    if not block.seconds:
        return None
    return max(0.0, block.seconds - clock.used_ms / 1000)


ASLEEP = "device_slept"
"""Code of the flag."""
_REASONS = {reason.value for reason in PauseReason}
_FREE = {Halt.AUTO_STOP.value, Halt.CUT.value}
