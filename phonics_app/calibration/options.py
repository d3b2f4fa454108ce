"""Which options pupils chose: each option of each item, by ability of those who chose it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from phonics_app.calibration.left_out import LeftOut
from phonics_app.calibration.responses import Array, Indices

THIRDS = 3


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """`shares`: of the weakest, middle and strongest third of those who chose any option, who chose this one."""

    option: str
    key: bool
    """Most answers with this option were marked as right."""
    n: int
    share: float
    shares: tuple[float, ...]
    point_biserial: float
    """Of choosing it, with the ability that the person's other answers show; NaN where nobody or everybody chose it."""


def option_statistics(
    items: Sequence[str],
    answers: LeftOut,
    chosen: npt.NDArray[np.str_],
    offered: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, tuple[OptionStatistics, ...]]:
    """Item → its options. `chosen`: in the order of `answers`, empty where unknown. `offered`: item → all its
    options; those that nobody chose are otherwise not seen."""
    known = np.flatnonzero(chosen != "")
    if not len(known):
        return {}
    item, ability = answers.item[known], answers.ability[known]
    pairs, code = _pairs(item, chosen[known])
    third = _thirds(item, ability, len(items))
    in_third = np.bincount(item * THIRDS + third, minlength=len(items) * THIRDS).reshape(-1, THIRDS)
    counts = np.bincount(code * THIRDS + third, minlength=len(pairs) * THIRDS).reshape(-1, THIRDS)
    right = np.bincount(code, answers.right[known])
    of_pair = np.array([j for j, _ in pairs])
    r = _point_biserials(item, ability, code, of_pair, len(items))
    found: dict[str, tuple[OptionStatistics, ...]] = {}
    for k, (j, option) in enumerate(pairs):
        n, all_chosen = int(counts[k].sum()), int(in_third[j].sum())
        shares = tuple(float(c / max(t, 1)) for c, t in zip(counts[k], in_third[j], strict=True))
        told = OptionStatistics(option, bool(right[k] * 2 > n), n, n / all_chosen, shares, float(r[k]))
        found[items[j]] = (*found.get(items[j], ()), told)
    for name, all_options in (offered or {}).items():
        seen = {option.option for option in found.get(name, ())}
        if seen:
            never = [OptionStatistics(o, False, 0, 0.0, (0.0,) * THIRDS, np.nan) for o in all_options if o not in seen]
            found[name] = (*found[name], *never)
    return found


def _pairs(item: Indices, chosen: npt.NDArray[np.str_]) -> tuple[list[tuple[int, str]], Indices]:
    """The (item, option) that occur, in order, and of each answer which."""
    options, option = np.unique(chosen, return_inverse=True)
    both, code = np.unique(item * len(options) + option, return_inverse=True)
    return [(int(c) // len(options), str(options[int(c) % len(options)])) for c in both], code


def _thirds(item: Indices, ability: Array, count: int) -> Indices:
    """Of each answer: 0, 1 or 2, by the rank of its person among those who answered the item."""
    order = np.lexsort((ability, item))
    n = np.bincount(item, minlength=count)
    rank = np.empty(len(item), np.intp)
    rank[order] = np.arange(len(item)) - (np.cumsum(n) - n)[item[order]]
    return np.asarray(rank * THIRDS // n[item], dtype=np.intp)


def _point_biserials(item: Indices, ability: Array, code: Indices, of_pair: Indices, count: int) -> Array:
    """r of choosing the option (against any other of the item) with ability."""
    n, k = np.bincount(item, minlength=count)[of_pair], np.bincount(code)
    mean = np.bincount(item, ability, count) / np.maximum(np.bincount(item, minlength=count), 1)
    spread = np.bincount(item, np.square(ability - mean[item]), count)[of_pair]
    together = np.bincount(code, ability - mean[item])
    own = k * (1 - k / n)
    varies = (own > 0) & (spread > 1e-9)
    return np.where(varies, together / np.sqrt(np.where(varies, own * spread, 1.0)), np.nan)
