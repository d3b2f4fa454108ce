"""The trail of who did what, from the command line."""

from __future__ import annotations

from datetime import date

import pytest

from phonics_app.cli.audit import day_of
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.workflows import roster
from phonics_app.workflows.accounts import sign_in
from tests import sites

START = sites.START.date()


@pytest.fixture
def trail(data, own_template):
    """Acts on three days in June 2569, the first at one minute past midnight in Thailand; the ids of two pupils."""
    clock = sites.Clock()
    phonics = sites.open_copy(own_template, data, clock)
    clock.time = sites.START.replace(day=14, hour=17, minute=1)
    sign_in(phonics, "teacher", sites.PASSWORD, "127.0.0.1")
    ids = []
    for day in (16, 17):
        clock.time = sites.START.replace(day=day)
        draft = PupilDraft(str(day), "", "มะลิ", "ใจงาม", Sex.FEMALE, Grade.P3, "1")
        ids.append(roster.add_pupil(phonics, sites.PEOPLE.teacher, sites.SCHOOLS[0].id, 2569, draft).id)
    roster.set_archived(phonics, SYSTEM, ids[0], True)
    phonics.store.close()
    return ids


def acts(run_json, *choice):
    code, told = run_json("audit", *choice)
    assert code == 0, told
    return [entry["action"] for entry in told]


def test_newest_first_with_names(run, run_json, trail):
    assert acts(run_json) == ["pupil.archived", "pupil.added", "pupil.added", "account.signed_in"]
    told = run_json("audit")[1]
    assert (told[1]["username"], told[1]["subject"], told[1]["data"]) == ("teacher", trail[1], {"year": 2569})
    lines = run("audit")[1].splitlines()
    assert lines[0].startswith("17 มิถุนายน 2569")
    assert "system  pupil.archived" in lines[0]


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        (("--account", "teacher"), 3),
        (("--account", "system"), 1),
        (("--action", "pupil"), 3),
        (("--action", "pupil.added"), 2),
        (("--action", "pup"), 0),
        (("--action", "%"), 0),
        (("--since", "2569-06-16"), 3),
        (("--until", "2569-06-15"), 1),
        (("--until", "2569-06-14"), 0),
        (("--since", "2026-06-16", "--until", "2026-06-16"), 1),
        (("--action", "pupil.added", "--limit", "1"), 1),
    ],
)
def test_filters(run_json, trail, choice, count):
    assert len(acts(run_json, *choice)) == count


def test_of_one_pupil(run_json, trail):
    assert acts(run_json, "--subject", trail[0]) == ["pupil.archived", "pupil.added"]


def test_the_limit_counts_what_was_asked_for(run_json, trail):
    """Not the newest entries of all, of which few might fit."""
    assert acts(run_json, "--action", "account", "--limit", "1") == ["account.signed_in"]


def test_an_unknown_account(run, trail):
    assert run("audit", "--account", "nobody")[0] == 1


@pytest.mark.parametrize(
    "wrong", [("--since", "yesterday"), ("--since", "2569-13-01"), ("--limit", "0"), ("--limit", "x")]
)
def test_wrong_use(run, trail, wrong):
    assert run("audit", *wrong)[0] == 2


def test_days_of_both_calendars():
    assert day_of("2567-02-29") == day_of("2024-02-29") == date(2024, 2, 29)


def test_the_chain_is_verified(run, run_json, trail):
    code, told = run_json("verify-audit")
    assert (code, told["fault"], told["entries"]) == (0, None, 4)
    assert run_json("verify-audit", "--head", told["head"])[0] == 0
    assert run_json("verify-audit", "--head", "f" * 64)[1]["fault"] == "head_unknown"
    code, lines = run("verify-audit", "--head", "f" * 64)[:2]
    assert (code, "ลายนิ้วมือที่จดไว้ไม่ตรงกับรายการใด" in lines) == (1, True)


def test_the_record_as_a_file(run, run_json, trail, tmp_path):
    assert run("export-audit", "--action", "pupil", "--out", str(tmp_path / "a.csv"))[0] == 0
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert acts(run_json)[0] == "export.audit"
