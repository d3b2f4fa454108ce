"""Marks given while the server is killed again and again: not one is missing, doubled or out of its order.

The whole of it, five times 500 marks and ten kills, is `python -m benchmarks.chaos`.
"""

from __future__ import annotations

import pytest

from tests.browser.chaos import Chaos
from tests.browser.school import PUPILS

pytestmark = pytest.mark.browser


def test_a_server_that_is_killed_at_random_loses_nothing(school_server, make_context, sign_in, tell):
    page = make_context(school_server).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    sign_in(page, "teacher")
    outcome = Chaos(page, school_server, tuple(pupil.id for pupil in PUPILS), seed=1, taps=150, kills=4).run()
    assert (outcome.taps, outcome.kills) == (150, 4)
    assert outcome.whole, outcome
    assert outcome.taps_while_down
    tell(f"chaos: {outcome.taps} marks, {outcome.kills} kills, {outcome.stored} stored, {outcome.events} events")
