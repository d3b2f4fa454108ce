"""copy-database, as it is typed."""

from __future__ import annotations

from phonics_app.records.store import sqlite_url


def test_a_site_moves(run, run_json, site, tmp_path, monkeypatch):
    before = run_json("list-schools")[1]
    target = sqlite_url(tmp_path / "elsewhere" / "phonics.db")
    code, told = run_json("copy-database", target)
    assert code == 0, told
    assert told["tables"]["school"] == len(before)
    assert run("copy-database", target)[0] == 1
    monkeypatch.setenv("PHONICS_DATABASE_URL", target)
    assert run_json("list-schools")[1] == before
    assert run_json("audit")[1][0]["action"] == "site.copied"


def test_an_address_is_needed_and_not_one_s_own(run, site, tmp_path, monkeypatch):
    assert run("copy-database")[0] == 1
    monkeypatch.setenv("PHONICS_COPY_TO", "postgresql://me:s3cret@127.0.0.1:1/x")
    code, _, err = run("--language", "en", "copy-database")
    assert code == 1
    assert "s3cret" not in err
