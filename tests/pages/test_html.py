from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from phonics_app.pages.components.html import LONG
from tests.pages import reading


def one_table(rows: int) -> None:
    from phonics_app.pages.components.html import Column, table

    table([Column("n")], [[str(n)] for n in range(rows)], height=300)


@pytest.mark.parametrize(("rows", "cut"), [(LONG, False), (LONG + 1, True)])
def test_only_long_lists_scroll(rows, cut):
    html = reading.html(AppTest.from_function(one_table, args=(rows,)).run())
    assert ("max-height" in html) is cut
    assert html.count("<td") == rows
