"""Figures from the command line."""

from __future__ import annotations

import csv

import pytest

NAMES = [("x.pdf", b"%PDF"), ("x.csv", b"\xef\xbb\xbf"), ("x.xlsx", b"PK")]


def rows(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


@pytest.mark.parametrize(("name", "begins"), NAMES)
@pytest.mark.parametrize(
    "command", [("export-dashboard", "--school", "ประตูลี้"), ("export-dashboard",), ("export-network",)]
)
def test_every_document_in_every_format(run_json, busy_site, tmp_path, command, name, begins):
    code, told = run_json(*command, "--out", tmp_path / name)
    assert code == 0, told
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert told["bytes"] == (tmp_path / name).stat().st_size


def test_filters_narrow_the_dashboard(run, busy_site, tmp_path):
    chosen = ("--school", "ประตูลี้", "--language", "en")
    run("export-dashboard", *chosen, "--out", tmp_path / "all.csv")
    run("export-dashboard", *chosen, "--grade", "P2", "--room", "1", "--out", tmp_path / "one.csv")
    everything, one = rows(tmp_path / "all.csv"), rows(tmp_path / "one.csv")
    assert 0 < len(one) < len(everything)
    assert {"P1", "P2"} <= {row["Grade"] for row in everything}
    assert "P1" not in {row["Grade"] for row in one}


@pytest.mark.parametrize(
    "chosen",
    [("--round", "1/2560"), ("--stage", "secondary", "--grade", "P2"), ("--school", "จามเทวี"), ("--room", "77")],
)
def test_no_document_without_figures(run, busy_site, tmp_path, chosen):
    code, _, err = run("export-dashboard", *chosen, "--out", tmp_path / "x.pdf")
    assert (code, "ไม่มีข้อมูลให้ส่งออก" in err) == (1, True)
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("text", ["3/2569", "2569", "1/69", "x"])
def test_a_round_is_term_and_year(run, busy_site, tmp_path, text):
    assert run("export-network", "--round", text, "--out", tmp_path / "x.csv")[0] == 2


def test_small_cells_of_the_network_stay_hidden(run, busy_site, tmp_path):
    """The network school of the busy site has eight pupils, spread over levels in ones and twos."""
    assert run("export-network", "--round", "2/2569", "--out", tmp_path / "n.csv")[0] == 0
    found = rows(tmp_path / "n.csv")
    counts = {int(value) for row in found for name, value in row.items() if "จำนวน" in name and value.isdecimal()}
    assert found
    assert not {1, 2, 3, 4} & counts


def test_decisions_behind_the_figures(run, run_json, busy_site):
    wanted = ("trace-dashboard", "--school", "ประตูลี้", "--round", "2/2569")
    found = run_json(*wanted)[1]
    assert len(found) == 18
    first = run_json(*wanted, "--grade", "P1")[1]
    assert busy_site.finished in {row["attempt_id"] for row in first}
    assert {row["grade"] for row in first} == {"P1"}
    assert busy_site.finished in run(*wanted)[1]
