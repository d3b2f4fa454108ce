"""Every use case × every role × own and other school: who is let in, and that a refusal leaves no trace.

A use case that is missing in the table fails the test, so that none is added without its line here.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from contextlib import suppress

import pytest

from phonics_app import workflows
from phonics_app.domain.account import Actor, Grant, Role
from phonics_app.domain.errors import NotAllowed, ProblemsFound
from phonics_app.domain.onet import OnetResult
from phonics_app.domain.school import Classroom, PupilDraft, Sex
from phonics_app.records.pupils import insert_pupils
from phonics_app.records.recordings import insert_recordings
from phonics_app.workflows import onet, schools
from phonics_app.workflows.context import Phonics
from tests import sites
from tests.pages.busy import sit
from tests.speech import packs
from tests.workflows.account_cases import invitation_made
from tests.workflows.record_cases import level_classes_made
from tests.workflows.room_cases import LISTS, OF_ONE_ROOM
from tests.workflows.sitting_cases import sitting_made
from tests.workflows.use_cases import (
    GRADE,
    OTHER,
    OWN,
    ROLES,
    USE_CASES,
    Place,
    bank_changes_made,
    calibration_made,
)
from tests.workflows.without_actor import WITHOUT_ACTOR


def at_which(role: str, place: Place) -> tuple[pytest.MarkDecorator, ...]:
    """On PostgreSQL each use case is called once, by the one who may do everything: a refusal asks no database more."""
    return () if role == "administrator" and place is OWN else (pytest.mark.either,)


CELLS = [
    pytest.param(
        function, role, place, right, id=f"{function.__name__}-{role}-{place.pupil}", marks=at_which(role, place)
    )
    for function, (rights, _call) in USE_CASES.items()
    for role, right in zip(ROLES, rights.split(), strict=True)
    for place in (OWN, OTHER)
]
WITH_ROOMS = [
    pytest.param(function, marks=() if function.__name__ in LISTS else pytest.mark.either) for function in USE_CASES
]
"""Lists are narrowed to one's rooms in the database."""

QUESTIONS_OF_RIGHTS = {"allows", "require", "require_inviting", "rooms_in_view", "schools_in_view", "may_delete"}
"""What the use cases ask before they do something."""
HELPERS = {"hand_out"}
"""What use cases that have checked the right end in."""


