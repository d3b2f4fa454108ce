"""The lines of `use_cases` that are about a pupil's screen beside the teacher's device."""

from __future__ import annotations

from contextlib import suppress

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Conflict
from phonics_app.workflows import second_screen
from phonics_app.workflows.context import Phonics

_TEST = "all own - - - -"


def screen_opened(phonics: Phonics, actor: Actor, attempt: str) -> None:
    """The test of the table has ended, which whoever may ask is told."""
    with suppress(Conflict):
        second_screen.open_screen(phonics, actor, attempt)


def screen_shown(phonics: Phonics, actor: Actor, attempt: str) -> None:
    with suppress(Conflict):
        second_screen.show_on_screen(phonics, actor, attempt, None)


SCREEN_CASES = {
    second_screen.open_screen: (_TEST, lambda p, a, w: screen_opened(p, a, w.attempt)),
    second_screen.show_on_screen: (_TEST, lambda p, a, w: screen_shown(p, a, w.attempt)),
}
