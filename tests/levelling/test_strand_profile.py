"""A strand that lags behind is seen, chance is not taken for it, and a single slip is no lag."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonics_app.calibration.worlds import WORLDS
from phonics_app.domain.strand import Strand
from phonics_app.levelling.strand_profile import (
    LEAST_ANSWERS,
    LEAST_LAG,
    LEAST_OTHERS,
    _as_few,
    strand_standings,
    strands_not_asked,
)
from tests.levelling.pupils import answers, lagging, sat

PUPILS = 180
PSEUDO = Strand.PSEUDO_WORD_READING


def test_strands_that_go_together_are_seldom_told_apart(tell):
    told = [any(s.behind for s in strand_standings(a)) for a in answers(sat(WORLDS["model"], 360))]
    tell(f"strands: {np.mean(told):.1%} of 360 simulated pupils alike in all strands are told of a lag")
    assert np.mean(told) <= 0.05


@pytest.mark.parametrize(
    ("strand", "least"), [(PSEUDO, 0.5), (Strand.GRAPHEME_SOUNDS, 0.3), (Strand.PHONEMIC_AWARENESS, 0.3)]
)
def test_a_strand_of_which_little_is_known_is_seen(tell, strand, least):
    """Who reads words by sight and no made-up word is told of it, where made-up words were asked."""
    judged, seen = 0, 0
    for a in answers(sat(lagging(strand, 0.1), PUPILS)):
        standing = next((s for s in strand_standings(a) if s.strand is strand), None)
        judged += standing is not None
        seen += standing is not None and standing.behind
    tell(f"strands: where one item in ten of {strand.value} is known, {seen} of {judged} judged are told (simulated)")
    assert judged > PUPILS / 4
    assert seen >= least * judged


def test_the_strand_that_lags_is_the_one_named():
    named = [s.strand for a in answers(sat(lagging(PSEUDO, 0.1), PUPILS)) for s in strand_standings(a) if s.behind]
    assert named.count(PSEUDO) > 0.9 * len(named)


def test_one_slip_is_no_lag():
    for a in answers(sat(WORLDS["ladder"], PUPILS)):
        assert all(s.expected - s.right >= LEAST_LAG for s in strand_standings(a) if s.behind)


def test_only_strands_with_answers_enough_are_judged():
    for a in answers(sat(WORLDS["model"], PUPILS)):
        asked = [item.strand for item in a.items]
        for s in strand_standings(a):
            assert s.attempted == asked.count(s.strand) >= LEAST_ANSWERS
            assert len(asked) - s.attempted >= LEAST_OTHERS
            assert s.right == sum(r for r, strand in zip(a.right, asked, strict=True) if strand is s.strand)


def test_counts_have_the_chances_that_coins_have():
    right = np.array([[0.5, 0.2], [0.5, 0.9], [0.5, 0.4]])
    assert _as_few(right, 1)[0] == pytest.approx(1 / 8 + 3 / 8 / 2)
    drawn = np.random.default_rng(1).random((100_000, 3)) < right[:, 1]
    counts = drawn.sum(axis=1)
    assert _as_few(right, 1)[1] == pytest.approx(np.mean(counts < 1) + np.mean(counts == 1) / 2, abs=0.01)
    assert _as_few(right, 3)[0] == pytest.approx(1 - 1 / 8 / 2)


def test_what_was_not_asked_is_named():
    a = next(a for a in answers(sat(WORLDS["model"], PUPILS)) if any(i.strand is PSEUDO for i in a.items))
    level = next(i.level for i in a.items if i.strand is PSEUDO)
    assert PSEUDO not in strands_not_asked(a, a.tables, level)
    none = replace(a, items=tuple(i for i in a.items if i.strand is not PSEUDO))
    assert PSEUDO in strands_not_asked(none, a.tables, level)
    assert Strand.COMPREHENSION not in strands_not_asked(none, a.tables, level)
