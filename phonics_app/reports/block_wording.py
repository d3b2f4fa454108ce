"""What was counted of a block, in sentences that a teacher can check: each names its rule and the records behind it."""

from __future__ import annotations

from collections.abc import Iterator

from phonics_app.domain.block_totals import (
    BlockFigures,
    BlockTotals,
    Irregular,
    LastChange,
    MarkChange,
    Marked,
    RuleStop,
)
from phonics_app.domain.event import ErrorKind, Mark
from phonics_app.domain.plan import BlockKind, Plan, PlannedItem
from phonics_app.locales import N_, Translate
from phonics_app.locales.item_labels import TASKS
from phonics_app.locales.labels import label
from phonics_app.reports.wording import asked

_KINDS = {BlockKind.PASSAGE: N_("Reading passage"), BlockKind.QUESTIONS: N_("Questions about the passage")}
_ERRORS = {
    ErrorKind.DECODING: N_("{n} read wrongly"),
    ErrorKind.TRANSFER: N_("{n} read rightly and spoken with Thai sounds"),
    ErrorKind.AMBIGUOUS: N_("{n} where it could not be told which"),
    ErrorKind.NO_ANSWER: N_("{n} without an answer"),
    ErrorKind.SAID_AS: N_("{n} said or written as something else"),
}
MARKS = {Mark.NONE: N_("right"), Mark.INCORRECT: N_("wrong"), Mark.SELF_CORRECTED: N_("self-corrected")}
NOTED = {
    ErrorKind.DECODING.value: N_("read wrongly"),
    ErrorKind.TRANSFER.value: N_("Thai sounds"),
    ErrorKind.AMBIGUOUS.value: N_("cannot tell"),
    ErrorKind.NO_ANSWER.value: N_("no answer"),
    ErrorKind.SAID_AS.value: N_("as something else"),
}
_CLOCK = N_("The clock was told something that its rule does not know; it went on by the rule.")
_ORDER = N_("A block that was not due, or that was not on the screen, was touched.")
_FOREIGN = N_("A record does not fit the plan of this test; it was not counted.")
_STOP = N_("A stop by rule was told, or taken back, that the marks do not give; it was not counted.")
_RECORDS = N_("Records are not in their order.")
_END = N_("The device gave another reason for the end than the rules have.")
IRREGULAR = {
    "mark_after_auto_stop": N_("A mark after the rule had ended the block was not counted."),
    "marks_beyond_last_item": N_("A mark beyond the last item tried was not counted."),
    "mark_before_start": N_("Something was marked before the clock was started."),
    "mark_after_time": N_("Something was marked well after the time was up."),
    "time_exceeded": N_("The reading went on well past its time."),
    "timer_not_started": N_("The clock was never started, so nothing is known of the time."),
    "timer_cut": N_("The page was closed or another block shown while the clock ran, so the time is not exact."),
    "device_slept": N_(
        "The device slept for about {seconds} s in the timed part, or its clock was set, so the time is not exact."
    ),
    "time_backwards": N_("The device's clock ran backwards."),
    "impossible_seconds_left": N_("The seconds left that were noted can't be; they were not used."),
    "other_seconds_left": N_("The seconds left that were noted are not those of the clock; the clock counts."),
    "beyond_auto_stop": N_(
        "An item beyond the stop by rule was named as the last one; the block counts up to the stop."
    ),
    "beyond_text_read": N_("A question about a part that was not read was not counted."),
    "after_end": N_("Something came in after the end of the test; it was not counted."),
    **dict.fromkeys(("timer_started_twice", "timer_not_running", "timer_not_stopped", "time_not_up"), _CLOCK),
    **dict.fromkeys(("pause_not_allowed", "auto_stopped", "unknown_reason"), _CLOCK),
    **dict.fromkeys(("unexpected_auto_stop", "no_auto_stop"), _STOP),
    **dict.fromkeys(("unexpected_block", "unexpected_reopening", "block_not_finished", "repeated_block"), _ORDER),
    **dict.fromkeys(("block_not_on_screen",), _ORDER),
    **dict.fromkeys(("unknown_block", "unknown_item", "unknown_mark", "unknown_line", "unknown_by"), _FOREIGN),
    **dict.fromkeys(("unknown_error", "error_without_mistake", "other_test"), _FOREIGN),
    **dict.fromkeys(("out_of_sequence", "not_started", "started_twice"), _RECORDS),
    **dict.fromkeys(("other_reason", "unexpected_end"), _END),
}
"""By the code of a flag."""


