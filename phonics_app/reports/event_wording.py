"""The records of a test as rows: their number, when, what happened, at what. From these alone every figure is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from phonics_app.domain.event import By, Event, EventKind
from phonics_app.domain.plan import Plan
from phonics_app.locales import N_, Translate
from phonics_app.reports.wording import asked

_KINDS = {
    EventKind.ATTEMPT_STARTED: N_("The test began"),
    EventKind.ATTEMPT_RESUMED: N_("The page was opened again"),
    EventKind.BLOCK_SHOWN: N_("A block came on screen"),
    EventKind.ITEM_MARKED: N_("Marked"),
    EventKind.ROW_MARKED: N_("A whole line marked"),
    EventKind.BLOCK_AUTO_STOPPED: N_("A rule stopped the block"),
    EventKind.AUTO_STOP_UNDONE: N_("The stop by rule was taken back"),
    EventKind.BLOCK_FINISHED: N_("The block was finished"),
    EventKind.BLOCK_REOPENED: N_("The block was taken up again"),
    EventKind.ATTEMPT_STOPPED: N_("The teacher ended the test"),
    EventKind.ATTEMPT_FINISHED: N_("The test ended"),
    EventKind.TIMER_STARTED: N_("The clock was started"),
    EventKind.TIMER_PAUSED: N_("The clock was stopped"),
    EventKind.TIMER_RESUMED: N_("The clock went on"),
    EventKind.TIME_UP: N_("The time was up"),
    EventKind.ITEM_SHOWN: N_("A question came on screen"),
    EventKind.ITEM_ANSWERED: N_("Answered"),
    EventKind.AUDIO_PLAYED: N_("The sound was played"),
    EventKind.RESTED: N_("The pupil took a rest"),
}
_BY = {By.UNDO.value: N_("undone"), By.REDO.value: N_("done again"), By.REVIEW.value: N_("in the review")}
_SHOWN = ("mark", "error", "said", "line", "rule", "why", "seconds_left", "reason", "value")
"""Data of an event as it is stored; items and blocks are named apart."""


def event_rows(_: Translate, plan: Plan, events: Sequence[Event], language: str) -> Iterator[tuple[str, ...]]:
    """Number, time of the device, what, at which item, with what."""
    names = {item.id: asked(item, language) for item in plan.items}
    for event in events:
        item = event.data.get("item") or event.data.get("last_item") or ""
        by = event.data.get("by")
        what = _(_KINDS[event.kind]) + (f" ({_(_BY[by])})" if isinstance(by, str) and by in _BY else "")
        data = ", ".join(f"{name}: {event.data[name]}" for name in _SHOWN if event.data.get(name) is not None)
        yield str(event.seq), event.at[11:19], what, names.get(str(item), str(item)), data
