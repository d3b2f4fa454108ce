"""The lines of `use_cases` that are about pupils' records over the years."""

from __future__ import annotations

from contextlib import suppress

from phonics_app.domain.account import Actor
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Conflict, NotFound
from phonics_app.domain.level_class import LevelClass
from phonics_app.domain.year_turn import TurnChoice, TurnPreview
from phonics_app.records.level_classes import insert_class
from phonics_app.records.past import Change
from phonics_app.workflows import history, level_classes, lists, year_turn
from phonics_app.workflows.context import Phonics
from tests import sites
from tests.workflows.formats import CSV

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


def level_classes_made(phonics: Phonics, school: str, pupil: str) -> None:
    """With the pupil of the table in it."""
    change = Change(sites.START, "system")
    made = LevelClass(
        level_class_id(school), school, Round.at(sites.START), 4, "4.1", "", "", sites.START.date(), None, 1
    )
    with phonics.store.write() as connection:
        insert_class(connection, made, [pupil], change)


def level_class_id(school: str) -> str:
    return f"1c{school[2:]}"


RECORD_CASES = {
    level_classes.propose_level_classes: (
        _EDIT,
        lambda p, a, w: level_classes.propose_level_classes(p, a, w.school),
    ),
    level_classes.confirm_level_classes: (
        _EDIT,
        lambda p, a, w: level_classes.confirm_level_classes(
            p, a, w.school, [level_classes.DraftClass(4, "x", (w.pupil,))]
        ),
    ),
    level_classes.list_level_classes: (_SEE, lambda p, a, w: level_classes.list_level_classes(p, a, w.school)),
    level_classes.level_class_page: (
        _SEE,
        lambda p, a, w: level_classes.level_class_page(p, a, level_class_id(w.school)),
    ),
    level_classes.change_level_class: (
        _EDIT,
        lambda p, a, w: level_classes.change_level_class(
            p, a, level_class_id(w.school), name="x", teacher="y", room="z"
        ),
    ),
    level_classes.move_level_member: (
        _EDIT,
        lambda p, a, w: level_classes.move_level_member(p, a, w.pupil, level_class_id(w.school)),
    ),
    level_classes.export_level_class: (
        _SEE,
        lambda p, a, w: level_classes.export_level_class(p, a, level_class_id(w.school), **CSV),
    ),
    year_turn.preview_year_turn: (_EDIT, lambda p, a, w: year_turn.preview_year_turn(p, a, w.school, sites.YEAR)),
    year_turn.commit_year_turn: (_EDIT, lambda p, a, w: turn_stored(p, a, w.school)),
    year_turn.last_year_turn: (_EDIT, lambda p, a, w: year_turn.last_year_turn(p, a, w.school)),
    year_turn.undo_year_turn: (_EDIT, lambda p, a, w: turn_undone(p, a, w.school)),
    year_turn.export_year_turn: (
        _EDIT,
        lambda p, a, w: year_turn.export_year_turn(p, a, shown_turn(w.school), **CSV),
    ),
    history.pupil_history: (_SEE, lambda p, a, w: history.pupil_history(p, a, w.pupil)),
    lists.page_of_pupils: (_SEE, lambda p, a, w: lists.page_of_pupils(p, a, w.school, sites.YEAR)),
    lists.page_of_attempts: (_SEE, lambda p, a, w: lists.page_of_attempts(p, a, w.school, sites.YEAR)),
}
