"""Who sees which schools, and changing them."""

from __future__ import annotations

import pytest

from phonics_app.domain.errors import NotAllowed, NotFound, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import SchoolDraft, SchoolKind
from phonics_app.domain.text import Text
from phonics_app.records import audit
from phonics_app.workflows.schools import list_schools, save_school

DRAFT = SchoolDraft(Text("โรงเรียนบ้านใหม่", "Ban Mai School"), SchoolKind.NETWORK, "๑๐๕๑๐๐๐๐๐๙", Grade.M3)


@pytest.mark.parametrize(
    ("who", "number"),
    [("administrator", 6), ("trainer", 6), ("municipal_director", 6), ("teacher", 1), ("other_director", 1)],
)
def test_one_sees_ones_own_or_all(phonics, people, who, number):
    actor = getattr(people, who)
    found = list_schools(phonics, actor)
    assert len(found) == number
    assert actor.schools <= {s.id for s in found}


def test_municipal_schools_come_first(phonics, people):
    kinds = [s.kind for s in list_schools(phonics, people.administrator)]
    assert kinds == [SchoolKind.MUNICIPAL] * 4 + [SchoolKind.NETWORK] * 2


def test_add_and_change(phonics, people):
    added = save_school(phonics, people.administrator, DRAFT)
    assert added.code == "1051000009"
    changed = save_school(
        phonics, people.administrator, SchoolDraft(Text("  โรงเรียน  บ้านใหม่ ", "New"), code=added.code), added.id
    )
    assert changed.name == Text("โรงเรียน บ้านใหม่", "New")
    assert changed in list_schools(phonics, people.administrator)
    assert len(list_schools(phonics, people.administrator)) == 7
    with phonics.store.read() as connection:
        assert [(e.action, e.subject) for e in audit.entries(connection, 2)] == [
            ("school.changed", added.id),
            ("school.added", added.id),
        ]


def test_names_and_codes_are_unique(phonics, people, schools):
    save_school(phonics, people.administrator, DRAFT)
    twin = SchoolDraft(schools[0].name, code="1051000009")
    with pytest.raises(ProblemsFound) as caught:
        save_school(phonics, people.administrator, twin)
    assert {p.code for p in caught.value.problems} == {"school.name_taken", "school.code_taken"}


def test_unknown_school(phonics, people):
    with pytest.raises(NotFound):
        save_school(phonics, people.administrator, DRAFT, "no such school")


@pytest.mark.parametrize("who", ["teacher", "director", "trainer", "municipal_director"])
def test_only_the_administrator(phonics, people, who):
    with pytest.raises(NotAllowed):
        save_school(phonics, getattr(people, who), DRAFT)
