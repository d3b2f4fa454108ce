"""Each rule by its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.event import Mark
from phonics_app.engine.rules import AUTO_STOP_RULES, SCORING_RULES, auto_stop
from tests.engine.synthetic import plan

W, N, S = Mark.INCORRECT, Mark.NONE, Mark.SELF_CORRECTED
BLOCK = replace(plan().blocks[4], items=tuple("abcdefgh"), line_length=4, auto_stop_count=5)


def test_every_rule_has_the_name_of_the_literature():
    assert set(SCORING_RULES) == {"EGRA-SC"}
    assert set(AUTO_STOP_RULES) == {"EGRA-STOP-N", "EGRA-STOP-LINE1"}


@pytest.mark.parametrize(("mark", "score"), [(N, 1), (S, 1), (W, 0)])
def test_egra_sc(mark, score):
    assert SCORING_RULES["EGRA-SC"](mark) == score


@pytest.mark.parametrize(
    ("marks", "last"),
    [
        ([W, W, W, W, W, N, N, N], 4),
        ([W, W, W, W, N, N, N, N], None),
        ([W, W, S, W, W, W, W, W], None),
        ([N, W, W, W, W, W, W, W], None),
        ([W, W, W, W, W, N, W, N], 6),
    ],
)
def test_egra_stop_n(marks, last):
    assert AUTO_STOP_RULES["EGRA-STOP-N"](BLOCK, marks) == last


@pytest.mark.parametrize(
    ("marks", "last"),
    [
        ([W, W, W, W, N, N, N, N], 3),
        ([W, W, W, N, W, W, W, W], None),
        ([W, W, W, S, N, N, N, N], None),
        ([W, W, W, W, N, W, N, N], 5),
    ],
)
def test_egra_stop_line1(marks, last):
    assert AUTO_STOP_RULES["EGRA-STOP-LINE1"](BLOCK, marks) == last


def test_a_short_block_is_its_own_line_and_never_reaches_a_larger_count():
    short = replace(BLOCK, items=("a", "b", "c"))
    assert AUTO_STOP_RULES["EGRA-STOP-LINE1"](short, [W, W, W]) == 2
    assert AUTO_STOP_RULES["EGRA-STOP-N"](short, [W, W, W]) is None


def test_blocks_without_a_rule_never_stop():
    assert auto_stop(replace(BLOCK, auto_stop=""), [W] * 8) is None
    assert auto_stop(replace(BLOCK, auto_stop="EGRA-STOP-N"), [W] * 8) == 7
