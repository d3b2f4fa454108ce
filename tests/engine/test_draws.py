"""Draws are repeatable, uniform, and independent of one another."""

from __future__ import annotations

import numpy as np
import pytest

from phonics_app.engine.draws import draw, draws


def test_a_draw_by_plain_arithmetic():
    """MurmurHash3's finaliser written out with Python's integers."""

    def mixed(word: int) -> int:
        word = ((word ^ word >> 16) * 0x85EBCA6B) % 2**32
        word = ((word ^ word >> 13) * 0xC2B2AE35) % 2**32
        return word ^ word >> 16

    for seed, position in ((0, 0), (7, 3), (2**32 - 1, 59)):
        assert draw(seed, position) == mixed((mixed(seed) + 0x9E3779B9 * (position + 1)) % 2**32) / 2**32


def test_many_draws_are_the_single_ones():
    seeds = [0, 1, 77, 2**31, 2**32 - 1]
    assert draws(seeds, 5).tolist() == [draw(seed, 5) for seed in seeds]


def test_draws_are_uniform_over_seeds_and_over_positions():
    by_seed = draws(np.arange(10_000), 3)
    by_position = np.array([draw(12, n) for n in range(2_000)])
    for numbers in (by_seed, by_position):
        assert ((numbers >= 0) & (numbers < 1)).all()
        share = np.histogram(numbers, 10, (0, 1))[0] / len(numbers)
        assert share == pytest.approx(np.full(10, 0.1), abs=0.03)


def test_next_draws_tell_nothing_of_one_another():
    seeds = np.arange(20_000)
    assert abs(np.corrcoef(draws(seeds, 0), draws(seeds, 1))[0, 1]) < 0.03
    assert abs(np.corrcoef(draws(seeds, 0), draws(seeds + 1, 0))[0, 1]) < 0.03
