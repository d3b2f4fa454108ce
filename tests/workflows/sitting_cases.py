"""The lines of `use_cases` that are about classes that take a test by themselves."""

from __future__ import annotations

from contextlib import suppress
from typing import Protocol

from sqlalchemy import select

from phonics_app.domain.account import Actor
from phonics_app.domain.class_sitting import ClassSitting, SeatAction
from phonics_app.domain.errors import Conflict
from phonics_app.domain.grade import Grade
from phonics_app.records.class_sittings import insert_sitting
from phonics_app.records.schema import attempt
from phonics_app.workflows import class_sittings
from phonics_app.workflows.context import Phonics
from tests import sites

GRADE = Grade.P6
_EVERYBODY = "all all all all all all"
_TEST = "all own - - - -"


class Place(Protocol):
    """A school with a pupil, as in `use_cases`."""

    @property
    def school(self) -> str: ...
    @property
    def pupil(self) -> str: ...


def sitting_id_at(place: Place) -> str:
    return f"51{place.pupil.encode().hex()[-30:]:0>30}"


def sitting_made(phonics: Phonics, place: Place) -> None:
    """A class that takes a test by itself, on a plan that nobody looks at."""
    with phonics.store.write() as connection:
        plan = connection.execute(select(attempt.c.plan_hash)).scalars().first()
        here = (place.school, sites.YEAR, GRADE, "1", None, plan, "system", sites.START, "123456", sites.START, False)
        insert_sitting(connection, ClassSitting(sitting_id_at(place), *here), [place.pupil])


def sitting_opened(phonics: Phonics, actor: Actor, place: Place) -> None:
    """Where nothing can be heard, no sitting is opened."""
    with suppress(Conflict):
        class_sittings.open_class_sitting(phonics, actor, place.school, GRADE, "1")


def sounds_prepared(phonics: Phonics, actor: Actor, place: Place) -> None:
    class_sittings.prepare_sounds(phonics, actor, sitting_id_at(place))


SITTING_CASES = {
    class_sittings.sound_of_items: (_EVERYBODY, lambda p, a, w: class_sittings.sound_of_items(p, a)),
    class_sittings.open_class_sitting: (_TEST, sitting_opened),
    class_sittings.level_groups: (_TEST, lambda p, a, w: class_sittings.level_groups(p, a, w.school)),
    class_sittings.prepare_sounds: (_TEST, sounds_prepared),
    class_sittings.list_class_sittings: (_TEST, lambda p, a, w: class_sittings.list_class_sittings(p, a, w.school)),
    class_sittings.sitting_board: (_TEST, lambda p, a, w: class_sittings.sitting_board(p, a, sitting_id_at(w))),
    class_sittings.act_on_seats: (
        _TEST,
        lambda p, a, w: class_sittings.act_on_seats(p, a, sitting_id_at(w), SeatAction.END),
    ),
    class_sittings.change_sitting: (
        _TEST,
        lambda p, a, w: class_sittings.change_sitting(p, a, sitting_id_at(w), ended=True),
    ),
}
