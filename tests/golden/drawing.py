"""The same drawn sittings for both engines: hypothesis makes them, and nothing is left to chance."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy


def drawn(strategy: SearchStrategy, count: int) -> list:
    """So many examples of it, the same ones each time."""
    made = []

    @given(strategy)
    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def draw(example):
        made.append(example)

    draw()
    return made
