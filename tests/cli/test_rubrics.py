"""Rubrics from the command line."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(("name", "begins"), [("r.pdf", b"%PDF"), ("r.docx", b"PK"), ("r.xlsx", b"PK")])
def test_export_rubrics(run_json, site, tmp_path, name, begins):
    path = tmp_path / name
    chosen = ("--level", "4", "--kind", "performance", "--language", "both")
    code, told = run_json("export-rubrics", "--out", path, *chosen)
    assert code == 0, told
    assert path.read_bytes().startswith(begins)
    assert told["bytes"] == path.stat().st_size


def test_export_into_a_folder_that_is_not_there(run, site, tmp_path):
    code, _, err = run("export-rubrics", "--out", tmp_path / "no" / "r.pdf", "--level", "4")
    assert code == 1
    assert "r.pdf" in err
