"""Classes by level: proposed, confirmed, changed; and what was before is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import Conflict, NotAllowed, NotFound, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.level_class import in_groups
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.workflows import assess, history, level_classes, roster
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.level_classes import DraftClass
from tests.pages.busy import sit
from tests.sites import SCHOOLS, YEAR

SCHOOL = SCHOOLS[0].id
DRAFT = PupilDraft("1", "ด.ญ.", "ใบบัว", "สุขดอย", Sex.FEMALE, Grade.P2, "1")


def placed(phonics, people, n, level, reason="อ่านได้ดีในชั้น", grade=Grade.P2):
    """A pupil with number n who is taught at that level."""
    draft = replace(DRAFT, number=str(n), first_name=f"ชื่อ{n}", grade=grade)
    pupil = roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, draft)
    sit(phonics, f"{n:032x}", pupil.id, 4)
    assess.decide_placement(phonics, people.teacher, f"{n:032x}", level, reason)
    return pupil.id


@pytest.fixture
def school(phonics, people):
    """Three pupils at level 4, two at 5, one without a level."""
    ids = [placed(phonics, people, n, level) for n, level in enumerate((4, 4, 4, 5, 5), start=1)]
    ids.append(roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, replace(DRAFT, number="6")).id)
    return ids


def formed(phonics, people, most=2):
    proposal = level_classes.propose_level_classes(phonics, people.teacher, SCHOOL, most)
    return level_classes.confirm_level_classes(phonics, people.teacher, SCHOOL, proposal.classes)


def members(phonics, one):
    return [member.pupil.id for member in level_classes.level_class_page(phonics, SYSTEM, one.id).members]


@given(st.lists(st.uuids(), unique=True, max_size=80), st.integers(1, 40))
def test_groups_are_as_few_and_as_even_as_can_be(ids, most):
    pupils = [str(one) for one in ids]
    groups = in_groups(pupils, most)
    assert [pupil for group in groups for pupil in group] == pupils
    sizes = [len(group) for group in groups]
    assert max(sizes, default=0) <= most
    assert max(sizes, default=0) - min(sizes, default=0) <= 1
    assert len(groups) == -(-len(pupils) // most)


def test_a_proposal_stores_nothing(phonics, people, school):
    proposal = level_classes.propose_level_classes(phonics, people.teacher, SCHOOL, 2)
    assert [(c.level, c.name, c.pupil_ids) for c in proposal.classes] == [
        (4, "4.1", tuple(school[:2])),
        (4, "4.2", (school[2],)),
        (5, "5.1", tuple(school[3:5])),
    ]
    assert [pupil.id for pupil in proposal.unplaced] == [school[5]]
    assert level_classes.list_level_classes(phonics, people.director, SCHOOL) == ()


def test_what_is_confirmed_is_what_was_proposed(phonics, people, school):
    classes = formed(phonics, people)
    assert [(c.name, c.level, c.size, c.since) for c in classes] == [
        ("4.1", 4, 2, date(2026, 6, 15)),
        ("4.2", 4, 1, date(2026, 6, 15)),
        ("5.1", 5, 2, date(2026, 6, 15)),
    ]
    assert members(phonics, classes[0]) == school[:2]


def test_a_promoted_pupil_moves_and_both_classes_are_remembered(phonics, people, school, clock):
    first, _, third = formed(phonics, people)
    level_classes.change_level_class(phonics, people.teacher, first.id, name="4.1", teacher="ครูสมศรี", room="A")
    clock.advance(days=30)
    sit(phonics, f"{50:032x}", school[0], 5)
    assess.decide_placement(phonics, people.teacher, f"{50:032x}", 5, "อ่านได้ดีในชั้น")
    shown = level_classes.level_class_page(phonics, people.teacher, first.id)
    assert [member.level for member in shown.members] == [5, 4]
    level_classes.change_level_class(phonics, people.teacher, first.id, name="4.1", teacher="ครูวิชัย", room="A")
    level_classes.move_level_member(phonics, people.teacher, school[0], third.id)
    assert members(phonics, first) == [school[1]]
    assert members(phonics, third) == [school[0], *school[3:5]]
    taught = history.pupil_history(phonics, people.teacher, school[0]).taught
    assert [(t.class_name, t.teacher, t.since, t.until) for t in taught] == [
        ("5.1", "", date(2026, 7, 15), None),
        ("4.1", "ครูสมศรี", date(2026, 6, 15), date(2026, 7, 15)),
    ]
    stayed = history.pupil_history(phonics, people.teacher, school[1]).taught
    assert [(t.teacher, t.until) for t in stayed] == [("ครูวิชัย", None), ("ครูสมศรี", date(2026, 7, 15))]


def test_forming_anew_ends_what_was(phonics, people, school, clock):
    before = formed(phonics, people)
    clock.advance(days=10)
    after = formed(phonics, people, most=25)
    assert [c.size for c in after] == [3, 2]
    assert {c.id for c in before}.isdisjoint(c.id for c in after)
    assert [(t.class_name, t.until) for t in history.pupil_history(phonics, people.teacher, school[0]).taught] == [
        ("4.1", None),
        ("4.1", date(2026, 6, 25)),
    ]
    with pytest.raises(Conflict, match=r"level_class\.over"):
        level_classes.move_level_member(phonics, people.teacher, school[0], before[0].id)


def test_all_problems_at_once_and_nothing_stored(phonics, people, school):
    drafts = [
        DraftClass(4, "A", (school[0], "f" * 32)),
        DraftClass(99, "A", (school[0],)),
        DraftClass(4, " ", (school[1],)),
    ]
    with pytest.raises(ProblemsFound) as caught:
        level_classes.confirm_level_classes(phonics, people.teacher, SCHOOL, drafts)
    assert {problem.code for problem in caught.value.problems} == {
        "level_class.name_twice",
        "level_class.name_empty",
        "level_class.pupil_twice",
        "level_class.pupil_unknown",
        "attempt.level_unknown",
    }
    assert level_classes.list_level_classes(phonics, people.teacher, SCHOOL) == ()
    with pytest.raises(ProblemsFound):
        level_classes.confirm_level_classes(phonics, people.teacher, SCHOOL, [])


def test_whoever_leaves_the_school_leaves_his_level_class(phonics, people, school, clock):
    first = formed(phonics, people)[0]
    clock.advance(days=1)
    roster.set_archived(phonics, people.teacher, school[0], True)
    roster.move_pupil(phonics, people.administrator, school[1], SCHOOLS[1].id)
    assert level_classes.list_level_classes(phonics, people.teacher, SCHOOL)[0].size == 0
    assert members(phonics, first) == []
    taught = history.pupil_history(phonics, people.other_teacher, school[1]).taught
    assert [t.until for t in taught] == [date(2026, 6, 16)]


def test_no_pupil_of_another_school(phonics, people, school):
    first = formed(phonics, people)[0]
    roster.move_pupil(phonics, people.administrator, school[4], SCHOOLS[1].id)
    with pytest.raises(Conflict, match=r"level_class\.other_school"):
        level_classes.move_level_member(phonics, people.administrator, school[4], first.id)
    with pytest.raises(NotAllowed):
        level_classes.level_class_page(phonics, people.other_teacher, first.id)
    with pytest.raises(NotFound):
        level_classes.level_class_page(phonics, people.teacher, "f" * 32)


def test_names_of_classes_are_unique_and_not_empty(phonics, people, school):
    first, second, _ = formed(phonics, people)
    for name in (second.name, " "):
        with pytest.raises(ProblemsFound):
            level_classes.change_level_class(phonics, people.teacher, first.id, name=name, teacher="", room="")


def test_the_list_for_the_door(phonics, people, school):
    first = formed(phonics, people)[0]
    export = lambda kind: level_classes.export_level_class(  # noqa: E731
        phonics, people.director, first.id, format=kind, language="th"
    )
    assert export(ExportFormat.CSV).decode().count("ชื่อ") >= 2
    assert export(ExportFormat.PDF).startswith(b"%PDF")
