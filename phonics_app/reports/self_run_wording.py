"""What a teacher should know of a result that a pupil has reached alone, by listening and choosing."""

from __future__ import annotations

from phonics_app.domain.plan import Plan
from phonics_app.domain.result import Result
from phonics_app.locales import N_, Translate

_FOREIGN = N_("A record does not fit the plan of this test; it was not counted.")
_END = N_("The device gave another reason for the end than the rules have.")
_RECORDS = N_("Records are not in their order.")
_FLAGS = {
    "rapid_guessing": N_(
        "Half of the answers came sooner than the sound could be heard. The pupil may have guessed; test again."
    ),
    "patterned_answers": N_(
        "The answers follow a pattern on the screen (always the same place, or round and round). The pupil may have"
        " guessed; test again."
    ),
    "long_absence": N_("For some minutes nothing was touched in the middle of a question."),
    "unexpected_item": N_("Some answers belong to questions that were not due. They were not counted."),
    "unknown_answer": N_("Some answers were none of those that were offered. They were not counted."),
    "after_end": N_("Some answers came in after the test had been closed. They were not counted."),
    "time_backwards": N_("The device's clock ran backwards."),
    **dict.fromkeys(("foreign_event", "unknown_item"), _FOREIGN),
    **dict.fromkeys(("not_finished", "other_reason"), _END),
    **dict.fromkeys(("out_of_sequence", "not_started", "started_twice"), _RECORDS),
}


def is_self_run(plan: Plan) -> bool:
    """Whether it gives single items: such a plan has no blocks."""
    return not plan.blocks


def flag_sentences(_: Translate, codes: tuple[str, ...]) -> list[str]:
    """What makes one doubt a test, in the order of weight, each said once."""
    return list(dict.fromkeys(_(_FLAGS[code]) for code in _FLAGS if code in codes))


def self_run_notes(_: Translate, result: Result, plan: Plan) -> list[str]:
    """Nothing for a test that a teacher gave."""
    if not is_self_run(plan):
        return []
    said = _(
        "The pupil listened and chose alone. Reading aloud was not tested: have the pupil read some words before you"
        " decide."
    )
    return [said, *_together(_, result, plan), *flag_sentences(_, result.flags)]


def _together(_: Translate, result: Result, plan: Plan) -> list[str]:
    """Levels that this test could not tell apart for want of items that can be heard."""
    alone = {level.number for level in plan.levels}
    if result.between is None or result.between[1] in alone:
        return []
    low, high = result.between
    return [
        _("Levels {low} to {high} are not told apart: too few of their questions can be heard.").format(
            low=low, high=high
        )
    ]
