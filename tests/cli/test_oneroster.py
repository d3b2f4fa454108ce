"""OneRoster packages from the command line."""

from __future__ import annotations


def test_out_and_in_again(run, run_json, busy_site, tmp_path):
    path = tmp_path / "o.zip"
    code, told = run_json("export-oneroster", "--year", "2569", "--out", path)
    assert code == 0, told
    code, told = run_json("import-oneroster", path, "--dry-run")
    assert code == 0, told
    assert (told["unchanged"], told["new"], told["stored"], told["year"]) == (40, 0, 0, 2569)
    assert run("import-oneroster", path, "--expect", told["digest"])[0] == 0
    code, _, err = run("import-oneroster", path, "--expect", "0" * 64)
    assert code == 1
    assert "ในระหว่างนี้" in err


def test_what_is_no_package(run, site, tmp_path):
    path = tmp_path / "o.zip"
    path.write_bytes(b"PK")
    code, _, err = run("import-oneroster", path)
    assert code == 1
    assert "OneRoster" in err
