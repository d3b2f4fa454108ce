"""Events of an attempt: the truth from which every score is recomputed. Append-only, numbered from 1.

| kind | data | meaning |
|---|---|---|
| attempt_started | {} | the first event |
| attempt_resumed | {} | the page was opened again; no effect on the score, but a running clock stands still |
| block_shown | block | the block is on screen |
| item_marked | block, item, mark, error?, said?, by? | `mark` is a `Mark` ("none": taken back); of a wrong answer \
`error`, an `ErrorKind`, says what was wrong, `said` what was said or written |
| row_marked | block, line, mark, by? | every item of a line, which are counted from 1 |
| block_auto_stopped | block, rule, last_item | a rule of that name stopped the block and its clock |
| auto_stop_undone | block | the teacher took the auto-stop back |
| timer_started | block | the first item is asked; without it the clock does not run |
| timer_paused | block, why | `why` is a `PauseReason`; where the rule knows no pause only "ended" is one |
| timer_resumed | block, asleep? | the clock goes on. With `asleep` it never stood: about so many seconds the device \
noticed nothing while it ran (a lid was closed), or its time of day was set; flagged, and the clock is left as it is |
| time_up | block | the limit is reached; the last item is still to be named |
| block_finished | block, last_item, seconds_left?, by? | tried up to `last_item` (null: the block is left out, \
marks and all); `seconds_left` as the device showed it, or as it stands on a sheet of paper where no clock ran |
| block_reopened | block, by? | one block back: the block on screen is put away, this earlier one is marked again |
| attempt_stopped | block, last_item | by the teacher; the open block counts up to `last_item` (null: not at all) |
| attempt_finished | reason | the engine stopped; `reason` is a `StopReason` value |
| item_shown, item_answered, audio_played | item; item, value; item | a test that pupils take by themselves |
| rested | {} | the pupil took a rest there |

`by` says how a change came about (`By`): a review may change blocks that are finished, and what was there before stays
in the record. Whatever is optional and absent means what it meant before it came to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class EventKind(Enum):
    ATTEMPT_STARTED = "attempt_started"
    ATTEMPT_RESUMED = "attempt_resumed"
    BLOCK_SHOWN = "block_shown"
    ITEM_MARKED = "item_marked"
    BLOCK_AUTO_STOPPED = "block_auto_stopped"
    AUTO_STOP_UNDONE = "auto_stop_undone"
    BLOCK_FINISHED = "block_finished"
    BLOCK_REOPENED = "block_reopened"
    ATTEMPT_STOPPED = "attempt_stopped"
    ATTEMPT_FINISHED = "attempt_finished"
    TIMER_STARTED = "timer_started"
    TIMER_PAUSED = "timer_paused"
    TIMER_RESUMED = "timer_resumed"
    TIME_UP = "time_up"
    ROW_MARKED = "row_marked"
    ITEM_SHOWN = "item_shown"
    ITEM_ANSWERED = "item_answered"
    AUDIO_PLAYED = "audio_played"
    RESTED = "rested"


class Mark(Enum):
    """A teacher's mark on an item. An attempted item without a mark is correct."""

    NONE = "none"
    INCORRECT = "incorrect"
    SELF_CORRECTED = "self_corrected"


class ErrorKind(Enum):
    """What was wrong with a wrong answer, where the teacher says so."""

    DECODING = "decoding"
    TRANSFER = "transfer"
    """Read rightly and spoken with Thai sounds."""
    AMBIGUOUS = "ambiguous"
    """Either of the two."""
    NO_ANSWER = "no_answer"
    SAID_AS = "said_as"
    """Read or written as something else, which `said` tells."""


class PauseReason(Enum):
    """Why a clock was made to stand still."""

    ENDED = "ended"
    """The pupil has stopped reading; taken back, the time between counts, for he had not."""
    DIALOG = "dialog"
    INTERRUPTION = "interruption"


class By(Enum):
    """How a change came about, where it was not simply a touch."""

    UNDO = "undo"
    REDO = "redo"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on the device."""

    seq: int
    kind: EventKind
    at: str
    """The device's clock, ISO 8601 with offset. May be wrong; shown, never computed with."""
    mono_ms: float
    """Monotonic milliseconds since the page was opened (starts again on reload)."""
    data: Mapping[str, object] = field(default_factory=dict)
