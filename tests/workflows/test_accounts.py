"""Sign-in, throttling, sessions, and what an administrator may do with accounts."""

from __future__ import annotations

import hashlib
import threading

import pytest

from phonics_app.domain.account import Actor, Grant, Role
from phonics_app.domain.errors import Conflict, NotAllowed, NotFound, ProblemsFound
from phonics_app.records import audit, guesses, passwords
from phonics_app.records.settings import set_setting
from phonics_app.workflows import accounts
from phonics_app.workflows.setup import SITE_SETTING
from tests import sites
from tests.sites import PASSWORD

HOME = "192.168.1.20"
NEW = ("Suda", "ครูสุดา", "กล้วยหอม 3 หวี", (Grant(Role.TRAINER),))


def sign_in(phonics, username="teacher", password=PASSWORD, address=HOME):
    return accounts.sign_in(phonics, username, password, address)


def refusal(phonics, **what):
    with pytest.raises(NotAllowed) as caught:
        sign_in(phonics, **what)
    return caught.value


def actions(phonics, n):
    with phonics.store.read() as connection:
        return [(e.account_id, e.action, e.subject) for e in audit.entries(connection, n)]


def test_sign_in_use_and_sign_out(phonics, people):
    signed = sign_in(phonics)
    assert signed.actor == people.teacher
    assert accounts.actor_of(phonics, signed.token) == people.teacher
    accounts.sign_out(phonics, signed.token)
    assert accounts.actor_of(phonics, signed.token) is None
    accounts.sign_out(phonics, signed.token)
    assert actions(phonics, 2) == [
        ("teacher", "account.signed_out", "teacher"),
        ("teacher", "account.signed_in", "teacher"),
    ]


def test_only_the_hash_of_a_token_is_stored(phonics):
    token = sign_in(phonics).token
    assert len(token) >= 43  # 256 bits in base64
    dump = "\n".join(sites.dump(phonics.store))
    assert hashlib.sha256(token.encode()).hexdigest() in dump
    assert token not in dump
    assert PASSWORD not in dump


@pytest.mark.parametrize("token", [None, "", "made-up", "x" * 10_000])
def test_no_or_wrong_token(phonics, token):
    assert accounts.actor_of(phonics, token) is None


def test_usernames_are_compared_in_their_normal_form(phonics):
    assert sign_in(phonics, username=" Teacher ").actor.account_id == "teacher"


def test_wrong_password_and_unknown_name_look_the_same(phonics):
    known, unknown = refusal(phonics, password="wrong"), refusal(phonics, username="nobody")
    assert (known.code, known.data) == (unknown.code, unknown.data) == ("sign_in.wrong", {})


def test_an_unknown_name_costs_a_verification_too(phonics, monkeypatch):
    looked = []
    real = passwords._HASHER.verify

    class Counting:
        def verify(self, stored, password):
            looked.append(stored)
            return real(stored, password)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    refusal(phonics, username="nobody")
    refusal(phonics, password="wrong")
    assert len(looked) == 2
    assert all(hash.startswith("$argon2id$") for hash in looked)


def test_five_wrong_guesses_throttle_the_account_even_for_the_right_password(phonics, clock):
    for _ in range(5):
        assert refusal(phonics, password="wrong").code == "sign_in.wrong"
    throttled = refusal(phonics, address="10.9.9.9")
    assert throttled.code == "sign_in.throttled"
    assert throttled.data == {"seconds": 900, "minutes": 15}
    assert sign_in(phonics, username="director").actor.account_id == "director"
    clock.advance(minutes=14, seconds=30)
    assert refusal(phonics).data == {"seconds": 30, "minutes": 1}
    clock.advance(seconds=30)
    assert sign_in(phonics).actor.account_id == "teacher"


def test_guesses_at_the_same_moment_do_not_slip_through(phonics, product_hashes):
    codes = []

    def guess():
        try:
            sign_in(phonics, password="wrong")
        except NotAllowed as error:
            codes.append(error.code)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["sign_in.throttled"] * 7 + ["sign_in.wrong"] * 5


def test_unknown_names_are_throttled_alike(phonics):
    for _ in range(5):
        refusal(phonics, username="nobody")
    assert refusal(phonics, username="nobody").code == "sign_in.throttled"


def test_an_address_that_tries_many_names_is_throttled(phonics):
    with phonics.store.write() as connection:
        for n in range(29):
            guesses.note_guess(connection, f"name{n}", "10.6.6.6", phonics.now())
    assert refusal(phonics, username="name30", address="10.6.6.6").code == "sign_in.wrong"
    assert refusal(phonics, address="10.6.6.6").code == "sign_in.throttled"
    assert sign_in(phonics).actor.account_id == "teacher"


def test_success_forgives_earlier_failures(phonics):
    for _ in range(2):
        with phonics.store.write() as connection:
            for _ in range(4):
                guesses.note_guess(connection, "teacher", HOME, phonics.now())
        sign_in(phonics)


