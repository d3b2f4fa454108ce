"""The lines of `use_cases` that are about pupils' records over the years."""

from __future__ import annotations

from contextlib import suppress

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Conflict, NotFound
from phonics_app.domain.year_turn import TurnChoice, TurnPreview
from phonics_app.workflows import history, lists, year_turn
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat
from tests import sites

_EDIT = "all own - - - -"
_SEE = "all own own - - -"


def shown_turn(school: str) -> TurnPreview:
    return TurnPreview(school, sites.YEAR, TurnChoice(), {}, (), ())


def turn_stored(phonics: Phonics, actor: Actor, school: str) -> None:
    """Nobody was there in the year before, so there is nothing to store."""
    with suppress(Conflict):
        year_turn.commit_year_turn(phonics, actor, shown_turn(school))


def turn_undone(phonics: Phonics, actor: Actor, school: str) -> None:
    with suppress(NotFound):
        year_turn.undo_year_turn(phonics, actor, school)


RECORD_CASES = {
    year_turn.preview_year_turn: (_EDIT, lambda p, a, w: year_turn.preview_year_turn(p, a, w.school, sites.YEAR)),
    year_turn.commit_year_turn: (_EDIT, lambda p, a, w: turn_stored(p, a, w.school)),
    year_turn.last_year_turn: (_EDIT, lambda p, a, w: year_turn.last_year_turn(p, a, w.school)),
    year_turn.undo_year_turn: (_EDIT, lambda p, a, w: turn_undone(p, a, w.school)),
    year_turn.export_year_turn: (
        _EDIT,
        lambda p, a, w: year_turn.export_year_turn(p, a, shown_turn(w.school), format=ExportFormat.CSV, language="th"),
    ),
    history.pupil_history: (_SEE, lambda p, a, w: history.pupil_history(p, a, w.pupil)),
    lists.page_of_pupils: (_SEE, lambda p, a, w: lists.page_of_pupils(p, a, w.school, sites.YEAR)),
    lists.page_of_attempts: (_SEE, lambda p, a, w: lists.page_of_attempts(p, a, w.school, sites.YEAR)),
}
