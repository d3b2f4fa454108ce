from __future__ import annotations

import pytest

from tests import sites


def enter(client, username="teacher", password=sites.PASSWORD, **more):
    return client.post("/auth/sign-in", data={"username": username, "password": password, **more})


def test_signing_in_sets_a_cookie_that_scripts_cannot_read(client_of):
    answer = enter(client_of(None), next="/class")
    assert (answer.status_code, answer.headers["location"]) == (303, "/class")
    cookie = answer.headers["set-cookie"].lower()
    assert "phonics_session=" in cookie
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_over_https_the_cookie_is_secure(client_of):
    answer = enter(client_of(None, url="https://testserver"))
    assert "secure" in answer.headers["set-cookie"].lower()


def test_never_leads_to_another_site(client_of):
    assert enter(client_of(None), next="//evil.example").headers["location"] == "/"


@pytest.mark.parametrize(("username", "password"), [("teacher", "wrong"), ("nobody", sites.PASSWORD), ("", "")])
def test_a_wrong_guess_keeps_the_name_and_not_the_password(client_of, username, password):
    answer = enter(client_of(None), username, password, next="/class")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert f'value="{username}"' in answer.text
    assert 'value="/class"' in answer.text
    assert sites.PASSWORD not in answer.text


def test_after_many_wrong_guesses_even_the_right_one_must_wait(client_of):
    client = client_of(None)
    assert enter(client).status_code == 303
    for n in range(10):
        enter(client, "teacher", f"guess {n}")
    assert enter(client).status_code == 403


def test_signing_out_ends_the_session_on_the_server(client_of):
    client = client_of("teacher")
    token = client.cookies["phonics_session"]
    assert "teacher" in client.get("/auth/sign-out").text
    left = client.post("/auth/sign-out")
    assert left.status_code == 303
    assert 'phonics_session=""' in left.headers["set-cookie"]
    client.cookies.set("phonics_session", token)
    assert client.get("/play/deliver").status_code == 303


def test_a_demonstration_entry_is_no_way_into_a_real_site(client_of):
    answer = client_of(None).post("/auth/sign-in", data={"account_id": "administrator"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_thai_is_the_default_and_the_switch_is_kept(client_of):
    client = client_of(None)
    client.cookies.clear()
    assert "เข้าสู่ระบบ" in client.get("/auth/sign-in").text
    answer = client.get("/auth/language?to=en&next=/auth/sign-in")
    assert answer.headers["location"] == "/auth/sign-in"
    assert "<h1>Sign in</h1>" in client.get("/auth/sign-in").text


def test_a_form_that_is_too_large(client_of):
    assert enter(client_of(None), "a" * 100_000).status_code == 413
