"""Invitations from the command line."""

from __future__ import annotations

import io

from pypdf import PdfReader

from tests import sites


def test_invite_list_and_withdraw(run, run_json, site, tmp_path):
    where = ("--role", "teacher", "--school", "ประตูลี้", "--class", "ป.3/2", "--address", "http://10.0.0.5:8501/")
    cards = tmp_path / "cards.pdf"
    code, made = run_json("invite", "--name", "ครูสมศรี", "--name", "ครูมานี", *where, "--cards", str(cards))
    assert code == 0, made
    assert [one["name"] for one in made] == ["ครูสมศรี", "ครูมานี"]
    assert made[0]["link"] == f"http://10.0.0.5:8501/auth/invitation?code={made[0]['code']}"
    assert made[0]["code"] in PdfReader(io.BytesIO(cards.read_bytes())).pages[0].extract_text()
    assert run("invite", "--name", "x", *where, "--cards", str(cards))[0] == 1
    listed = run_json("list-invitations")[1]
    assert {one["display_name"] for one in listed} == {"ครูสมศรี", "ครูมานี"}
    assert listed[0]["grants"][0]["school_id"] == sites.SCHOOLS[0].id
    assert made[0]["code"] not in str(listed)
    assert run("withdraw-invitation", made[0]["id"])[0] == 0
    assert run("withdraw-invitation", made[0]["id"])[0] == 1
    assert [one["display_name"] for one in run_json("list-invitations")[1]] == ["ครูมานี"]
