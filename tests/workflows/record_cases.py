"""The lines of `use_cases` that are about pupils' records over the years."""

from __future__ import annotations

from phonics_app.workflows import history, lists
from tests import sites

_SEE = "all own own - - -"

RECORD_CASES = {
    history.pupil_history: (_SEE, lambda p, a, w: history.pupil_history(p, a, w.pupil)),
    lists.page_of_pupils: (_SEE, lambda p, a, w: lists.page_of_pupils(p, a, w.school, sites.YEAR)),
    lists.page_of_attempts: (_SEE, lambda p, a, w: lists.page_of_attempts(p, a, w.school, sites.YEAR)),
}
