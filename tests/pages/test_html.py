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
