"""Lawful bases and notices from the command line."""

from __future__ import annotations

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.workflows import roster
from tests import sites


@pytest.fixture
def pupil(data, own_template):
    phonics = sites.open_copy(own_template, data)
    draft = PupilDraft("9", "", "มะลิ", "ใจงาม", Sex.FEMALE, Grade.P3, "1")
    made = roster.add_pupil(phonics, SYSTEM, sites.SCHOOLS[0].id, sites.YEAR, draft)
    phonics.store.close()
    return made.id


CLASS = ("--school", sites.SCHOOLS[0].id, "--year", str(sites.YEAR), "--grade", "P3", "--room", "1")


def test_from_none_to_noted(run, run_json, pupil):
    assert [row["latest"] for row in run_json("list-bases", *CLASS)[1]] == [None]
    form = ("--basis", "consent", "--source", "paper", "--on", "2569-05-20")
    assert run_json("record-basis", *CLASS, *form) == (0, {"pupils": 1})
    assert run_json("list-bases", *CLASS, "--without") == (0, [])
    told = run_json("show-bases-of", pupil)[1]
    assert [(row["basis"], row["given_on"], row["noted_by"]) for row in told] == [("consent", "2026-05-20", "system")]
    assert run("record-basis", *CLASS, *form)[0] == 1


def test_the_notice(run, run_json, pupil, tmp_path):
    target = tmp_path / "notice.pdf"
    assert run("print-notice", *CLASS, "--out", str(target))[0] == 1
    settings = ("--controller-th", "เทศบาล", "--contact", "053", "--kept-years", "3", "--basis", "consent")
    code, told = run_json("set-privacy", *settings)
    assert (code, told["kept_years"], told["basis"]) == (0, 3, "consent")
    assert run_json("show-privacy")[1] == told
    assert run("print-notice", *CLASS, "--out", str(target))[0] == 0
    assert target.read_bytes().startswith(b"%PDF")