def public_functions() -> set[Callable[..., object]]:
    """Of all modules of the room, those that are given an actor, the product or its settings."""
    found = set()
    for info in pkgutil.iter_modules(workflows.__path__):
        module = importlib.import_module(f"{workflows.__name__}.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = inspect.signature(function).parameters
            own = function.__module__ == module.__name__ and not name.startswith("_")
            given = parameters.keys() & {"phonics", "settings", "content_dir", "actor"}
            if own and given and name not in QUESTIONS_OF_RIGHTS | HELPERS:
                found.add(function)
    return found


def test_the_table_knows_every_use_case(tell):
    functions = public_functions()
    with_actor = {f for f in functions if "actor" in inspect.signature(f).parameters}
    assert {f.__name__ for f in with_actor} == {f.__name__ for f in USE_CASES}
    assert {f.__name__ for f in functions - with_actor} == set(WITHOUT_ACTOR)
    tell(f"permissions: {len(USE_CASES)} use cases, {len(CELLS)} cells, {4 * len(USE_CASES)} of teachers of rooms")


@pytest.fixture(scope="module")
def two_schools(own_template, tmp_path_factory):
    """A site where a pupil of each of two schools has a finished test, with its content made."""
    folder = tmp_path_factory.mktemp("two_schools")
    phonics = sites.open_copy(own_template, folder)
    for number, place in enumerate((OWN, OTHER)):
        draft = PupilDraft(str(number), "ด.ช.", "ต้นกล้า", "จำลองกิจ", Sex.MALE, GRADE, "1")
        with phonics.store.write() as connection:
            insert_pupils(connection, place.school, sites.YEAR, [(place.pupil, draft)])
        sit(phonics, place.attempt, place.pupil, 4)
        sitting_made(phonics, place)
        invitation_made(phonics, place.school)
        level_classes_made(phonics, place.school, place.pupil)
        onet.save_onet_result(phonics, sites.PEOPLE.administrator, OnetResult(place.school, 2564, GRADE, 20, 30.0))
    with phonics.store.write() as connection:
        undecided = [
            packs.recording(n, packs.CAT, recorded_by=role, kept_at=None) for n, role in enumerate(ROLES, start=1)
        ]
        insert_recordings(connection, [*undecided, packs.recording(9, packs.CAT)])
    bank_changes_made(phonics)
    calibration_made(phonics)
    assert phonics.content is not phonics.shipped
    phonics.store.close()
    return phonics


@pytest.fixture
def site(two_schools, tmp_path):
    phonics = sites.open_copy(sites.path_of(two_schools), tmp_path, like=two_schools)
    yield phonics
    phonics.store.close()


def stored(phonics: Phonics) -> tuple[str, ...]:
    return sites.dump(phonics.store)


@pytest.fixture(scope="module")
def untouched(two_schools, tmp_path_factory):
    """A copy that nobody changes, since whatever is tried on it is refused, and what is stored there."""
    phonics = sites.open_copy(sites.path_of(two_schools), tmp_path_factory.mktemp("untouched"), like=two_schools)
    yield phonics, stored(phonics)
    phonics.store.close()


@pytest.mark.parametrize(("function", "role", "place", "right"), CELLS)
def test_use_case(request, untouched, function, role, place, right):
    _rights, call = USE_CASES[function]
    actor = getattr(sites.PEOPLE, role)
    if right == "all" or (right == "own" and place is OWN):
        # A preview without rows is let in, and then has nothing to store.
        with suppress(ProblemsFound):
            call(request.getfixturevalue("site"), actor, place)
        return
    site, before = untouched
    with pytest.raises(NotAllowed):
        call(site, actor, place)
    assert stored(site) == before
    assert not (site.settings.data_dir / "backups").exists()


ROOM = Classroom(sites.YEAR, GRADE, "1")
NEXT_ROOM = Classroom(sites.YEAR, GRADE, "2")
ROOM_TEACHER, NEXT_TEACHER = (
    Actor("teacher", "teacher", (Grant(Role.TEACHER, OWN.school, (room,)),)) for room in (ROOM, NEXT_ROOM)
)
"""Of the room of the pupil at the own school, and of the room beside it."""


def right_of(function: Callable[..., object]) -> str:
    """ "all", "room" (his own), "list" (narrowed to his own) or "-"."""
    right = USE_CASES[function][0].split()[ROLES.index("teacher")]
    if right != "own":
        return right
    name = function.__name__
    return "room" if name in OF_ONE_ROOM else "list" if name in LISTS else "-"


def test_the_table_of_rooms_names_use_cases():
    assert {f.__name__ for f in USE_CASES} >= OF_ONE_ROOM | LISTS
    assert not OF_ONE_ROOM & LISTS


@pytest.mark.parametrize("function", WITH_ROOMS, ids=lambda function: function.__name__)
def test_teachers_of_single_rooms(site, function):
    """Each at his own and the other school: let in exactly where the table says, and a refusal leaves no trace."""
    right, call = right_of(function), USE_CASES[function][1]
    before = stored(site)
    people = ((NEXT_TEACHER, OTHER), (ROOM_TEACHER, OTHER), (NEXT_TEACHER, OWN), (ROOM_TEACHER, OWN))
    let_in = {"-": 4, "room": 3, "list": 2, "all": 3}[right]
    for actor, place in people[:let_in] if right != "all" else ():
        with pytest.raises(NotAllowed):
            call(site, actor, place)
    assert stored(site) == before
    for actor, place in people[let_in:]:
        # A preview without rows is let in, and then has nothing to store.
        with suppress(ProblemsFound):
            answer = call(site, actor, place)
            if right == "list":
                assert told(answer) == (told(call(site, sites.PEOPLE.teacher, OWN)) if actor is ROOM_TEACHER else 0)


def told(answer: object) -> int:
    """How much a list says of the pupils of the room."""
    if answer is None or isinstance(answer, int):
        return answer or 0
    if isinstance(answer, bytes):
        return answer.decode().count("ต้นกล้า")
    if isinstance(answer, dict):
        return sum(answer.values())
    return len(answer.rows if hasattr(answer, "rows") else answer)


@pytest.mark.either
@pytest.mark.parametrize("function", USE_CASES, ids=lambda function: function.__name__)
def test_nobody_without_a_role(untouched, function):
    (site, before), nobody = untouched, Actor("nobody", "nobody", ())
    if function is schools.list_schools:
        assert schools.list_schools(site, nobody) == ()
    else:
        with pytest.raises(NotAllowed):
            USE_CASES[function][1](site, nobody, OWN)
    assert stored(site) == before