def block_name(_: Translate, plan: Plan, shown: BlockFigures) -> str:
    """What was done in it; of a test on several levels with its level."""
    block = shown.block
    if block.kind in _KINDS:
        return _(_KINDS[block.kind])
    if plan.form is None:
        return _("{strand}, level {level}").format(strand=label(_, block.strand), level=block.level)
    return _(TASKS[next(item.task for item in plan.items if item.id == block.items[0])])


def total_titles(_: Translate) -> tuple[str, ...]:
    """Of the columns of `total_cells`."""
    return (_("Right"), _("Tried"), _("Self-corrected"), _("Seconds"), _("Right per minute"), _("Right, %"))


def total_cells(shown: BlockFigures) -> list[str]:
    """Right, tried, self-corrected, seconds, right per minute, right in per cent; "" where there is no clock."""
    one = shown.totals
    timed = one.seconds_left is not None
    return [
        str(one.correct),
        f"{one.attempted}/{one.items}",
        str(one.self_corrected),
        f"{one.seconds_used:.0f}" if timed and one.seconds_used is not None else "",
        f"{one.rate:.0f}" if timed and one.rate is not None else "",
        "" if one.accuracy is None else f"{one.accuracy:.0f}",
    ]


def block_sentences(_: Translate, plan: Plan, shown: BlockFigures, language: str) -> list[str]:
    """All that was counted in the block and that happened in it."""
    return [*_counted(_, shown), *trace_sentences(_, plan, shown, language), _records(_, shown)]


def trace_sentences(_: Translate, plan: Plan, shown: BlockFigures, language: str) -> list[str]:
    """Stops by rule, changes of the review, what was irregular."""
    items, trace = {item.id: item for item in plan.items}, shown.trace
    told = [_stop(_, stop, items, language) for stop in trace.stops]
    told += [_change(_, change, items, language) for change in trace.marks]
    told += [_end(_, change, items, language) for change in trace.ends]
    return told + irregular_sentences(_, trace.irregular)


def irregular_sentences(_: Translate, irregular: tuple[Irregular, ...]) -> list[str]:
    """Each kind once, with all its records; seconds together."""
    kinds: dict[str, list[Irregular]] = {}
    for flag in irregular:
        kinds.setdefault(IRREGULAR.get(flag.code, _FOREIGN), []).append(flag)
    return [_irregular(_, text, flags) for text, flags in kinds.items()]


def _irregular(_: Translate, text: str, flags: list[Irregular]) -> str:
    what = _(text).format(seconds=f"{sum(flag.seconds for flag in flags):.0f}")
    return _("{what} (record {n})").format(what=what, n=", ".join(dict.fromkeys(str(flag.seq) for flag in flags)))


def _counted(_: Translate, shown: BlockFigures) -> Iterator[str]:
    totals = shown.totals
    yield _tried(_, totals)
    yield _right(_, totals)
    if totals.incorrect:
        yield _wrong(_, totals)
    if totals.errors.get(ErrorKind.TRANSFER.value):
        yield _allowance(_, totals)
    if shown.sounds is not None and shown.sounds[1]:
        yield _("Spelling by sound: {there} of {all} sounds were written; as whole words {right} of {tried}.").format(
            there=shown.sounds[0], all=shown.sounds[1], right=totals.correct, tried=totals.attempted
        )
    yield from _timed(_, shown)


def _tried(_: Translate, totals: BlockTotals) -> str:
    told = _("Tried: {n} of {items} items.").format(n=totals.attempted, items=totals.items)
    if not totals.unattempted:
        return told
    rest = _("{n} were not tried: they count neither as right nor as wrong.").format(n=totals.unattempted)
    return f"{told} {rest}"


