"""Level cuts: the mastery criterion as an ability."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.bank import Difficulty, DifficultySource
from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.strand import Strand
from phonics_app.engine.cuts import expected_score, level_cuts, mastery_cut
from tests.engine.synthetic import items

WORDS = {n: items(n, Strand.WORD_READING) for n in (1, 2, 3)}


def harder(item, by: float):
    value = Difficulty(item.difficulty.value + by, item.difficulty.standard_error, DifficultySource.EXPERT)
    return replace(item, difficulty=value)


@pytest.mark.parametrize("mastery", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("slope", [1.0, 4.0])
def test_at_the_cut_the_expected_score_is_the_criterion(slope, mastery):
    cut = mastery_cut(WORDS[2], slope, mastery)
    assert expected_score(WORDS[2], slope, cut) == pytest.approx(mastery, abs=1e-5)


def test_guessing_lowers_the_cut():
    guessed = [replace(i, guessing=0.25) for i in WORDS[2]]
    assert mastery_cut(guessed, 2.0, 0.8) < mastery_cut(WORDS[2], 2.0, 0.8)


def test_cuts_rise_with_the_levels():
    cuts = level_cuts(WORDS, 2.0, 0.8)
    assert list(cuts) == [1, 2, 3]
    assert cuts[1] < cuts[2] < cuts[3]


def test_cuts_that_do_not_rise_name_both_levels():
    with pytest.raises(ProblemsFound) as caught:
        level_cuts({**WORDS, 3: [harder(i, -3) for i in WORDS[3]]}, 2.0, 0.8)
    (problem,) = caught.value.problems
    assert problem.code == "engine.cuts_not_increasing"
    assert problem.value.startswith("3: ")
    assert problem.expected.startswith("2: ")


def test_levels_without_items_are_named():
    with pytest.raises(ProblemsFound) as caught:
        level_cuts({**WORDS, 4: [], 5: []}, 2.0, 0.8)
    assert [(p.code, p.value) for p in caught.value.problems] == [
        ("engine.level_empty", "4"),
        ("engine.level_empty", "5"),
    ]
