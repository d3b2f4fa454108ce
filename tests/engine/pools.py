"""Pools of made items for the tests of the item-by-item test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from phonics_app.domain.attempt import Prior, PriorSource
from phonics_app.domain.strand import Strand

CUTS = tuple(0.8 * (k - 3.5) for k in range(8))
"""Nine levels."""
STRANDS = tuple(Strand)[:4]
UNKNOWN = Prior(0.0, 2.0, PriorSource.NONE)


@dataclass(frozen=True)
class MadeItem:
    id: str
    strand: Strand
    slope: float
    difficulty: float
    standard_error: float = 0.0
    guessing: float = 0.0


def rasch_items(count: int, seed: int = 1, strands: Sequence[Strand] = STRANDS) -> list[MadeItem]:
    difficulties = np.random.default_rng(seed).normal(0, 2, count)
    return [MadeItem(f"i{k:05}", strands[k % len(strands)], 1.0, float(b)) for k, b in enumerate(difficulties)]


def mixed_items(count: int, seed: int = 2) -> list[MadeItem]:
    """Slopes, guessing and standard errors differ."""
    random = np.random.default_rng(seed)
    return [
        MadeItem(
            f"m{k:05}",
            STRANDS[k % len(STRANDS)],
            float(random.uniform(0.5, 2)),
            float(random.normal(0, 2)),
            float(random.uniform(0, 0.5)),
            (0.0, 0.25)[k % 2],
        )
        for k in range(count)
    ]
