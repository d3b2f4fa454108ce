"""Accounts from the command line."""

from __future__ import annotations

import io

import pytest

from phonics_app.domain.errors import NotAllowed
from phonics_app.workflows.accounts import actor_of, sign_in
from phonics_app.workflows.context import open_phonics
from tests import sites


@pytest.fixture
def typed(monkeypatch):
    """`typed(text)`: what stands on standard input."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))


def enter(username, password=sites.PASSWORD):
    phonics = open_phonics()
    try:
        return sign_in(phonics, username, password, "127.0.0.1").actor
    finally:
        phonics.store.close()


@pytest.mark.parametrize("role", ["teacher", "trainer"])
def test_create_account(run_json, site, typed, role):
    typed(sites.PASSWORD)
    school = ["--school", "ประตูลี้"] if role == "teacher" else []
    code, told = run_json("create-account", "somchai", "--role", role, *school, "--password-stdin")
    assert code == 0, told
    assert told["username"] == "somchai"
    assert told["grants"] == [{"role": role, "school_id": sites.SCHOOLS[0].id if school else None}]


def test_a_teacher_of_single_classes(run, run_json, site, typed):
    typed(sites.PASSWORD)
    rooms = ("--class", "ป.3/2", "--class", "P4", "--year", "2569")
    where = ("--role", "teacher", "--school", "ประตูลี้", "--password-stdin")
    code, told = run_json("create-account", "somchai", *where, *rooms)
    assert code == 0, told
    held = [{"year": 2569, "grade": "P3", "room": "2"}, {"year": 2569, "grade": "P4", "room": ""}]
    assert told["grants"] == [{"role": "teacher", "school_id": sites.SCHOOLS[0].id, "classrooms": held}]
    line = next(line for line in run("list-accounts")[1].splitlines() if line.startswith("somchai "))
    assert "ป.3/2 2569, ป.4/- 2569" in line
    assert run("change-roles", "somchai", "--role", "trainer", "--class", "P4")[0] == 1


def test_role_of_the_site_takes_no_school(run, site):
    code, _, err = run("create-account", "x", "--role", "trainer", "--school", "ประตูลี้", "--password-stdin")
    assert code == 1
    assert "ไม่ต้องระบุโรงเรียน" in err


def test_a_role_of_one_school_needs_it(run, site, typed):
    typed(sites.PASSWORD)
    code, _, err = run("create-account", "x", "--role", "teacher", "--password-stdin")
    assert (code, bool(err)) == (1, True)


def test_list_accounts(run, run_json, site):
    assert {a["username"] for a in run_json("list-accounts")[1]} == set(sites.GRANTS)
    line = next(line for line in run("list-accounts")[1].splitlines() if line.startswith("teacher "))
    chosen = ("list-accounts", "--role", "teacher", "--school", "ประตูลี้", "--search", "teach")
    assert [a["username"] for a in run_json(*chosen)[1]] == ["teacher"]
    assert run_json("list-accounts", "--disabled")[1] == []
    assert run("list-accounts", "--limit", "2", "--page", "2")[1].splitlines()[-1] == "3–4 จาก 8"
    assert "ครู โรงเรียนเทศบาลประตูลี้" in line


def test_end_sessions(run_json, site):
    phonics = open_phonics()
    token = sign_in(phonics, "teacher", sites.PASSWORD, "127.0.0.1").token
    assert run_json("end-sessions", "teacher")[1] == {"ended": 1}
    assert actor_of(phonics, token) is None
    phonics.store.close()


def test_disable_and_enable(run, run_json, site):
    assert run_json("disable-account", "Teacher")[1]["disabled"] is True
    with pytest.raises(NotAllowed):
        enter("teacher")
    assert "ปิดใช้งาน" in run("list-accounts")[1]
    assert run_json("enable-account", "teacher")[1]["disabled"] is False
    assert enter("teacher").account_id == "teacher"


def test_the_last_administrator_stays(run, run_json, site):
    for command in (("disable-account", "administrator"), ("change-roles", "administrator", "--role", "trainer")):
        code, _, err = run(*command)
        assert (code, bool(err)) == (1, True)
    administrator = next(a for a in run_json("list-accounts")[1] if a["username"] == "administrator")
    assert (administrator["disabled"], administrator["grants"][0]["role"]) == (False, "administrator")


def test_several_roles(run, run_json, site):
    roles = ("--role", "director", "--role", "teacher", "--role", "trainer")
    code, told = run_json("change-roles", "teacher", *roles, "--school", "จามเทวี")
    assert code == 0, told
    school = sites.SCHOOLS[3].id
    assert {(g.role.value, g.school_id) for g in enter("teacher").grants} == {
        ("director", school),
        ("teacher", school),
        ("trainer", None),
    }


def test_set_password(run, site, typed):
    typed("ลำไย-8-กิ่ง-เขียว")
    assert run("set-password", "teacher", "--password-stdin")[0] == 0
    assert enter("teacher", "ลำไย-8-กิ่ง-เขียว").account_id == "teacher"
    typed("1234")
    code, out, err = run("set-password", "teacher", "--password-stdin")
    assert (code, "1234" in out + err) == (1, False)
    assert enter("teacher", "ลำไย-8-กิ่ง-เขียว").account_id == "teacher"


@pytest.mark.parametrize("command", ["disable-account", "enable-account", "set-password"])
def test_an_unknown_account(run, site, typed, command):
    typed(sites.PASSWORD)
    extra = ["--password-stdin"] if command == "set-password" else []
    assert run(command, "nobody", *extra)[0] == 1