def test_throttling_outlives_the_process(phonics, own_template):
    from phonics_app.records import open_store
    from phonics_app.workflows.context import Phonics

    for _ in range(5):
        refusal(phonics, password="wrong")
    again = Phonics(phonics.settings, open_store(phonics.settings.database_url), phonics.content, phonics.now)
    assert refusal(again).code == "sign_in.throttled"
    again.store.close()


def test_a_session_ends_after_twelve_idle_hours(phonics, clock):
    token = sign_in(phonics).token
    clock.advance(hours=11, minutes=59)
    assert accounts.actor_of(phonics, token)
    clock.advance(hours=11, minutes=59)
    assert accounts.actor_of(phonics, token)
    clock.advance(hours=12)
    assert accounts.actor_of(phonics, token) is None


def test_a_session_ends_after_thirty_days_however_used(phonics, clock):
    token = sign_in(phonics).token
    for _ in range(60):
        assert accounts.actor_of(phonics, token)
        clock.advance(hours=12, seconds=-1)
    clock.advance(minutes=2)
    assert accounts.actor_of(phonics, token) is None


def test_using_a_session_writes_at_most_once_a_minute(phonics, clock):
    token = sign_in(phonics).token

    def expiry():
        with phonics.store.read() as connection:
            return connection.exec_driver_sql("select expires_at from session").scalar()

    first = expiry()
    clock.advance(seconds=59)
    accounts.actor_of(phonics, token)
    assert expiry() == first
    clock.advance(seconds=1)
    accounts.actor_of(phonics, token)
    assert expiry() > first


def test_expired_sessions_and_old_failures_are_forgotten(phonics, clock):
    refusal(phonics, password="wrong")
    sign_in(phonics, username="director")
    clock.advance(hours=13)
    sign_in(phonics)
    with phonics.store.read() as connection:
        assert connection.exec_driver_sql("select count(*) from session").scalar() == 1
        assert connection.exec_driver_sql("select count(*) from sign_in_failure").scalar() == 0


def test_a_hash_of_weaker_parameters_is_made_anew(phonics):
    from argon2 import PasswordHasher

    from phonics_app.records.accounts import password_hash_of, set_password_hash

    with phonics.store.write() as connection:
        set_password_hash(
            connection, "teacher", PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD), phonics.now()
        )
    sign_in(phonics)
    with phonics.store.read() as connection:
        assert not passwords.needs_new_hash(password_hash_of(connection, "teacher"))
    sign_in(phonics)


def test_disabling_ends_sessions_and_refuses(phonics, people):
    token = sign_in(phonics).token
    assert accounts.set_disabled(phonics, people.administrator, "teacher", True).disabled
    assert accounts.actor_of(phonics, token) is None
    assert refusal(phonics).code == "sign_in.wrong"
    accounts.set_disabled(phonics, people.administrator, "teacher", False)
    assert accounts.actor_of(phonics, token) is None
    assert sign_in(phonics)
    assert ("administrator", "account.disabled", "teacher") in actions(phonics, 5)


def test_create_and_list(phonics, people):
    made = accounts.create_account(phonics, people.administrator, *NEW)
    assert made.username == "suda"
    assert made in accounts.list_accounts(phonics, people.administrator)
    assert sign_in(phonics, "suda", NEW[2]).actor.grants == NEW[3]
    assert actions(phonics, 2)[1] == ("administrator", "account.created", made.id)


def test_every_problem_of_a_new_account(phonics, people, schools):
    grants = (
        Grant(Role.TEACHER),
        Grant(Role.TRAINER, schools[0].id),
        Grant(Role.DIRECTOR, "no such school"),
    )
    with pytest.raises(ProblemsFound) as caught:
        accounts.create_account(phonics, people.administrator, "TEACHER", " ", "teacher2569", grants)
    assert [p.code for p in caught.value.problems] == [
        "account.display_name_empty",
        "account.password_common",
        "account.grant_without_school",
        "account.grant_with_school",
        "account.grant_school_unknown",
        "account.username_taken",
    ]
    with pytest.raises(ProblemsFound) as caught:
        accounts.create_account(phonics, people.administrator, "ab", "ab", NEW[2], ())
    assert [p.code for p in caught.value.problems] == ["account.username_bad", "account.grant_none"]


def test_change_grants(phonics, people, schools):
    token = sign_in(phonics).token
    grants = (Grant(Role.DIRECTOR, schools[2].id),)
    assert accounts.change_grants(phonics, people.administrator, "teacher", grants).grants == grants
    assert accounts.actor_of(phonics, token).grants == grants
    with pytest.raises(ProblemsFound):
        accounts.change_grants(phonics, people.administrator, "teacher", ())


def test_the_last_administrator_stays(phonics, people):
    for attempt in (
        lambda: accounts.change_grants(phonics, people.administrator, "administrator", (Grant(Role.TRAINER),)),
        lambda: accounts.set_disabled(phonics, people.administrator, "administrator", True),
    ):
        with pytest.raises(Conflict, match=r"account\.last_administrator"):
            attempt()
    second = accounts.create_account(
        phonics, people.administrator, "second", "คนที่สอง", NEW[2], (Grant(Role.ADMINISTRATOR),)
    )
    accounts.set_disabled(phonics, people.administrator, "administrator", True)
    with pytest.raises(Conflict):
        accounts.set_disabled(phonics, people.administrator, second.id, True)


