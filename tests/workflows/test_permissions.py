"""The table of rights, cell by cell, at one's own school and at another."""

from __future__ import annotations

import pytest

from phonics_app.domain.account import SYSTEM, Actor, Grant, Role
from phonics_app.domain.errors import NotAllowed
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom
from phonics_app.workflows.permissions import ACTIONS_OF_NO_SCHOOL, Action, allows, require, rooms_in_view

# own = at the school of the grant, all = at every school, - = nowhere. Columns: administrator, teacher, director,
# trainer, municipal director, auditor.
TABLE = {
    Action.MANAGE_SITE: "all - - - - -",
    Action.INVITE_TEACHERS: "all - own - - -",
    Action.EDIT_ROSTER: "all own - - - -",
    Action.SEE_PUPILS: "all own own - - -",
    Action.GIVE_TESTS: "all own - - - -",
    Action.DECIDE_PLACEMENT: "all own - - - -",
    Action.SEE_DASHBOARD: "all - own - all -",
    Action.SEE_ALL_SCHOOLS: "all - - - all -",
    Action.SEE_NETWORK: "all - - all all -",
    Action.EDIT_ONET: "all - own - all -",
    Action.SEE_RUBRICS: "all all all all all all",
    Action.ANALYSE_TEXTS: "all all all all all all",
    Action.HEAR_AUDIO: "all all all all all all",
    Action.RECORD_AUDIO: "all all - all - -",
    Action.IMPORT_VOICE_PACK: "all - - all - -",
    Action.SEE_BANK: "all all all all all all",
    Action.PROPOSE_ITEMS: "all all - all - -",
    Action.REVIEW_ITEMS: "all all - all - -",
    Action.RETIRE_ITEMS: "all - - all - -",
    Action.GIVE_OWN_DATA: "all - own - - -",
    Action.MERGE_PUPILS: "all - own - - -",
    Action.TRANSFER_PUPILS: "all - own - - -",
    Action.ERASE_PUPILS: "all - - - - -",
    Action.EXPORT_RESEARCH: "all - - - - -",
    Action.SEE_AUDIT: "all - - - - all",
}
ROLES = (Role.ADMINISTRATOR, Role.TEACHER, Role.DIRECTOR, Role.TRAINER, Role.MUNICIPAL_DIRECTOR, Role.AUDITOR)
CELLS = [
    (role, action, right) for action, line in TABLE.items() for role, right in zip(ROLES, line.split(), strict=True)
]


def actor(role: Role) -> Actor:
    return Actor("a", "a", (Grant(role, "own" if role in (Role.TEACHER, Role.DIRECTOR) else None),))


def permitted(who: Actor, action: Action, school_id: str | None) -> bool:
    try:
        require(who, action, school_id)
    except NotAllowed:
        return False
    return True


def test_the_table_is_complete():
    assert set(TABLE) == set(Action)
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize(("role", "action", "right"), CELLS)
def test_at_the_own_and_at_another_school(role, action, right):
    who = actor(role)
    if action in ACTIONS_OF_NO_SCHOOL:
        assert permitted(who, action, None) is (right == "all")
        return
    assert permitted(who, action, "own") is (right in ("own", "all"))
    assert permitted(who, action, "other") is (right == "all")
    assert allows(who, action, "own") is (right in ("own", "all"))
    assert allows(who, action, "other") is (right == "all")


@pytest.mark.parametrize(("role", "action", "right"), CELLS)
def test_without_a_school(role, action, right):
    who = actor(role)
    assert permitted(who, action, None) is (right == "all")
    assert allows(who, action) is (right != "-")


def test_rights_of_several_grants_add_up():
    both = Actor("a", "a", (Grant(Role.TEACHER, "one"), Grant(Role.DIRECTOR, "two")))
    assert permitted(both, Action.EDIT_ROSTER, "one")
    assert not permitted(both, Action.EDIT_ROSTER, "two")
    assert permitted(both, Action.SEE_DASHBOARD, "two")
    assert not permitted(both, Action.SEE_DASHBOARD, "one")


ROOM, NEXT, LAST_YEAR = (Classroom(2569, Grade.P3, "2"), Classroom(2569, Grade.P3, "1"), Classroom(2568, Grade.P3, "2"))
OF_ROOM = Actor("a", "a", (Grant(Role.TEACHER, "own", (ROOM,)),))


def permitted_in(who: Actor, action: Action, school_id: str | None, classroom: Classroom | None) -> bool:
    try:
        require(who, action, school_id, classroom=classroom)
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize(("action", "line"), TABLE.items())
def test_a_teacher_of_single_rooms(action, line):
    """May do there what a teacher may; a forgotten room refuses, and so does that of another year or school."""
    right = line.split()[ROLES.index(Role.TEACHER)]
    if action in ACTIONS_OF_NO_SCHOOL:
        assert permitted(OF_ROOM, action, None) is (right == "all")
        return
    assert permitted_in(OF_ROOM, action, "own", ROOM) is (right == "own")
    for school, classroom in (("own", None), ("own", NEXT), ("own", LAST_YEAR), ("other", ROOM), (None, ROOM)):
        assert not permitted_in(OF_ROOM, action, school, classroom)
    assert allows(OF_ROOM, action, "own") is (right == "own")
    assert not allows(OF_ROOM, action, "own", NEXT)
    assert not allows(OF_ROOM, action, "own", whole_school=True)
    assert not allows(OF_ROOM, action, whole_school=True)


def test_an_empty_set_of_rooms_opens_nothing():
    nowhere = Actor("a", "a", (Grant(Role.TEACHER, "own", ()),))
    assert not permitted_in(nowhere, Action.SEE_PUPILS, "own", ROOM)
    assert rooms_in_view(nowhere, Action.SEE_PUPILS, "own") == ()


def test_a_list_is_narrowed_to_the_rooms_of_all_grants_or_not_at_all():
    two = Actor("a", "a", (*OF_ROOM.grants, Grant(Role.TEACHER, "own", (NEXT, ROOM)), Grant(Role.TEACHER, "other")))
    assert rooms_in_view(two, Action.SEE_PUPILS, "own") == (ROOM, NEXT)
    assert rooms_in_view(two, Action.SEE_PUPILS, "other") is None
    assert rooms_in_view(SYSTEM, Action.SEE_PUPILS, "own") is None
    with pytest.raises(NotAllowed):
        rooms_in_view(two, Action.SEE_PUPILS, "third")
    with pytest.raises(NotAllowed):
        rooms_in_view(two, Action.SEE_DASHBOARD, "own")


def test_nobody_may_do_anything():
    assert not any(permitted(Actor("a", "a", ()), action, school) for action in Action for school in (None, "one"))


def test_the_command_line_acts_as_administrator():
    assert all(permitted(SYSTEM, action, None) for action in Action)
