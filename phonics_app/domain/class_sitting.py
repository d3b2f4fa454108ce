"""A class sits a self-run test at once: the sitting that a teacher opens, and each pupil's seat in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from phonics_app.domain.grade import Grade

CODE_DIGITS = 6


class SeatStatus(Enum):
    """Where a pupil is. The order is that of a sitting."""

    EXPECTED = "expected"
    """No device has chosen this number yet, or it was taken away from the device. Whoever never came stays so."""
    CHECKING = "checking"
    """A device has chosen the number and shows its name, to be confirmed."""
    WAITING = "waiting"
    """Waits for the teacher to let him in."""
    ADMITTED = "admitted"
    GOING = "going"
    PAUSED = "paused"
    FINISHED = "finished"
    """The test is over and has its result."""
    ENDED = "ended"
    """Sent home by the teacher; what was answered is kept, and the test can go on another day."""


class SeatAction(Enum):
    """What a teacher does with a seat."""

    ADMIT = "admit"
    PAUSE = "pause"
    GO_ON = "go_on"
    HELPED = "helped"
    """The pupil had asked for help."""
    END = "end"
    RE_OPEN = "re_open"
    TAKE_BACK = "take_back"
    """The number is taken away from its device; another may have it."""
    CLOSE = "close"
    """The test is over for good: what was answered counts as it is."""


_MOVES: dict[SeatAction, dict[SeatStatus, SeatStatus]] = {
    SeatAction.ADMIT: {SeatStatus.WAITING: SeatStatus.ADMITTED},
    SeatAction.PAUSE: {
        SeatStatus.WAITING: SeatStatus.PAUSED,
        SeatStatus.ADMITTED: SeatStatus.PAUSED,
        SeatStatus.GOING: SeatStatus.PAUSED,
    },
    SeatAction.GO_ON: {SeatStatus.PAUSED: SeatStatus.ADMITTED},
    SeatAction.HELPED: {
        status: status for status in (SeatStatus.WAITING, SeatStatus.ADMITTED, SeatStatus.GOING, SeatStatus.PAUSED)
    },
    SeatAction.END: {
        status: SeatStatus.ENDED
        for status in SeatStatus
        if status not in (SeatStatus.EXPECTED, SeatStatus.FINISHED, SeatStatus.ENDED)
    },
    SeatAction.TAKE_BACK: dict.fromkeys(
        (SeatStatus.CHECKING, SeatStatus.WAITING, SeatStatus.ADMITTED, SeatStatus.GOING, SeatStatus.PAUSED),
        SeatStatus.EXPECTED,
    ),
    SeatAction.CLOSE: {SeatStatus.ENDED: SeatStatus.FINISHED},
}


def after(status: SeatStatus, action: SeatAction, has_device: bool) -> SeatStatus | None:
    """The status after `action`; None where it does not fit, so that a late press does no harm."""
    if action is SeatAction.RE_OPEN and status is SeatStatus.ENDED:
        return SeatStatus.ADMITTED if has_device else SeatStatus.EXPECTED
    return _MOVES.get(action, {}).get(status)


@dataclass(frozen=True, slots=True)
class ClassSitting:
    """A sitting of a class (`grade` and `room`) or of the pupils of a level (`level`)."""

    id: str
    school_id: str
    year: int
    grade: Grade | None
    room: str
    level: int | None
    plan_hash: str
    opened_by: str
    opened_at: datetime
    code: str
    """Six digits; "" once the sitting has ended."""
    code_expires_at: datetime
    admits: bool
    """Whoever has confirmed his name begins at once, without being let in one by one."""
    ended_at: datetime | None = None

    def takes_code(self, now: datetime) -> bool:
        return self.ended_at is None and bool(self.code) and now < self.code_expires_at


@dataclass(frozen=True, slots=True)
class Seat:
    """A pupil's place in a sitting. `number` from 1 in the order of the class list: no name goes with it."""

    sitting_id: str
    number: int
    pupil_id: str
    status: SeatStatus
    attempt_id: str
    """"" until the test begins."""
    device: str
    """Hash of the token of the device that sits here; "" for none."""
    items: int
    """Items answered, as far as the server knows."""
    needs_help: bool
    heard_at: datetime | None = None
    """When its device was heard of, to some seconds; what the serving process knows better it keeps to itself."""
