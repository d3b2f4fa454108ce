"""First start: all or nothing, and once only."""

from __future__ import annotations

import threading

import pytest

from phonics_app.domain.account import Role
from phonics_app.domain.errors import Conflict, ProblemsFound
from phonics_app.domain.school import SchoolDraft
from phonics_app.domain.text import Text
from phonics_app.records import audit
from phonics_app.workflows.accounts import list_accounts, sign_in
from phonics_app.workflows.schools import list_schools
from phonics_app.workflows.setup import MUNICIPAL_SCHOOLS, SiteState, set_up_schools, site_state
from tests.sites import PASSWORD


def test_from_empty_to_signed_in(empty):
    assert site_state(empty) is SiteState.EMPTY
    set_up_schools(empty, MUNICIPAL_SCHOOLS, "Somsri", "ครูสมศรี", PASSWORD)
    assert site_state(empty) is SiteState.OWN
    actor = sign_in(empty, "somsri", PASSWORD, "10.0.0.1").actor
    assert actor.has(Role.ADMINISTRATOR)
    assert {s.name for s in list_schools(empty, actor)} == {d.name for d in MUNICIPAL_SCHOOLS}
    (account,) = list_accounts(empty, actor)
    assert account.created_at == account.last_sign_in == empty.now()


def test_only_once(empty):
    set_up_schools(empty, MUNICIPAL_SCHOOLS, "somsri", "ครูสมศรี", PASSWORD)
    with pytest.raises(Conflict, match=r"setup\.done"):
        set_up_schools(empty, MUNICIPAL_SCHOOLS, "somchai", "ครูสมชาย", PASSWORD)


def test_two_at_the_same_moment(empty):
    outcomes = []

    def press(name):
        try:
            set_up_schools(empty, MUNICIPAL_SCHOOLS, name, name, PASSWORD)
            outcomes.append("done")
        except Conflict as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=press, args=(name,)) for name in ("somsri", "somchai")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "setup.done"]


def test_every_problem_at_once_and_nothing_stored(empty):
    schools = (
        SchoolDraft(Text(" ", "Nameless")),
        SchoolDraft(Text("โรงเรียนบ้านดอย", ""), code="๕๐๐๑"),
        SchoolDraft(Text("โรงเรียนบ้านดอย", ""), code="1051000001"),
        SchoolDraft(Text("โรงเรียนบ้านนา", ""), code="๑๐๕๑๐๐๐๐๐๑"),
    )
    with pytest.raises(ProblemsFound) as caught:
        set_up_schools(empty, schools, "a b", "", "short")
    assert {(p.code, p.place.row) for p in caught.value.problems} == {
        ("school.name_empty", 1),
        ("school.code_bad", 2),
        ("school.name_taken", 3),
        ("school.code_taken", 4),
        ("account.username_bad", None),
        ("account.display_name_empty", None),
        ("account.password_short", None),
    }
    assert site_state(empty) is SiteState.EMPTY
    with empty.store.read() as connection:
        assert audit.entries(connection) == ()


def test_a_school_is_needed(empty):
    with pytest.raises(ProblemsFound) as caught:
        set_up_schools(empty, (), "somsri", "ครูสมศรี", PASSWORD)
    assert [p.code for p in caught.value.problems] == ["setup.no_school"]


def test_it_is_audited(empty):
    set_up_schools(empty, MUNICIPAL_SCHOOLS, "somsri", "ครูสมศรี", PASSWORD)
    with empty.store.read() as connection:
        (entry,) = audit.entries(connection)
    assert (entry.action, entry.at, entry.data) == ("site.set_up", empty.now(), {"schools": 4})
