"""The answers of a test laid out for looking at them again: what if one were left out, or had been otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from phonics_app.domain.plan import PlannedItem
from phonics_app.engine.ability import Array, normalise
from phonics_app.engine.decision import scores
from phonics_app.engine.state import NO_REMARK, AttemptState
from phonics_app.engine.tables import PlanTables

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Answers:
    """Every counted answer that says something of ability, in the order of the test: arrays over answers (K) and the
    plan's grid (G)."""

    tables: PlanTables
    items: tuple[PlannedItem, ...]
    right: Flags
    log_prior: Array
    log_right: Array
    """K × G."""
    log_wrong: Array
    noted: tuple[str, ...] = ()
    """Of each answer the `ErrorKind` that the teacher noted, "" where none; empty where nobody noted any."""

    @cached_property
    def unguessed(self) -> Answers:
        """The same, held against pupils alone who guess least: beside guessers nothing that is right looks unusual.

        Not for levels: its grid is a part of the plan's.
        """
        kinds = self.tables.plan.kinds
        least = min(kind.guessing for kind in kinds)
        own = np.repeat([kind.guessing == least for kind in kinds], self.tables.plan.grid.points)
        of_grid = (self.log_prior, self.log_right, self.log_wrong)
        prior, right, wrong = (np.ascontiguousarray(each[..., own]) for each in of_grid)
        return replace(self, log_prior=prior, log_right=right, log_wrong=wrong)

    @cached_property
    def terms(self) -> Array:
        """Log probability of each answer as it was given, K × G."""
        return np.asarray(np.where(self.right[:, None], self.log_right, self.log_wrong))

    @cached_property
    def weight(self) -> Array:
        """Log posterior on the grid, up to a constant."""
        return np.asarray(self.log_prior + self.terms.sum(axis=0))

    def level(self, log_weight: Array) -> int:
        """Number of the most probable level; the lower one of equals."""
        shares = self.tables.level_share @ normalise(log_weight)
        return self.tables.plan.levels[int(np.argmax(shares))].number

    def without(self, left_out: Flags) -> Array:
        """Posterior on the grid from the other answers."""
        return normalise(self.log_prior + self.terms[~left_out].sum(axis=0))


def answers_of(state: AttemptState) -> Answers:
    tables = state.tables
    rows: list[int] = []
    right: list[int] = []
    noted: list[str] = []
    for block in state.counted:
        asked = tables.block_items[tables.block_index[block.block.id]][: block.attempted]
        remarks = block.remarks[: block.attempted] or (NO_REMARK,) * block.attempted
        answers = zip(asked, scores(block), remarks, strict=True)
        telling = [(i, s, remark.error) for i, s, remark in answers if tables.plan.items[i].slope]
        rows += [i for i, _, _ in telling]
        right += [s for _, s, _ in telling]
        noted += [error for _, _, error in telling]
    where = np.array(rows, dtype=np.intp)
    return Answers(
        tables=tables,
        items=tuple(tables.plan.items[i] for i in rows),
        right=np.array(right, dtype=np.bool_),
        log_prior=tables.log_prior(state.spec.prior),
        log_right=tables.log_right[where],
        log_wrong=tables.log_wrong[where],
        noted=tuple(noted),
    )