def _right(_: Translate, totals: BlockTotals) -> str:
    told = _("Right: {n}.").format(n=totals.correct)
    if not totals.self_corrected:
        return told
    rest = _("{n} of them were self-corrected, which counts as right (rule EGRA-SC).").format(n=totals.self_corrected)
    return f"{told} {rest}"


def _wrong(_: Translate, totals: BlockTotals) -> str:
    told = _("Wrong: {n}.").format(n=totals.incorrect)
    noted = [
        _(text).format(n=totals.errors[kind.value]) for kind, text in _ERRORS.items() if kind.value in totals.errors
    ]
    if not noted:
        return told
    rest = totals.incorrect - sum(totals.errors.values())
    noted += [_("{n} without a note").format(n=rest)] if rest > 0 else []
    return _("{told} The teacher noted: {kinds}.").format(told=told, kinds=", ".join(noted))


def _allowance(_: Translate, totals: BlockTotals) -> str:
    told = _("With the Thai-transfer allowance {n} of {tried} are right; strictly {strict}.").format(
        n=totals.allowing_transfer, tried=totals.attempted, strict=totals.correct
    )
    if unsure := totals.errors.get(ErrorKind.AMBIGUOUS.value):
        told += " " + _("The {n} that could not be told stay wrong in both.").format(n=unsure)
    return told


def _timed(_: Translate, shown: BlockFigures) -> Iterator[str]:
    totals, passage = shown.totals, shown.block.kind is BlockKind.PASSAGE
    if totals.seconds_used is None or totals.seconds_left is None:
        return
    used = f"{round(totals.seconds_used, 1):g}"
    left = f"{round(totals.seconds_left, 1):g}"
    yield _("Time: {used} of {limit} seconds used, {left} left.").format(
        used=used, limit=shown.block.seconds, left=left
    )
    if totals.rate is not None:
        rate = _("Words right per minute: {rate} ({right} ÷ {used} s × 60, rule RATE-PM).")
        other = _("Right per minute: {rate} ({right} ÷ {used} s × 60, rule RATE-PM).")
        yield (rate if passage else other).format(rate=f"{totals.rate:.0f}", right=totals.correct, used=used)
    if passage and totals.accuracy is not None:
        yield _("Accuracy: {share} % ({right} ÷ {tried} × 100, rule ORF-ACC).").format(
            share=f"{totals.accuracy:.0f}", right=totals.correct, tried=totals.attempted
        )


def _stop(_: Translate, stop: RuleStop, items: dict[str, PlannedItem], language: str) -> str:
    told = {"rule": stop.rule, "item": _item(items, stop.item, language), "n": stop.seq, "undone": stop.undone}
    if stop.undone is None:
        return _("The rule {rule} ended the block at {item} (record {n}).").format(**told)
    return _("The rule {rule} stopped at {item} (record {n}); this was taken back (record {undone}).").format(**told)


def _change(_: Translate, change: MarkChange, items: dict[str, PlannedItem], language: str) -> str:
    return _("Changed in the review: {item}: {before} → {after} (record {n}).").format(
        item=_item(items, change.item, language),
        before=_marked(_, change.before),
        after=_marked(_, change.after),
        n=change.seq,
    )


def _end(_: Translate, change: LastChange, items: dict[str, PlannedItem], language: str) -> str:
    nothing = _("not counted at all")
    before, after = (nothing if one is None else _item(items, one, language) for one in (change.before, change.after))
    return _("Changed in the review: the last item tried: {before} → {after} (record {n}).").format(
        before=before, after=after, n=change.seq
    )


def _marked(_: Translate, marked: Marked) -> str:
    told = _(MARKS[marked.mark])
    noted = [_(NOTED[marked.error])] if marked.error in NOTED else []
    noted += [f"“{marked.said}”"] if marked.said else []
    return f"{told} ({', '.join(noted)})" if noted else told


def _item(items: dict[str, PlannedItem], item_id: str, language: str) -> str:
    return f"“{asked(items[item_id], language)}”" if item_id in items else item_id


def _records(_: Translate, shown: BlockFigures) -> str:
    return _("Records {first} to {last} of this test.").format(first=shown.trace.first, last=shown.trace.last)
