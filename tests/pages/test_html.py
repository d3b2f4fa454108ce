from __future__ import annotations

import ast

import pytest
from streamlit.testing.v1 import AppTest

from phonics_app.pages.components.html import LONG
from tests.pages import reading
from tests.sites import ROOT


def one_table(rows: int) -> None:
    from phonics_app.pages.components.html import Column, table

    table([Column("n")], [[str(n)] for n in range(rows)], height=300)


@pytest.mark.parametrize(("rows", "cut"), [(LONG, False), (LONG + 1, True)])
def test_only_long_lists_scroll(rows, cut):
    html = reading.html(AppTest.from_function(one_table, args=(rows,)).run())
    assert ("max-height" in html) is cut
    assert html.count("<td") == rows


def names(shown: list[str]) -> None:
    from phonics_app.pages.components.html import Column, link, stacked, table

    rows = [[name, stacked(link(name, "/pupil?" + "x" * 90), "user"), "last"] for name in shown]
    table([Column("Name", "nowrap"), Column("Link"), Column("Last")], rows)


def test_only_a_name_that_nobody_has_goes_on_in_the_next_line():
    """An address in a link is not shown, and words with spaces break by themselves."""
    usual = ["ว่าที่ร้อยตรีหญิงศรีสุวรรณกัลยา เทพหัสดินทร์ ณ อยุธยา", "a " * 150]
    assert "pn-long" not in reading.html(AppTest.from_function(names, args=(usual,)).run())
    html = reading.html(AppTest.from_function(names, args=(["ย" * 300, *usual],)).run())
    assert (html.count('class="pn-nowrap pn-long"'), html.count('class="pn-text pn-long"')) == (1, 1)


def test_no_list_of_many_has_streamlits_english_words():
    """`st.multiselect` without a `placeholder` says "Choose options" to Thai readers."""
    calls = [
        node
        for path in (ROOT / "phonics_app/pages").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "multiselect"
    ]
    assert calls
    assert all("placeholder" in {word.arg for word in call.keywords} for call in calls)
