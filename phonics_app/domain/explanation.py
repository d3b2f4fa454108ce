"""Why a test proposes its level, and how sure that is: worked out anew whenever it is shown, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.attempt import PriorSource
from phonics_app.domain.strand import Strand


class Oddness(Enum):
    """How far the pattern of answers is from what such pupils usually answer."""

    USUAL = "usual"
    UNUSUAL = "unusual"
    """Of pupils who answer as the test expects, at most 1 in 20 are so unusual."""
    VERY_UNUSUAL = "very_unusual"
    """At most 1 in 100."""


@dataclass(frozen=True, slots=True)
class OddAnswer:
    """An answer that the pupil's other answers did not lead one to expect."""

    item_id: str
    right: bool
    expected: float
    """How probable a right answer was, by all the other answers, 0–1."""


@dataclass(frozen=True, slots=True)
class PersonFit:
    """`share`: of simulated pupils of this ability who answer these same items, those at least as unusual."""

    share: float
    oddness: Oddness
    answers: tuple[OddAnswer, ...]
    """The oddest first: easy ones missed and hard ones known."""

    @property
    def missed(self) -> tuple[OddAnswer, ...]:
        """Easy ones that were wrong."""
        return tuple(answer for answer in self.answers if not answer.right)

    @property
    def known(self) -> tuple[OddAnswer, ...]:
        """Hard ones that were right."""
        return tuple(answer for answer in self.answers if answer.right)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a Thai accent alone may have cost. Never certain, but where the teacher noted how a word was said."""

    strict: int
    """The level proposed: every mistake is one."""
    allowed: int
    """The level if mistakes on such sounds are taken for accent as far as the other answers speak for it."""
    at_most: int
    """The level if every one of these mistakes were accent alone."""
    probability: float
    """That accent cost this pupil answers, 0–1."""
    mistakes: tuple[str, ...]
    """Items said aloud and marked wrong that hold sounds which Thai speakers say otherwise; `heard` among them."""
    right: int
    """Such items that were right."""
    others: tuple[int, int]
    """Right of attempted items said aloud that hold no such sound."""
    heard: tuple[str, ...] = ()
    """Of which the teacher noted that they were read rightly and spoken with Thai sounds."""
    misread: tuple[str, ...] = ()
    """Items with such sounds of which he noted that they were read wrongly or not answered: nothing is allowed."""

    @property
    def matters(self) -> bool:
        """Whether the level hangs on it."""
        return self.allowed != self.strict


@dataclass(frozen=True, slots=True)
class Change:
    """The fewest answers that, had they been otherwise, would have made the proposal another one."""

    level: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StrandStanding:
    """A strand held against what the answers in all the others lead one to expect of it."""

    strand: Strand
    right: int
    attempted: int
    expected: float
    """Right answers to be expected."""
    share: float
    """How probable fewer right answers are, and half of how probable just so many are, 0–1."""
    behind: bool
    """Beyond chance, all strands of the test looked at together."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that a result can say of itself. What can't be told with so few answers is None."""

    level: int
    """The level proposed."""
    fit: PersonFit | None
    allowance: Allowance | None
    """None where no mistake can be accent alone."""
    higher: Change | None
    """None where no change of the answers given would do."""
    lower: Change | None
    answers_alone: int | None
    """The most probable level if every level is taken for equally likely beforehand; None without answers."""
    prior: PriorSource
    """What was known beforehand."""
    strands: tuple[StrandStanding, ...]
    not_asked: tuple[Strand, ...]
    """Strands that the test could have asked at the level proposed or the one below, and did not."""

    @property
    def behind(self) -> tuple[StrandStanding, ...]:
        return tuple(standing for standing in self.strands if standing.behind)
