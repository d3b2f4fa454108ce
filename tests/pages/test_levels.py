"""The page of levels: both figures stand side by side for every level, and the way to it is there."""

from __future__ import annotations

from phonics_app.domain.account import SYSTEM
from phonics_app.workflows.levels import show_levels
from tests.pages import reading


def test_rule_and_model_side_by_side(look, site):
    app = look("levels.py", "trainer")
    rules = show_levels(site, SYSTEM)
    assert reading.html(app).count(">80.0%<") == 2 * len(rules.levels)
    assert any("เกณฑ์กับการทดสอบตรงกัน" in text for text in reading.texts(app))
    for rule in rules.levels:
        assert any(f"{rule.name.th} · {rule.items} ข้อ" in text for text in reading.texts(app))


def test_the_rubrics_lead_there(look):
    assert "/levels" in reading.links(look("rubrics.py", "teacher"))
