"""Fixed forms from the command line."""

from __future__ import annotations

import json

import pytest

from phonics_app.domain.codec import decode
from phonics_app.domain.form import FormSet


def test_forms_as_text_and_as_json(run, run_json, site):
    chosen = ("--blueprint", "level-check", "--level", "2")
    code, told = run_json("assemble-forms", *chosen)
    assert code == 0
    made = decode(FormSet, told[0]["forms"])
    assert (made.levels, len(made.forms)) == ((2,), 3)
    assert made.difference < 0.02
    code, out, _ = run("assemble-forms", *chosen)
    assert code == 0
    assert out.startswith("แบบทดสอบเลื่อนระดับ ระดับ 2: คะแนนคาดหวังต่างกันมากที่สุด ")
    assert f"  B  {' '.join(made.forms[1].items)}\n" in out


def test_forms_to_a_file(run, run_json, site, tmp_path):
    arguments = ("--blueprint", "probe-passage", "--level", "4", "--level", "5", "--out", tmp_path / "forms.json")
    assert run("assemble-forms", *arguments)[0] == 0
    stored = json.loads((tmp_path / "forms.json").read_text(encoding="utf-8"))
    assert [one["levels"] for one in stored] == [[4], [5]]
    assert run("assemble-forms", *arguments)[0] == 1
    assert run("assemble-forms", *arguments, "--overwrite")[0] == 0


def test_what_is_new_and_left_out_is_told_and_no_failure(run, run_json, site):
    code, told = run_json("assemble-forms", "--blueprint", "class-listening", "--level", "8")
    assert code == 0
    assert told[0]["problems"]
    assert all(problem["warning"] for problem in told[0]["problems"])
    _, _, err = run("assemble-forms", "--blueprint", "class-listening", "--level", "8")
    assert len(err.splitlines()) == len(told[0]["problems"])


@pytest.mark.parametrize("arguments", [("--blueprint", "exam"), ("--level", "77")])
def test_forms_that_there_are_not(run, site, arguments):
    code, _, err = run("assemble-forms", *arguments)
    assert code == 1
    assert "level-check (1, 2, 3, 4, 5, 6, 7, 8, 9)" in err


@pytest.mark.parametrize(("ending", "starts"), [("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_a_form_as_a_document(run, site, tmp_path, ending, starts):
    out = tmp_path / f"form.{ending}"
    code, told, _ = run("export-form", "probe-words", "--level", "3", "--form", "b", "--out", out)
    assert (code, told) == (0, f"{out}\n")
    assert out.read_bytes().startswith(starts)


def test_a_form_that_there_is_not_leaves_no_file(run, site, tmp_path):
    out = tmp_path / "form.pdf"
    code, _, err = run("export-form", "probe-words", "--level", "3", "--form", "Q", "--out", out)
    assert (code, err) == (1, "ไม่มีฉบับที่ใช้อักษรนี้ ที่มีคือ A, B, C\n")
    code, _, err = run("export-form", "exam", "--level", "3", "--out", out)
    assert code == 1
    assert "probe-words (2, 3, 4, 5, 6, 7, 8, 9)" in err
    assert not out.exists()
