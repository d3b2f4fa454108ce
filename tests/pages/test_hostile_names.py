"""Names that would like to be more than names, on the pages of Streamlit and in their plots."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from phonics_app.domain.grade import Grade
from phonics_app.records import schema
from tests.pages import reading
from tests.web.test_hostile_names import is_harmless

EVIL = (
    "</div><script>alert(1)</script><img src=x onerror=alert(1)>"
    "<a href='http://x.example'>a</a>\" onclick='b' %{x} =1+1 \u202eก 🐻" + "ย" * 120
)
PAGES = (
    *("home.py", "class_list.py", "pupils.py", "accounts.py", "schools.py", "pupil_data.py", "result.py"),
    *("dashboard.py", "network.py", "onet.py"),
)


@pytest.fixture
def hostile(site):
    with site.store.write() as connection:
        connection.execute(update(schema.pupil).values(prefix="<b>", first_name=EVIL, last_name=EVIL))
        connection.execute(update(schema.school).values(name_th=EVIL, name_en=EVIL))
        connection.execute(update(schema.account).values(display_name=EVIL))
    return site


def test_pages_show_them_as_they_are_written(hostile, open_page, busy_template):
    pupil = busy_template.pupils[0, Grade.P1, "1"][0]
    queries = {"pupil_data.py": {"pupil": pupil}, "result.py": {"attempt": busy_template.finished}}
    shown, plots = 0, 0
    for file in PAGES:
        app = open_page(file, "administrator", **queries.get(file, {}))
        assert not app.exception, file
        html = reading.html(app)
        is_harmless(html)
        shown += "&lt;script&gt;" in html
        for plot in app.get("plotly_chart"):
            spec = plot.proto.spec.replace("\\u003c", "<")
            plots += "&lt;a href" in spec
            assert "<a" not in spec, file
            assert "<script" not in spec, file
    assert shown >= 5
    assert plots >= 3
