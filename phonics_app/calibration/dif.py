"""Items that differ between groups of equal ability (differential item functioning): by skill, and by item where that
can be told.

A group's shift on a bundle of items is the sum of its residuals, against those of everybody else on the same items,
divided by how much that sum grows with a shift of one logit (one step of the likelihood from no shift). The group's
own mean and the items' difficulties count as unknown, abilities as known only up to the posterior. Pupils differ in
single skills, and answers on one skill are then not independent: so standard errors are multiplied by how much more the
sums of single pupils vary than the model says (a dispersion for each skill, from all pupils). Skills found to be
shifted are allowed for before the others are judged again (purification).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import sparse, stats

from phonics_app.calibration.estimation import Calibration
from phonics_app.calibration.residuals import GroupPrior, GroupResiduals, group_residuals
from phonics_app.calibration.responses import Array, Indices

FALSE_DISCOVERIES = 0.05
"""Expected share of shifts claimed that are none (Benjamini & Hochberg 1995)."""
SHIFT_TO_SEE = 0.5
"""Logits; ETS calls differences below .43 negligible (Zwick & Ercikan 1989)."""
_POWER = 0.9
LARGEST_ERROR = SHIFT_TO_SEE / float(stats.norm.ppf(0.975) + stats.norm.ppf(_POWER))
"""With a smaller standard error (.154) a shift of .5 is found in nine of ten cases."""
_FEWEST_PUPILS = 10
"""In a group: below, nothing is tested. Provisional."""
_MOST_ROUNDS = 8
_LEAST_INFORMATION, _NO_ERROR = 1e-6, 100.0
"""Below the one, or above the other, there is nothing to compare with: only this group answered."""


class Verdict(StrEnum):
    SHIFTED = "shifted"
    NONE_SEEN = "none_seen"
    """A shift of half a logit would most likely have been seen."""
    CANNOT_TELL = "cannot_tell"
    """Too few answers."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How much easier (+) or harder (-) than for everybody else of equal ability, in logits.

    `p`, `q` None: not tested, since the answers could not carry it. `q` is p adjusted for all tests of its kind.
    """

    group: str
    bundle: str
    """A skill or an item."""
    effect: float
    standard_error: float
    pupils: int
    p: float | None
    q: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class DifferentialFunctioning:
    """`items`: beyond the shift of their skill; single items that the answers can't carry are left out and counted."""

    skills: tuple[Shift, ...]
    items: tuple[Shift, ...]
    items_not_tested: int


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Persons by school, sex or grade. `code`: of each person of the calibration, an index into `labels`, -1 for none.

    `pupil`: of each person an index too, where a person of the calibration is one of several tests of a pupil; these
    are not independent.
    """

    labels: tuple[str, ...]
    code: Indices
    pupil: Indices | None = None


def differential_functioning(
    calibration: Calibration, grouping: Grouping, skills: Mapping[str, str]
) -> DifferentialFunctioning:
    """`skills`: item → skill; items without one are tested alone. Of two groups the first is told against the other."""
    work = _Work(calibration, grouping)
    names, bundle = _bundles([skills.get(item, "") for item in calibration.responses.items])
    of_skills: tuple[Shift, ...] = ()
    if len(names) > 1:
        of_skills = work.purified(names, bundle)
    every = np.arange(len(calibration.responses.items))
    shifts = work.shifts(calibration.responses.items, every, carried_only=True)
    tested = tuple(shift for shift in shifts if shift.p is not None)
    return DifferentialFunctioning(of_skills, tested, len(shifts) - len(tested))


def adjusted(p: Array) -> Array:
    """Benjamini & Hochberg's q of each p: the smallest false-discovery rate at which it is claimed."""
    order = np.argsort(p)[::-1]
    ranks = np.arange(len(p), 0, -1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(np.minimum(p[order] * len(p) / ranks, 1.0))
    return q


def _bundles(labels: Sequence[str]) -> tuple[tuple[str, ...], Indices]:
    names = sorted(set(labels) - {""})
    place = {name: k for k, name in enumerate(names)}
    return tuple(names), np.array([place.get(label, -1) for label in labels])


class _Work:
    """Groups that have persons, what is known of them, and the shifts allowed for so far."""

    def __init__(self, calibration: Calibration, grouping: Grouping) -> None:
        self.calibration = calibration
        members = [np.flatnonzero(grouping.code == g) for g in range(len(grouping.labels))]
        self.groups = [(label, own) for label, own in zip(grouping.labels, members, strict=True) if len(own)]
        counted = np.concatenate([own for _, own in self.groups])
        every = np.arange(len(grouping.code)) if grouping.pupil is None else grouping.pupil
        _, self.pupil = np.unique(every[counted], return_inverse=True)
        self.priors = [GroupPrior() for _ in self.groups]
        self.shift = np.zeros((len(self.groups), len(calibration.responses.items)))

    def purified(self, names: Sequence[str], bundle: Indices) -> tuple[Shift, ...]:
        """The shifts of all bundles; the clearest are allowed for, one of each group and bundle at a time."""
        freed = np.zeros((len(self.groups), len(names)))
        shifts = self.shifts(names, bundle, freed)
        for _ in range(_MOST_ROUNDS):
            chosen = self._clearest(shifts, freed, names)
            if not chosen:
                break
            for g, s, effect in chosen:
                freed[g, s] = effect
                self._allow(g, bundle == s, effect)
            shifts = self.shifts(names, bundle, freed)
        return shifts

    def _clearest(self, shifts: Sequence[Shift], freed: Array, names: Sequence[str]) -> list[tuple[int, int, float]]:
        place = {label: g for g, (label, _) in enumerate(self.groups)}
        claimed = [shift for shift in shifts if shift.verdict is Verdict.SHIFTED]
        found: list[tuple[int, int, float]] = []
        for shift in sorted(claimed, key=lambda s: -abs(s.effect / s.standard_error)):
            g, s = place[shift.group], names.index(shift.bundle)
            # With half of its skills shifted nobody can say which half: a group's ability rests on the rest.
            room = np.count_nonzero(freed[g]) + 1 <= len(names) / 2
            if not freed[g, s] and room and all(g != h and s != t for h, t, _ in found):
                found.append((g, s, shift.effect))
        return found

    def _allow(self, group: int, items: Array, effect: float) -> None:
        """Difficulties lie between the group's and everybody else's: both sides move."""
        share = self.shares[group] * items
        self.shift -= effect * share
        self.shift[group] += effect * items

    def shifts(
        self, names: Sequence[str], bundle: Indices, freed: Array | None = None, carried_only: bool = False
    ) -> tuple[Shift, ...]:
        """Of every group and bundle, tested together. `freed`: what the shifts allowed for amount to already."""
        found = self._residuals(bundle)
        information = np.stack([one.information for one in found])
        self.shares = information / np.maximum(information.sum(axis=0), _LEAST_INFORMATION)
        table, bundles = _Table(found, self.pupil), _membership(bundle, len(names))
        contrasts = [table.contrast(g, self.shares[g], bundles) for g in range(len(found))]
        growth = np.stack([contrast.growth for contrast in contrasts])
        spread = np.stack([contrast.spread for contrast in contrasts])
        dispersion = spread.sum(axis=0) / growth.sum(axis=0)
        effect = np.stack([contrast.total for contrast in contrasts]) / growth + (0 if freed is None else freed)
        several = len(found) if len(found) > 2 else len(found) - 1
        rows = [
            _Row(
                self.groups[g][0],
                name,
                float(effect[g, s]),
                float(np.sqrt(dispersion[s] / growth[g, s])),
                float(1 / np.sqrt(growth[g, s])),
                int(contrasts[g].pupils[s]),
            )
            for g in range(several)
            for s, name in enumerate(names)
        ]
        return _judged(rows, table.pupils - len(found), carried_only)

    def _residuals(self, bundle: Indices) -> list[GroupResiduals]:
        return [
            group_residuals(self.calibration, own, shift, bundle, prior)
            for (_, own), shift, prior in zip(self.groups, self.shift, self.priors, strict=True)
        ]


@dataclass(frozen=True, slots=True, eq=False)
class _Contrast:
    """Of each bundle: the sum of residuals, its spread as the pupils show it, how much it grows with a shift of one
    logit (which is its spread by the model), and pupils."""

    total: Array
    spread: Array
    growth: Array
    pupils: Indices


class _Table:
    """Residuals of all groups. Whatever is counted over pupils stays sparse, or single items would fill the memory."""

    def __init__(self, found: Sequence[GroupResiduals], pupil: Indices) -> None:
        self.found, self.pupils = found, int(pupil.max()) + 1
        ends = np.cumsum([len(one.persons) for one in found])
        parts = np.split(pupil, ends[:-1])
        ones = [sparse.csr_matrix((np.ones(len(k)), (k, np.arange(len(k)))), (self.pupils, len(k))) for k in parts]
        self.residual = [own @ one.residual for own, one in zip(ones, found, strict=True)]
        self.together = sum(self.residual[1:], self.residual[0])
        sums = [(own @ one.mean_score, own.sum(axis=1).A1) for own, one in zip(ones, found, strict=True)]
        self.moments = np.stack([column for columns in zip(*sums, strict=True) for column in columns], axis=1)
        """Pupils × twice the groups: sums of the derivative by each group's mean, and persons of each group."""

    def contrast(self, group: int, share: Array, bundles: sparse.csr_matrix) -> _Contrast:
        """The group's residuals against everybody else's on the same items, each item's difficulty being unknown."""
        own, others = _scaled(1 - share, bundles), _scaled(-share, bundles)
        sides = [own if h == group else others for h in range(len(self.found))]
        pairs = list(zip(self.found, sides, strict=True))
        slopes = np.stack([side.T @ one.with_mean / _information(one) for one, side in pairs])
        sums = np.stack([(one.residual @ side).sum(axis=0).A1 for one, side in pairs])
        totals = sums - np.array([one.mean_score.sum() for one in self.found])[:, None] * slopes
        sizes = np.array([len(one.persons) for one in self.found])
        allowed = np.concatenate([slopes, totals / sizes[:, None]])
        products = self.residual[group] @ bundles - self.together @ _scaled(share, bundles)
        return _Contrast(
            totals.sum(axis=0),
            self._spread(products, allowed),
            self._growth(group, share, bundles),
            np.asarray((abs(self.residual[group]) @ bundles > 0).sum(axis=0)).ravel(),
        )

    def _spread(self, products: sparse.csr_matrix, allowed: Array) -> Array:
        """Sum over pupils of the squares of `products` less what is `allowed` for by their moments."""
        square = products.multiply(products).sum(axis=0).A1
        crossed = (products.T @ self.moments * allowed.T).sum(axis=1)
        of_moments = (allowed * (self.moments.T @ self.moments @ allowed)).sum(axis=0)
        freedom = self.pupils / max(self.pupils - len(self.found), 1)
        return np.asarray((square - 2 * crossed + of_moments) * freedom)

    def _growth(self, group: int, share: Array, bundles: sparse.csr_matrix) -> Array:
        one, others = self.found[group], _scaled(1 - share, bundles)
        known = others.T @ one.information
        alone = known / np.maximum(bundles.T @ one.information, _LEAST_INFORMATION)
        taken = (others.T @ one.with_mean) * (bundles.T @ one.with_mean) / _information(one)
        return np.asarray(np.maximum(known - alone * one.lost - taken, _LEAST_INFORMATION))


def _information(one: GroupResiduals) -> float:
    return max(one.mean_information, _LEAST_INFORMATION)


def _membership(bundle: Indices, count: int) -> sparse.csr_matrix:
    """Items × bundles."""
    items = np.flatnonzero(bundle >= 0)
    return sparse.csr_matrix((np.ones(len(items)), (items, bundle[items])), shape=(len(bundle), count))


def _scaled(weight: Array, bundles: sparse.csr_matrix) -> sparse.csr_matrix:
    return sparse.diags(weight) @ bundles


@dataclass(frozen=True, slots=True)
class _Row:
    group: str
    bundle: str
    effect: float
    error: float
    error_by_model: float
    pupils: int

    @property
    def carried(self) -> bool:
        """By the model alone: what is tested must not depend on how the answers came out."""
        return self.error_by_model <= LARGEST_ERROR


def _judged(rows: Sequence[_Row], freedom: int, carried_only: bool) -> tuple[Shift, ...]:
    tested = [
        row.pupils >= _FEWEST_PUPILS and row.error_by_model < _NO_ERROR and (row.carried or not carried_only)
        for row in rows
    ]
    z = np.array([row.effect / row.error for row, test in zip(rows, tested, strict=True) if test])
    p = 2 * stats.t.sf(np.abs(z), max(freedom, 1))
    pq = iter(zip(p.tolist(), adjusted(p).tolist(), strict=True))
    return tuple(_shift(row, *next(pq)) if test else _untested(row) for row, test in zip(rows, tested, strict=True))


def _shift(row: _Row, p: float, q: float) -> Shift:
    seen = Verdict.NONE_SEEN if row.error <= LARGEST_ERROR else Verdict.CANNOT_TELL
    verdict = Verdict.SHIFTED if q <= FALSE_DISCOVERIES else seen
    return Shift(row.group, row.bundle, row.effect, row.error, row.pupils, p, q, verdict)


def _untested(row: _Row) -> Shift:
    return Shift(row.group, row.bundle, row.effect, row.error, row.pupils, None, None, Verdict.CANNOT_TELL)
