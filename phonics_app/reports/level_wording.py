"""The rule of mastery in words: what it says, whether tests keep to it, where two levels are hard to tell."""

from __future__ import annotations

from itertools import pairwise

from phonics_app.domain.level_rule import LevelRule, LevelRules
from phonics_app.locales import Translate

AGREE = 0.001
"""Shares that differ by less are the same on any screen."""


def rule_sentence(_: Translate, rules: LevelRules) -> str:
    """What counts as mastery."""
    return _(
        "A level is mastered when a pupil would get at least {share:.0%} of all its questions right. A test asks only "
        "some of them, and from these it is reckoned how the pupil would do in all."
    ).format(share=rules.mastery)


def agreement_sentence(_: Translate, rules: LevelRules) -> str:
    """Whether the limits that tests reckon with are those of the rule."""
    at_cut = [rule.at_cut for rule in rules.levels]
    low, high = f"{min(at_cut):.1%}", f"{max(at_cut):.1%}"
    figures = {"share": rules.mastery, "expected": low if low == high else f"{low}–{high}"}
    if rules.farthest < AGREE:
        text = _(
            "Rule and test agree: the rule says {share:.1%}, and of a pupil exactly at the limit of a level the test "
            "expects {expected} of its questions right, in every level."
        )
        return text.format(**figures)
    return _(
        "Rule and test do NOT agree: the rule says {share:.1%}, but of a pupil exactly at the limit of a level the "
        "test expects {expected} right. Tell the administrator."
    ).format(**figures)


def agrees(rules: LevelRules) -> bool:
    return rules.farthest < AGREE


def evidence_sentence(_: Translate, rules: LevelRules) -> str:
    """What the difficulties of the questions rest on."""
    items, measured = (sum(column) for column in zip(*((r.items, r.measured) for r in rules.levels), strict=True))
    if measured == items:
        return _("How difficult the {items} questions are was measured by pupils' answers.").format(items=items)
    text = _(
        "How difficult the questions are is estimated for {guessed} of {items}, and measured by pupils' answers for "
        "{measured}. All figures here are provisional until pupils' answers bear them out."
    )
    return text.format(guessed=items - measured, items=items, measured=measured)


def hardest_sentence(_: Translate, rules: LevelRules) -> str:
    """Which neighbours take most questions to tell apart; "" with a single level."""
    pairs = [(lower, upper) for lower, upper in pairwise(rules.levels)]
    if not pairs:
        return ""
    lower, upper = max(pairs, key=lambda pair: _needed(pair[0]))
    text = _(
        "Hardest to tell apart are levels {low} and {high}: of level {low} pupils in the middle of it get {here:.0%} "
        "right, those in the middle of level {high} {after:.0%}. Whoever stands near a limit can't be told by any "
        "test of this length, and is reported as between two levels."
    )
    return text.format(low=lower.level, high=upper.level, here=lower.in_level, after=lower.after_level)


def _needed(rule: LevelRule) -> tuple[float, float]:
    """Questions it takes; of equals, how near the expected shares are."""
    needed = float("inf") if rule.to_tell is None else rule.to_tell
    return needed, rule.in_level - (rule.after_level or 0.0)
