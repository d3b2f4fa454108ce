"""How often the right level can be named at all from so many answers, each of which tells all a Rasch item can."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr

_COSTS = (0.0035, 0.0045, 0.0055, 0.0065, 0.0075, 0.009, 0.012, 0.018)
_MOST = 300
"""Items: no limit that anyone reaches."""
_MOST_TOLD = 0.25
"""Information of a Rasch item for a pupil whose ability is its difficulty."""


class Bound:
    """Share exact that no test can pass, by mean number of items: a dynamic programme that stops optimally."""

    def __init__(self, cuts: Sequence[float], population: float, sd: float) -> None:
        """Ability is normal with deviation `population`; beforehand each pupil's is known but for `sd`."""
        self._mean = np.linspace(-9, 9, 601)
        self._edges = np.array([-np.inf, *cuts, np.inf])
        variance = population**2 - sd**2
        begin = np.exp(-0.5 * np.square(self._mean) / variance) if variance > 0 else 1.0 * (self._mean == 0)
        found = [self._programme(sd, cost, begin / begin.sum()) for cost in _COSTS]
        self._items, self._share = np.array(sorted(found)).T

    def at(self, items: float) -> float:
        return float(np.interp(items, self._items, self._share))

    def _programme(self, sd: float, cost: float, begin: np.ndarray) -> tuple[float, float]:
        """Mean number of items and share exact, where an item costs so much."""
        variance = 1 / (sd**-2 + _MOST_TOLD * np.arange(_MOST + 1))
        worth = share = self._named(variance[-1])
        items = np.zeros_like(worth)
        for now, then in zip(variance[-2::-1], variance[:0:-1], strict=True):
            later = self._later(np.stack([worth, share, items]), np.sqrt(now - then))
            stop = self._named(now)
            ask = later[0] - cost > stop
            worth, share = np.where(ask, later[0] - cost, stop), np.where(ask, later[1], stop)
            items = np.where(ask, later[2] + 1, 0.0)
        return float(begin @ items), float(begin @ share)

    def _later(self, table: np.ndarray, spread: float) -> np.ndarray:
        """Rows of `table` expected where the mean moves by N(0, spread)."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(15)
        reached = (self._mean[:, None] + spread * nodes - self._mean[0]) / (self._mean[1] - self._mean[0])
        left = np.clip(reached.astype(int), 0, len(self._mean) - 2)
        part = np.clip(reached, 0, len(self._mean) - 1) - left
        return (table[:, left] * (1 - part) + table[:, left + 1] * part) @ (weights / weights.sum())

    def _named(self, variance: float) -> np.ndarray:
        return np.diff(ndtr((self._edges - self._mean[:, None]) / np.sqrt(variance)), axis=1).max(axis=1)
