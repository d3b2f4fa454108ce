"""Rules of administration and scoring, each under the name that the literature and the data files use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from phonics_app.domain.event import Mark
from phonics_app.domain.plan import Block


def score_self_correction_right(mark: Mark) -> int:
    """EGRA-SC: a self-correction counts as correct, and so does an attempted item without a mark."""
    return 0 if mark is Mark.INCORRECT else 1


def _first_all_wrong(marks: Sequence[Mark], count: int) -> int | None:
    """Index of the last item tried if the first `count` items are all wrong, else None."""
    if not 0 < count <= len(marks) or any(mark is not Mark.INCORRECT for mark in marks[:count]):
        return None
    return max(i for i, mark in enumerate(marks) if mark is not Mark.NONE)


def stop_after_count(block: Block, marks: Sequence[Mark]) -> int | None:
    """EGRA-STOP-N: the first `auto_stop_count` items all wrong, none self-corrected."""
    return _first_all_wrong(marks, block.auto_stop_count)


def stop_after_line(block: Block, marks: Sequence[Mark]) -> int | None:
    """EGRA-STOP-LINE1: the whole first line wrong, none self-corrected."""
    return _first_all_wrong(marks, min(block.line_length, len(marks)))


AutoStopRule = Callable[[Block, Sequence[Mark]], int | None]
"""From the marks in the block's order to the index of the last item tried, or None: go on."""

SCORING_RULES: Mapping[str, Callable[[Mark], int]] = {"EGRA-SC": score_self_correction_right}
AUTO_STOP_RULES: Mapping[str, AutoStopRule] = {
    "EGRA-STOP-N": stop_after_count,
    "EGRA-STOP-LINE1": stop_after_line,
}


def auto_stop(block: Block, marks: Sequence[Mark]) -> int | None:
    """Index of the last item tried if the block's own rule stops it now, else None."""
    rule = AUTO_STOP_RULES.get(block.auto_stop)
    return None if rule is None else rule(block, marks)
