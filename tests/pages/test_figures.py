"""Dashboard, O-NET and network on screen."""

from __future__ import annotations

import re

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.grade import Grade
from phonics_app.workflows.onet import onet_page
from tests import sites
from tests.pages import reading
from tests.pages.driving import click

SCHOOL = sites.SCHOOLS[0]


def choose(app, label: str, value: str):
    next(s for s in app.selectbox if s.label == label).set_value(value)
    return app.run()


def test_the_dashboard_counts_one_school_for_its_director(look):
    shown = reading.texts(look("dashboard.py", "director"))
    assert shown[shown.index("นักเรียน", shown.index("ภาพรวม")) + 1] == "24"
    assert "โรงเรียนในสังกัดเทศบาลทั้งหมด" not in shown


def test_every_plot_has_its_table(look):
    app = look("dashboard.py", "municipal_director")
    assert len(app.get("plotly_chart")) == 5
    assert len([e for e in app.expander if e.label == "ตาราง"]) == 5


def test_filters_stand_in_the_address_and_narrow_the_figures(look):
    app = look("dashboard.py", "director")
    choose(app, "ชั้น", "P2")
    shown = reading.texts(app)
    assert app.query_params["grade"] == "P2"
    assert shown[shown.index("นักเรียน", shown.index("ภาพรวม")) + 1] == "16"
    choose(app, "ห้อง", "2")
    shown = reading.texts(app)
    assert shown[shown.index("นักเรียน", shown.index("ภาพรวม")) + 1] == "8"


@pytest.mark.parametrize(
    ("role", "scope", "groups"),
    [
        ("municipal_director", {}, ["school_id", "stage", "grade"]),
        ("director", {}, ["grade", "room", "stage"]),
        ("director", {"grade": "P2"}, ["room", "grade"]),
    ],
)
def test_pupils_by_level_by_school_grade_room_and_stage(look, role, scope, groups):
    rows = {"school_id": "เทศบาลประตูลี้", "stage": "ประถมศึกษา", "grade": "ป.2", "room": "ป.2/1"}
    app = look("dashboard.py", role, **scope)
    assert len(next(s for s in app.selectbox if s.label == "แยกตาม").options) == len(groups)
    for by in groups:
        choose(app, "แยกตาม", by)
        assert not app.exception
        assert rows[by] in reading.texts(app)
        bars = app.get("plotly_chart")[0].proto.spec
        assert rows[by] in bars.encode().decode("unicode_escape") or rows[by] in bars


def test_from_a_figure_down_to_the_tests(look, busy_template):
    app = look("dashboard.py", "director")
    app.toggle(key="trace_shown").set_value(True).run()
    assert f"/result?attempt={busy_template.finished}" in reading.links(app)


def test_a_municipal_director_sees_no_pupils(look):
    app = look("dashboard.py", "municipal_director", school=SCHOOL.id)
    assert not list(app.toggle)
    assert "ใบข้าว" not in reading.html(app)


@pytest.mark.parametrize("role", ["municipal_director", "trainer"])
def test_small_numbers_of_network_schools_are_hidden(look, role):
    app = look("network.py", role)
    html = reading.html(app)
    assert "เครือข่ายบ้านดอย" in html
    assert "•" in html
    assert len(app.get("plotly_chart")) == 1
    assert "/network" in reading.links(look("home.py", role))


def test_an_impossible_result_is_refused_and_a_right_one_stored(open_page, site):
    app = open_page("onet.py", "director")
    fields = {f.label: f for f in app.number_input}
    fields["ปีการศึกษา (พ.ศ.)"].set_value(2568)
    fields["จำนวนผู้เข้าสอบ"].set_value(40)
    fields["คะแนนเฉลี่ย"].set_value(60.0)
    fields["คะแนนสูงสุด"].set_value(50.0)
    click(app, "บันทึก")
    assert 2568 not in list(onet_page(site, SYSTEM, Grade.P6, SCHOOL.id).table["year"])

    {f.label: f for f in app.number_input}["คะแนนสูงสุด"].set_value(90.0)
    click(app, "บันทึก")
    assert 2568 in list(onet_page(site, SYSTEM, Grade.P6, SCHOOL.id).table["year"])


@pytest.mark.parametrize(("role", "first"), [("municipal_director", "โรงเรียน ปี · ผู้เข้าสอบ"), ("director", "ปี ผู้เข้าสอบ")])
def test_onet_figures_stand_in_few_columns_with_their_n(look, role, first):
    html = reading.html(look("onet.py", role))
    standing, spread, _nation = re.findall(r"<thead>(.*?)</thead>", html)
    heads = [re.sub(r"<[^>]+>", " ", head).split() for head in re.findall(r"<th .*?</th>", standing)]
    assert [" ".join(head) for head in heads] == [
        first, "คะแนนเฉลี่ย ± ปีก่อน", "ระดับประเทศ ± ประเทศ", "เป้าหมาย", "ระดับคุณภาพ",
    ]  # fmt: skip
    assert [word in spread for word in ("50 คะแนนขึ้นไป", "S.D.", "ต่ำสุด", "สูงสุด")] == [True] * 4
    assert re.search(r"2567 \*(</div>)?.*?\d+ คน", html)


def test_delete_and_target(open_page, site):
    app = open_page("onet.py", "director")
    click(app, "ลบผลสอบนี้")
    table = onet_page(site, SYSTEM, Grade.P6, SCHOOL.id).table
    assert 2567 not in list(table["year"])
    app.number_input(key="onet_target_value").set_value(45.0)
    next(b for b in app.button if b.label == "บันทึก" and "target" in b.form_id).click()
    app.run()
    assert [t.value for t in onet_page(site, SYSTEM, Grade.P6, SCHOOL.id).targets] == [45.0]


def test_results_from_a_spreadsheet(open_page, site):
    app = open_page("onet.py", "director")
    app.file_uploader[0].upload("onet.csv", "ปี,ชั้น,จำนวนผู้เข้าสอบ,ค่าเฉลี่ย\n2568,ป.6,40,44.5\n".encode(), "text/csv")
    app.run()
    click(app, "บันทึกผลเหล่านี้")
    assert 2568 in list(onet_page(site, SYSTEM, Grade.P6, SCHOOL.id).table["year"])
