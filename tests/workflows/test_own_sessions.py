"""One's own sessions, ended one by one or all; the first password of one's own."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from phonics_app.domain.account import Grant, Role
from phonics_app.domain.errors import NotAllowed, NotFound, ProblemsFound
from phonics_app.records.sessions import IDLE, LONGEST
from phonics_app.workflows import accounts, own_sessions
from tests.sites import PASSWORD, START

GIVEN, OWN = "กล้วยหอม 3 หวี", "ส้มโอลูกใหญ่ 1"


def enter(phonics, username="teacher", password=PASSWORD, address="192.168.1.20", device="Chrome · Android"):
    return accounts.sign_in(phonics, username, password, address, device).token


def test_the_list_says_where_and_when_and_nothing_exact(phonics, clock):
    tablet = enter(phonics)
    clock.advance(hours=1)
    laptop = enter(phonics, address="2001:db8:1:2::7", device="Firefox · Linux")
    enter(phonics, "director")
    first, second = own_sessions.own_sessions(phonics, tablet)
    assert (first.device, first.address, first.this) == ("Firefox · Linux", "2001:db8:1::/48", False)
    assert (second.device, second.address, second.this) == ("Chrome · Android", "192.168.1.0/24", True)
    assert (second.began, second.last_used) == (START, clock())
    assert [s.device for s in own_sessions.own_sessions(phonics, laptop) if s.this] == ["Firefox · Linux"]
    assert tablet not in repr((first, second))


def test_using_a_session_moves_its_last_use_and_not_beyond_the_longest(phonics, clock):
    token = enter(phonics)
    days = 0
    while accounts.actor_of(phonics, token) is not None:
        clock.advance(hours=11)
        days += 1
        assert days < 100
    assert clock() - START >= LONGEST
    assert clock() - START < LONGEST + IDLE
    with pytest.raises(NotAllowed, match=r"session\.missing"):
        own_sessions.own_sessions(phonics, token)


def test_one_and_all_others_are_ended(phonics):
    here, lost, third = enter(phonics), enter(phonics), enter(phonics)
    lost_id = next(s.id for s in own_sessions.own_sessions(phonics, lost) if s.this)
    assert own_sessions.end_own_session(phonics, here, lost_id) == 1
    assert accounts.actor_of(phonics, lost) is None
    assert accounts.actor_of(phonics, third) is not None
    assert own_sessions.end_own_session(phonics, here) == 1
    assert accounts.actor_of(phonics, third) is None
    assert accounts.actor_of(phonics, here) is not None


@pytest.mark.parametrize("session_id", ["", "%", "_" * 16, "%" * 16, "0" * 16, "0" * 64])
def test_no_other_session_can_be_named(phonics, session_id):
    here, others = enter(phonics), enter(phonics, "director")
    with pytest.raises(NotFound, match=r"session\.unknown"):
        own_sessions.end_own_session(phonics, here, session_id)
    of_director = own_sessions.own_sessions(phonics, others)[0].id
    with pytest.raises(NotFound):
        own_sessions.end_own_session(phonics, here, of_director)
    assert accounts.actor_of(phonics, others) is not None
    assert accounts.actor_of(phonics, here) is not None


def test_an_administrator_ends_the_sessions_of_an_account(phonics, people):
    tokens = [enter(phonics), enter(phonics)]
    assert own_sessions.end_sessions(phonics, people.administrator, "teacher") == 2
    assert [accounts.actor_of(phonics, token) for token in tokens] == [None, None]
    with pytest.raises(NotFound):
        own_sessions.end_sessions(phonics, people.administrator, "nobody")


def test_a_password_that_was_given_is_good_for_choosing_ones_own(phonics, people):
    accounts.create_account(phonics, people.administrator, "suda", "ครูสุดา", GIVEN, (Grant(Role.TRAINER),))
    token, elsewhere = enter(phonics, "suda", GIVEN), enter(phonics, "suda", GIVEN)
    assert accounts.actor_of(phonics, token).chooses_password
    for password, again, code in (
        (GIVEN, GIVEN, "account.password_same"),
        (OWN, GIVEN, "account.passwords_differ"),
        ("suda25692569", "suda25692569", "account.password_common"),
    ):
        with pytest.raises(ProblemsFound) as caught:
            own_sessions.choose_password(phonics, token, password, again)
        assert code in [p.code for p in caught.value.problems]
    own_sessions.choose_password(phonics, token, OWN, OWN)
    assert not accounts.actor_of(phonics, token).chooses_password
    assert accounts.actor_of(phonics, elsewhere) is None
    with pytest.raises(NotAllowed, match=r"password_is_own"):
        own_sessions.choose_password(phonics, token, GIVEN, GIVEN)
    assert not accounts.actor_of(phonics, enter(phonics, "suda", OWN)).chooses_password


def test_so_is_one_that_an_administrator_has_set_but_not_ones_own_change(phonics, people):
    accounts.set_password(phonics, people.administrator, "teacher", GIVEN)
    token = enter(phonics, password=GIVEN)
    assert accounts.actor_of(phonics, token).chooses_password
    accounts.set_password(phonics, people.teacher, "teacher", OWN, token, present=GIVEN)
    assert not accounts.actor_of(phonics, token).chooses_password


def test_a_password_is_kept_apart_from_the_account(phonics):
    with phonics.store.read() as connection:
        columns = connection.execute(text("select * from account")).keys()
        kinds = connection.execute(text("select kind, subject, account_id from credential")).all()
    assert not [name for name in columns if "password" in name or "hash" in name]
    assert ("password", "teacher", "teacher") in kinds
