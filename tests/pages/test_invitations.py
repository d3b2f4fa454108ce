"""Inviting people on the page "Accounts", and the list of one's own sessions."""

from __future__ import annotations

from phonics_app.domain.account import SYSTEM, Role
from phonics_app.locales import translator
from phonics_app.locales.labels import label
from phonics_app.workflows import accounts
from phonics_app.workflows.invitations import page_of_invitations
from tests import sites
from tests.pages import reading
from tests.pages.driving import click


def test_people_are_invited_and_an_invitation_withdrawn(open_page, site):
    app = open_page("accounts.py", "administrator")
    app.text_area(key="invited_names").set_value("ครูสมศรี ใจดี\n\n ครูมานี <b>")
    roles = app.multiselect(key="grants_invited")
    single = next(o for o in roles.options if "ป.2/1" in o)
    roles.set_value([single])
    click(app, "ออกคำเชิญ")
    made = page_of_invitations(site, SYSTEM).rows
    assert {one.display_name for one in made} == {"ครูสมศรี ใจดี", "ครูมานี <b>"}
    assert {(c.grade.value, c.room) for one in made for g in one.grants for c in g.classrooms} == {("P2", "1")}
    html = reading.html(app)
    assert html.count("/auth/invitation?code=") == 2
    assert "<b>" not in html.replace("<b>1</b>", "")
    click(app, "ยกเลิกคำเชิญนี้")
    assert len(page_of_invitations(site, SYSTEM).rows) == 1


def test_a_director_finds_teachers_of_the_own_school_alone(open_page, site):
    app = open_page("accounts.py", "director")
    roles = app.multiselect(key="grants_invited")
    own, other = (school.name.th for school in sites.SCHOOLS[:2])
    assert roles.options
    assert all(option.startswith(f"{label(translator('th'), Role.TEACHER)} · {own}") for option in roles.options)
    assert other not in reading.texts(app)
    app.text_area(key="invited_names").set_value("ครูปิติ")
    roles.set_value([roles.options[0]])
    click(app, "ออกคำเชิญ")
    assert [one.display_name for one in page_of_invitations(site, SYSTEM).rows] == ["ครูปิติ"]
    click(app, "ยกเลิกคำเชิญนี้")
    assert page_of_invitations(site, SYSTEM).rows == ()


def test_one_signs_out_elsewhere(open_page, site):
    elsewhere = accounts.sign_in(site, "teacher", sites.PASSWORD, "10.0.0.7", "Firefox · Linux").token
    app = open_page("my_account.py", "teacher")
    assert "Firefox · Linux" in reading.texts(app)
    assert "10.0.0.0/24" in reading.texts(app)
    click(app, "ออกจากระบบทุกเครื่อง")
    assert accounts.actor_of(site, elsewhere) is None
    assert "Firefox · Linux" not in reading.texts(app)


def test_an_administrator_ends_the_sessions_of_an_account(open_page, site):
    theirs = accounts.sign_in(site, "trainer", sites.PASSWORD, "10.0.0.7").token
    app = open_page("accounts.py", "administrator", account="trainer")
    click(app, "ให้บัญชีนี้ออกจากระบบ")
    assert accounts.actor_of(site, theirs) is None
