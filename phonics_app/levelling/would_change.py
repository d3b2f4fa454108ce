"""What would change the proposal: the fewest answers that decide it, and what was known before the first of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from phonics_app.domain.explanation import Change
from phonics_app.engine.ability import Array, normalise
from phonics_app.levelling.answers import Answers
from phonics_app.levelling.person_fit import expected_of_each


def higher(answers: Answers) -> Change | None:
    """Wrong answers that, had they been right, would have made the level higher."""
    return _change(answers, right=False)


def lower(answers: Answers) -> Change | None:
    """Right answers that, had they been wrong, would have made the level lower."""
    return _change(answers, right=True)


def _change(answers: Answers, *, right: bool) -> Change | None:
    """As few of the answers that were `right` as it takes, and of as many the least surprising ones if they do too."""
    turning = _Turning(answers, right)
    fewest = turning.fewest()
    if fewest is None:
        return None
    likeliest = turning.likeliest(len(fewest))
    chosen = turning.needed(likeliest if turning.moves(turning.after(likeliest)) else fewest)
    level = answers.level(turning.after(chosen))
    return Change(level, tuple(answers.items[k].id for k in sorted(chosen)))


class _Turning:
    """Answers turned to their contrary."""

    def __init__(self, answers: Answers, right: bool) -> None:
        sign = -1 if right else 1
        self._answers = answers
        self._effect = sign * (answers.log_right - answers.log_wrong)
        self._open = np.flatnonzero(answers.right == right).tolist()
        self._surprise = sign * -expected_of_each(answers)
        numbers = np.array([level.number for level in answers.tables.plan.levels])
        self._beyond = (numbers - answers.level(answers.weight)) * sign > 0

    def after(self, turned: Sequence[int]) -> Array:
        """Log posterior with these answers turned."""
        return np.asarray(self._answers.weight + self._effect[list(turned)].sum(axis=0))

    def moves(self, log_weight: Array) -> bool:
        """Whether the most probable level lies beyond the one proposed."""
        shares = self._answers.tables.level_share @ normalise(log_weight)
        return bool(self._beyond[int(np.argmax(shares))])

    def fewest(self) -> list[int] | None:
        """One answer after the other, each time the one that tells most; that is the fewest but for rare cases."""
        turned: list[int] = []
        weight, left = self._answers.weight, list(self._open)
        while left:
            shares = normalise(weight + self._effect[left]) @ self._answers.tables.level_share.T
            best = left.pop(int(np.argmax(shares[:, self._beyond].sum(axis=1) - shares[:, ~self._beyond].max(axis=1))))
            turned.append(best)
            weight = weight + self._effect[best]
            if self.moves(weight):
                return turned
        return None

    def needed(self, turned: Sequence[int]) -> list[int]:
        """Without those that the others do as well without."""
        left = list(turned)
        for k in turned:
            fewer = [other for other in left if other != k]
            if self.moves(self.after(fewer)):
                left = fewer
        return left

    def likeliest(self, count: int) -> list[int]:
        """The wrong answers that were nearest to right, or the right ones that were least expected."""
        return sorted(self._open, key=lambda k: float(self._surprise[k]))[:count]


def answers_alone(answers: Answers) -> int | None:
    """The most probable level if every level is taken for equally likely before the first answer."""
    if not answers.items:
        return None
    share = answers.tables.level_share
    alike = (share / share.sum(axis=1, keepdims=True)).sum(axis=0)
    return answers.level(np.log(alike) + answers.terms.sum(axis=0))
