"""Repeatable random numbers: a function of a sitting's seed and a position, so that replay draws what was drawn live.

32-bit arithmetic alone, so that the player's JavaScript (`Math.imul`) can draw the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from phonics_app.engine.ability import Array

_STEP = 0x9E3779B9
"""2³² divided by the golden ratio: successive positions land far apart."""
_WORD = 0xFFFFFFFF

Words = Any
"""One or many: an `int` or an array of unsigned 64-bit numbers."""


def draw(seed: int, position: int) -> float:
    """A uniform number in [0, 1).

    The mixing is MurmurHash3's 32-bit finaliser (Appleby, public domain), once for the seed and once with the position.
    """
    return float(_drawn(seed, position) / 2**32)


def draws(seeds: npt.ArrayLike, position: int) -> Array:
    """The same for each of many seeds."""
    return np.asarray(_drawn(np.asarray(seeds, dtype=np.uint64), position) / 2**32)


def _drawn(seed: Words, position: int) -> Words:
    return _mixed(_mixed(seed & _WORD) + (_STEP * (position + 1) & _WORD) & _WORD)


def _mixed(word: Words) -> Words:
    word = (word ^ (word >> 16)) * 0x85EBCA6B & _WORD
    word = (word ^ (word >> 13)) * 0xC2B2AE35 & _WORD
    return word ^ (word >> 16)
