"""The rule that a level is mastered by, beside what the test's model makes of it."""

from __future__ import annotations

from dataclasses import dataclass

from phonics_app.domain.text import Text


@dataclass(frozen=True, slots=True)
class LevelRule:
    """Shares 0–1, as the model expects them of pupils who answer all items of a level."""

    level: int
    name: Text
    items: int
    """In the level's item domain: those that the placement test may ask."""
    measured: int
    """Of these, how many have a difficulty that was measured by pupils' answers."""
    cut: float
    """Ability from which on the level counts as mastered, logits: never shown, drawn only."""
    at_cut: float
    """Expected at the cut on the level's own items: what the rule says, if rule and model agree."""
    below_at_cut: float | None
    """At the same cut on the items of the level below; None for the lowest."""
    above_at_cut: float | None
    """On those of the level above; None for the highest."""
    in_level: float
    """Expected on the level's own items of a pupil in the middle of it, who is taught here."""
    after_level: float | None
    """Of a pupil in the middle of the next level; None for the highest."""
    to_tell: int | None
    """Items of this level with which these two pupils are told apart nine times in ten; None for the highest, and
    where too many would be needed."""
    to_tell_blurred: int | None
    """The same of pupils whose knowledge stops least sharply at their level, of those that the test reckons with."""


@dataclass(frozen=True, slots=True)
class LevelRules:
    """`mastery`: share right of a level's items that counts as mastery, from the rubric."""

    mastery: float
    levels: tuple[LevelRule, ...]
    abilities: tuple[float, ...]
    """Points at which `curves` stand, logits."""
    curves: tuple[tuple[float, ...], ...]
    """For each level the share right to be expected at each of `abilities`."""
    farthest: float
    """Largest distance between the rule and what the model expects at a cut, over all slopes that the test reckons
    with, 0–1."""
