"""Files that commands write: none over another by accident, each whole, in the format that was meant."""

from __future__ import annotations

import os
import stat

import pytest

RUBRICS = ("export-rubrics", "--level", "4", "--kind", "performance")


def test_a_file_is_replaced_only_when_asked(run, site, tmp_path):
    path = tmp_path / "r.pdf"
    path.write_bytes(b"mine")
    code, _, err = run(*RUBRICS, "--out", path)
    assert (code, "--overwrite" in err) == (1, True)
    assert path.read_bytes() == b"mine"
    assert run(*RUBRICS, "--out", path, "--overwrite")[0] == 0
    assert path.read_bytes().startswith(b"%PDF")
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["r.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_what_is_written_nobody_else_may_read(run, site, tmp_path):
    """An export, invitation cards, a OneRoster package and a backup."""
    school = ("--school", "ประตูลี้")
    invited = ("invite", "--name", "ครู", "--role", "teacher", *school, "--address", "http://a", "--cards")
    commands = {
        "r.pdf": (*RUBRICS, "--out"),
        "cards.pdf": invited,
        "o.zip": ("export-oneroster", *school, "--year", "2569", "--out"),
        "b.phonics-backup": ("backup", "--out"),
    }
    before = os.umask(0o022)
    try:
        said = [run(*command, tmp_path / name) for name, command in commands.items()]
    finally:
        os.umask(before)
    assert [code for code, _out, _err in said] == [0] * 4, said
    assert {name: oct(stat.S_IMODE((tmp_path / name).stat().st_mode)) for name in commands} == dict.fromkeys(
        commands, "0o600"
    )


def test_a_folder_is_never_replaced(run, site, tmp_path):
    (tmp_path / "r.pdf").mkdir()
    assert run(*RUBRICS, "--out", tmp_path / "r.pdf", "--overwrite")[0] == 1
    assert (tmp_path / "r.pdf").is_dir()


def test_a_refused_file_leaves_no_trace_in_the_audit(run, run_json, busy_site, tmp_path):
    (tmp_path / "c.csv").write_bytes(b"mine")
    scope = ("export-class", "--school", "ประตูลี้", "--year", "2569")
    assert run(*scope, "--out", tmp_path / "c.csv")[0] == 1
    assert run(*scope, "--out", tmp_path / "no" / "c.csv")[0] == 1
    assert run_json("audit", "--action", "export")[1] == []


def test_nothing_half_written_is_left(run, site, tmp_path, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device", "r.pdf")

    monkeypatch.setattr("os.replace", full)
    code, _, err = run(*RUBRICS, "--out", tmp_path / "r.pdf")
    assert (code, "r.pdf" in err) == (1, True)
    assert not list(tmp_path.glob("r.pdf*"))


@pytest.mark.parametrize("name", ["r", "r.txt", "r.csv"])
def test_a_name_that_tells_no_format(run, site, tmp_path, name):
    code, _, err = run(*RUBRICS, "--out", tmp_path / name)
    assert (code, ".docx" in err) == (2, True)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(("language", "word"), [("th", "ชั้น"), ("en", "Class")])
def test_language_of_the_document(run, busy_site, tmp_path, language, word):
    path = tmp_path / "c.csv"
    assert run("export-class", "--school", "ประตูลี้", "--year", "2569", "--language", language, "--out", path)[0] == 0
    assert path.read_text(encoding="utf-8-sig").startswith(word)
