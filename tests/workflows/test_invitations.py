"""Invitations: made, printed, used once, withdrawn, too old, guessed at."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from phonics_app.domain.account import SYSTEM, Grant, Role
from phonics_app.domain.errors import NotAllowed, NotFound, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom
from phonics_app.locales.messages import render
from phonics_app.records import guesses
from phonics_app.records.invitations import LIFE
from phonics_app.workflows import accounts, invitation_print, invitations
from phonics_app.workflows.invitations import (
    Invitee,
    accept_invitation,
    invite,
    look_at_invitation,
    page_of_invitations,
)
from tests import sites
from tests.sites import SCHOOLS, YEAR

HOME, PASSWORD = "192.168.1.20", "ส้มโอลูกใหญ่ 1"
GRANTS = (Grant(Role.TEACHER, SCHOOLS[0].id, (Classroom(YEAR, Grade.P3, "2"),)), Grant(Role.TRAINER))


@pytest.fixture
def made(phonics, people):
    return invite(phonics, people.administrator, [Invitee("ครูสมศรี  ใจดี", "Somsri", GRANTS)])[0]


def accept(phonics, code, username="somsri", password=PASSWORD, again=None, address=HOME):
    return accept_invitation(phonics, code, username, password, password if again is None else again, address)


def test_from_the_invitation_to_the_account(phonics, people, made):
    assert re.fullmatch("([2-9A-Z]{4}-){2}[2-9A-Z]{4}", made.code)
    found = look_at_invitation(phonics, f" {made.code.lower().replace('-', ' ')} ", HOME)
    assert (found.display_name, found.username, found.grants) == ("ครูสมศรี ใจดี", "somsri", GRANTS)
    assert page_of_invitations(phonics, people.administrator).rows == (made.invitation,)
    signed = accept(phonics, made.code)
    assert (signed.actor.grants, signed.actor.chooses_password) == (GRANTS, False)
    assert accounts.actor_of(phonics, signed.token) == signed.actor
    assert page_of_invitations(phonics, people.administrator).rows == ()
    with pytest.raises(NotFound, match=r"invitation\.unknown"):
        accept(phonics, made.code, "another")


def test_only_the_hash_of_a_code_is_stored(phonics, made):
    with phonics.store.read() as connection:
        rows = [*connection.execute(text("select * from invitation")), *connection.execute(text("select * from audit"))]
    assert made.code not in str(rows)
    assert made.code.replace("-", "") not in str(rows)


def test_withdrawn_and_too_old(phonics, people, made, clock):
    other = invite(phonics, people.administrator, [Invitee("ครูมานี", "", GRANTS)])[0]
    invitations.withdraw_invitation(phonics, people.administrator, made.invitation.id)
    with pytest.raises(NotFound):
        accept(phonics, made.code)
    clock.advance(seconds=LIFE.total_seconds() - 1)
    assert look_at_invitation(phonics, other.code, HOME)
    clock.advance(seconds=1)
    with pytest.raises(NotFound):
        accept(phonics, other.code)
    assert page_of_invitations(phonics, people.administrator).rows == ()


def test_every_problem_and_nothing_made(phonics, people):
    bad = [
        Invitee("", "teacher", ()),
        Invitee("ครู", "", (Grant(Role.TEACHER, "no school"),)),
        Invitee("ครู", "", GRANTS),
    ]
    with pytest.raises(ProblemsFound) as caught:
        invite(phonics, people.administrator, bad)
    assert [(p.place.row, p.code) for p in caught.value.problems] == [
        (1, "account.display_name_empty"),
        (1, "account.grant_none"),
        (1, "account.username_taken"),
        (2, "account.grant_school_unknown"),
    ]
    for number in (0, invitations.MOST_AT_ONCE + 1):
        with pytest.raises(ProblemsFound):
            invite(phonics, people.administrator, [Invitee("ครู", "", GRANTS)] * number)
    assert page_of_invitations(phonics, people.administrator).rows == ()


def test_an_invitation_is_good_only_as_long_as_its_giver_may_give_it(phonics, people):
    admin, school = people.administrator, SCHOOLS[0].id
    code = invite(phonics, people.director, [Invitee("ครูมานี", "", (Grant(Role.TEACHER, school),))])[0].code

    def void():
        return [one.void_by for one in page_of_invitations(phonics, admin).rows]

    def refused(expected):
        for use in (lambda: look_at_invitation(phonics, code, HOME), lambda: accept(phonics, code, "manee")):
            with pytest.raises(NotAllowed, match=expected) as caught:
                use()
            for language in ("th", "en"):
                assert "director" in render(caught.value, language)
        assert void() == ["director"]

    assert void() == [""]
    accounts.change_grants(phonics, admin, "director", (Grant(Role.DIRECTOR, SCHOOLS[1].id),))
    refused(r"invitation\.void_of_teacher")
    accounts.change_grants(phonics, admin, "director", (Grant(Role.DIRECTOR, school),))
    accounts.set_disabled(phonics, admin, "director", True)
    refused(r"invitation\.void_of_teacher")
    accounts.set_disabled(phonics, admin, "director", False)
    assert void() == [""]
    assert accept(phonics, code, "manee")


def test_an_invitation_of_the_command_line_stays_good_and_one_of_an_administrator_goes_with_him(phonics, people):
    accounts.change_grants(phonics, SYSTEM, "trainer", (Grant(Role.ADMINISTRATOR),))
    invitee = [Invitee("ครู", "", GRANTS)]
    theirs, own = invite(phonics, people.administrator, invitee)[0], invite(phonics, SYSTEM, invitee)[0]
    accounts.change_grants(phonics, SYSTEM, "administrator", (Grant(Role.TRAINER),))
    with pytest.raises(NotAllowed, match=r"invitation\.void "):
        accept(phonics, theirs.code)
    assert accept(phonics, own.code)


def test_what_is_typed_wrong_leaves_the_invitation_open(phonics, people, made):
    for what in ({"username": "teacher"}, {"password": "12345678901"}, {"again": "other"}, {"username": "a"}):
        with pytest.raises(ProblemsFound):
            accept(phonics, made.code, **what)
    assert page_of_invitations(phonics, people.administrator).rows == (made.invitation,)
    assert accept(phonics, made.code)


def test_guessing_is_throttled_by_address(phonics, made):
    for _ in range(guesses.PER_ADDRESS):
        with pytest.raises(NotFound):
            look_at_invitation(phonics, "2222-2222-2222", HOME)
    with pytest.raises(NotAllowed, match="throttled"):
        look_at_invitation(phonics, made.code, HOME)
    assert look_at_invitation(phonics, made.code, "192.168.1.21")


def test_whoever_holds_an_invitation_is_let_in_while_others_at_his_school_mistype(phonics, made):
    for name in ("a", "b", "c", "d", "e", "somsri") * guesses.PER_ACCOUNT:
        with pytest.raises(NotAllowed):
            accounts.sign_in(phonics, name, "wrong", HOME)
    with pytest.raises(NotAllowed, match="throttled"):
        accounts.sign_in(phonics, "teacher", sites.PASSWORD, HOME)
    assert accounts.actor_of(phonics, accept(phonics, made.code).token) is not None


def test_a_director_invites_teachers_of_his_school_and_nobody_else(phonics, people, made):
    director, teacher = people.director, Grant(Role.TEACHER, SCHOOLS[0].id)
    new = invite(phonics, director, [Invitee("ครูมานี", "", (teacher,)), Invitee("ครูปิติ", "", (GRANTS[0],))])
    assert set(page_of_invitations(phonics, director, SCHOOLS[0].id).rows) == {one.invitation for one in new}
    assert accept(phonics, new[0].code).actor.grants == (teacher,)
    for grants in (
        (Grant(Role.DIRECTOR, SCHOOLS[0].id),),
        (teacher, Grant(Role.TRAINER)),
        (Grant(Role.ADMINISTRATOR),),
        (Grant(Role.TEACHER, SCHOOLS[1].id),),
        (teacher, Grant(Role.TEACHER, SCHOOLS[1].id)),
        (Grant(Role.TEACHER),),
        (),
    ):
        with pytest.raises(NotAllowed):
            invite(phonics, director, [Invitee("ครูชูใจ", "", (teacher,)), Invitee("ครูวีระ", "", grants)])
    with pytest.raises(NotAllowed):
        page_of_invitations(phonics, director)
    with pytest.raises(NotAllowed):
        # Of a teacher of the school who is to be a trainer too: that is more than the director gives.
        invitations.withdraw_invitation(phonics, director, made.invitation.id)
    with pytest.raises(NotAllowed):
        invitations.withdraw_invitation(phonics, people.other_director, new[1].invitation.id)
    invitations.withdraw_invitation(phonics, director, new[1].invitation.id)
    with pytest.raises(NotFound):
        invitations.withdraw_invitation(phonics, director, new[1].invitation.id)
    assert page_of_invitations(phonics, people.administrator).rows == (made.invitation,)


def test_cards_hold_names_codes_and_what_to_do(phonics, people):
    made = invite(phonics, people.administrator, [Invitee(f"ครูคนที่ {n} #panic()", "", GRANTS) for n in range(9)])
    for language in ("th", "en"):
        pdf = invitation_print.print_invitations(phonics, people.administrator, made, "http://10.0.0.5:8501", language)
        shown = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        assert all(new.code in shown for new in made)
        assert shown.count("#panic()") == 9
