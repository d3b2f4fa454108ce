"""The rule of mastery from the command line."""

from __future__ import annotations

import pytest


def test_rule_and_limits(run, run_json, site):
    code, told = run_json("show-levels")
    assert code == 0, told
    assert told["mastery"] == 0.8
    assert [level["at_cut"] for level in told["levels"]] == pytest.approx([0.8] * 9, abs=1e-5)
    code, out, _ = run("show-levels")
    assert code == 0
    assert out.count("80.0%") >= 9
    assert "ตรงกัน" in out