def test_own_password_keeps_the_session_it_was_changed_from(phonics, people):
    here, elsewhere = sign_in(phonics).token, sign_in(phonics).token
    accounts.set_password(phonics, people.teacher, "teacher", "ส้มโอลูกใหญ่ 1", keep_token=here, present=PASSWORD)
    assert accounts.actor_of(phonics, here) == people.teacher
    assert accounts.actor_of(phonics, elsewhere) is None
    assert refusal(phonics).code == "sign_in.wrong"
    assert sign_in(phonics, password="ส้มโอลูกใหญ่ 1")


@pytest.mark.parametrize("present", ["", "ส้มโอลูกใหญ่ 1"])
@pytest.mark.parametrize("who", ["teacher", "administrator"])
def test_own_password_needs_the_present_one(phonics, people, who, present):
    with pytest.raises(NotAllowed, match=r"account\.present_password_wrong"):
        accounts.set_password(phonics, getattr(people, who), who, "ส้มโอลูกใหญ่ 1", present=present)
    assert sign_in(phonics, who)


def test_guesses_at_the_present_password_are_throttled(phonics, people):
    for _ in range(guesses.PER_ACCOUNT):
        with pytest.raises(NotAllowed, match=r"account\.present_password_wrong"):
            accounts.set_password(phonics, people.teacher, "teacher", "ส้มโอลูกใหญ่ 1", present="ทายดู")
    with pytest.raises(NotAllowed, match=r"sign_in\.throttled"):
        accounts.set_password(phonics, people.teacher, "teacher", "ส้มโอลูกใหญ่ 1", present=PASSWORD)
    assert refusal(phonics).code == "sign_in.throttled"


def test_an_administrator_sets_any_password_and_opens_a_throttled_account(phonics, people):
    with phonics.store.write() as connection:
        for _ in range(5):
            guesses.note_guess(connection, "teacher", HOME, phonics.now())
    assert refusal(phonics).code == "sign_in.throttled"
    accounts.set_password(phonics, people.administrator, "teacher", "ส้มโอลูกใหญ่ 1")
    assert sign_in(phonics, password="ส้มโอลูกใหญ่ 1")


def test_nobody_sets_anothers_password(phonics, people):
    with pytest.raises(NotAllowed):
        accounts.set_password(phonics, people.director, "teacher", "ส้มโอลูกใหญ่ 1")
    with pytest.raises(ProblemsFound):
        accounts.set_password(phonics, people.teacher, "teacher", "0812345678")


def test_unknown_account(phonics, people):
    with pytest.raises(NotFound):
        accounts.set_disabled(phonics, people.administrator, "nobody", True)
    with pytest.raises(NotFound):
        accounts.set_password(phonics, people.administrator, "nobody", NEW[2])


REFUSED = {
    "list_accounts": lambda p, a: accounts.list_accounts(p, a),
    "create_account": lambda p, a: accounts.create_account(p, a, *NEW),
    "change_grants": lambda p, a: accounts.change_grants(p, a, "director", (Grant(Role.ADMINISTRATOR),)),
    "set_disabled": lambda p, a: accounts.set_disabled(p, a, "director", True),
    "set_password": lambda p, a: accounts.set_password(p, a, "other_director", NEW[2]),
}


@pytest.mark.parametrize("who", ["teacher", "director", "trainer", "municipal_director"])
@pytest.mark.parametrize("name", REFUSED)
def test_only_the_administrator(phonics, people, name, who):
    with pytest.raises(NotAllowed, match=r"permission\.denied"):
        REFUSED[name](phonics, getattr(people, who))


def test_demonstration_accounts_only_on_a_demonstration_site(phonics):
    assert accounts.demonstration_accounts(phonics) == ()
    with pytest.raises(NotAllowed, match=r"sign_in\.demonstration_only"):
        accounts.demonstration_sign_in(phonics, "teacher")
    with phonics.store.write() as connection:
        set_setting(connection, SITE_SETTING, "demonstration")
    assert "teacher" in {a.id for a in accounts.demonstration_accounts(phonics)}
    signed = accounts.demonstration_sign_in(phonics, "teacher")
    assert isinstance(accounts.actor_of(phonics, signed.token), Actor)


def test_an_account_without_password_has_no_right_password(phonics):
    from phonics_app.records.accounts import set_password_hash

    with phonics.store.write() as connection:
        set_password_hash(connection, "teacher", passwords.NO_PASSWORD, phonics.now())
    for password in ("", PASSWORD):
        assert refusal(phonics, password=password).code == "sign_in.wrong"


def test_a_clock_that_was_ahead_and_was_set_right_locks_nobody_out_and_lets_nobody_stay(phonics, clock):
    clock.advance(days=365)
    token = sign_in(phonics, "director").token
    for _ in range(guesses.PER_ACCOUNT):
        assert refusal(phonics, password="wrong").code == "sign_in.wrong"
    clock.advance(days=-365)
    assert accounts.actor_of(phonics, sign_in(phonics).token) is not None
    assert accounts.actor_of(phonics, token) is None
