"""What is due, and the order of rooms and numbers."""

import pytest

from phonics_app.domain.calendar import Round
from phonics_app.progress.class_page import Due, due_of

NOW = Round(2569, 1)


@pytest.mark.parametrize(
    ("opened", "last", "decided", "year", "due"),
    [
        (True, None, False, 2569, Due.RESUME_TEST),
        (True, NOW, False, 2569, Due.RESUME_TEST),
        (False, NOW, False, 2569, Due.DECIDE),
        (False, NOW.previous, False, 2569, Due.DECIDE),
        (False, None, False, 2569, Due.FIRST_TEST),
        (False, NOW.previous, True, 2569, Due.TEST_THIS_ROUND),
        (False, NOW, True, 2569, Due.NOTHING),
        (False, None, False, 2568, Due.NOTHING),
        (False, NOW.previous, True, 2568, Due.NOTHING),
        (False, NOW.previous, False, 2568, Due.DECIDE),
        (False, None, False, 2570, Due.FIRST_TEST),
    ],
)
def test_due(opened, last, decided, year, due):
    assert due_of(opened=opened, last_round=last, decided=decided, current_round=NOW, year=year) is due
