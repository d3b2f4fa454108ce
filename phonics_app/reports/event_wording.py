"""The records of a test as rows: their number, when, what happened, at what. From these alone every figure is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from phonics_app.domain.event import By, Event, EventKind, PauseReason
from phonics_app.domain.plan import Plan, PlannedItem
from phonics_app.locales import N_, Translate
from phonics_app.reports.block_wording import MARKS, NOTED
from phonics_app.reports.export_columns import REASONS
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
_NAMES = {
    "mark": N_("mark"),
    "error": N_("what was wrong"),
    "said": N_("said or written"),
    "line": N_("line"),
    "rule": N_("rule"),
    "why": N_("why"),
    "seconds_left": N_("seconds left"),
    "asleep": N_("seconds asleep"),
    "reason": N_("why"),
    "value": N_("answer"),
}
"""Data of an event that are told, in this order; items and blocks are named apart."""
_CODES: dict[str, dict[str, str]] = {
    "mark": {mark.value: text for mark, text in MARKS.items()},
    "error": NOTED,
    "rule": {
        "EGRA-STOP-N": N_("the first items all wrong (EGRA-STOP-N)"),
        "EGRA-STOP-LINE1": N_("the whole first line wrong (EGRA-STOP-LINE1)"),
    },
    "why": {
        PauseReason.ENDED.value: N_("the pupil had stopped reading"),
        PauseReason.DIALOG.value: N_("something was asked on the screen"),
        PauseReason.INTERRUPTION.value: N_("an interruption"),
    },
    "reason": {reason.value: text for reason, text in REASONS.items()},
}


def event_rows(_: Translate, plan: Plan, events: Sequence[Event], language: str) -> Iterator[tuple[str, ...]]:
    """Number, time of the device, what, at which item, with what."""
    items = {item.id: item for item in plan.items}
    for event in events:
        item = event.data.get("item") or event.data.get("last_item") or ""
        by = event.data.get("by")
        what = _(_KINDS[event.kind]) + (f" ({_(_BY[by])})" if isinstance(by, str) and by in _BY else "")
        known = items.get(str(item))
        at = asked(known, language) if known else str(item)
        yield str(event.seq), event.at[11:19], what, at, ", ".join(_told(_, event, known))


def _told(_: Translate, event: Event, item: PlannedItem | None) -> Iterator[str]:
    """ "mark: wrong", in the reader's words; what a newer version has written stands as it is."""
    for name, title in _NAMES.items():
        value = event.data.get(name)
        if value is None:
            continue
        text = f"{value:g}" if isinstance(value, float) else str(value)
        text = _option(item, text) if name in ("value", "said") else _(_CODES.get(name, {}).get(text, text))
        yield _("{name}: {value}").format(name=_(title), value=text)


def _option(item: PlannedItem | None, value: str) -> str:
    """The answer that was chosen, a picture with the English name of what it shows."""
    name = next((option.name for option in item.options if option.value == value), "") if item else ""
    return f"{value} {name}" if name and name != value else value
