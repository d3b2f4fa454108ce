"""Repeatable random numbers: a function of a sitting's seed and a position, so that replay draws what was drawn live.

32-bit arithmetic alone, so that the player's JavaScript (`Math.imul`) can draw the same.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from phonics_app.engine.ability import Array

_STEP = 0x9E3779B9
"""2³² divided by the golden ratio: successive positions land far apart."""
_WORD = 0xFFFFFFFF


def draw(seed: npt.ArrayLike, position: int) -> Array:
    """Uniform numbers in [0, 1), one for each seed.

    The mixing is MurmurHash3's 32-bit finaliser (Appleby, public domain), once for the seed and once with the position.
    """
    word = _mixed(np.asarray(seed, dtype=np.uint64) & np.uint64(_WORD))
    word = _mixed((word + np.uint64(_STEP * (position + 1) & _WORD)) & np.uint64(_WORD))
    return np.asarray(word / 2.0**32)


def _mixed(word: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        word = ((word ^ (word >> np.uint64(shift))) * np.uint64(factor)) & np.uint64(_WORD)
    return np.asarray(word ^ (word >> np.uint64(16)))
