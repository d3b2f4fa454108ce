"""The page of the item analysis: too few tests, what to look at first, one item, groups, and what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.calibration.dif import Shift, Verdict
from phonics_app.calibration.item_flags import Finding, Flag
from phonics_app.domain.account import SYSTEM
from phonics_app.workflows import site_item_analysis as analysis
from phonics_app.workflows.site_item_analysis import Difference, Trait, analyse_site_items
from tests import calibrated, sites
from tests.pages import reading
from tests.pages.driving import click

FILE = "item_analysis.py"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """An analysis of simulated pupils."""
    own = sites.make_own(tmp_path_factory.mktemp("own"))
    phonics = sites.open_copy(own, tmp_path_factory.mktemp("analysed"))
    calibrated.simulate_site(phonics)
    found = analyse_site_items(phonics, SYSTEM)
    phonics.store.close()
    return found


@pytest.fixture
def show(open_page, site, monkeypatch):
    """`show(analysis, **query)`: the page as a teacher sees it, with an analysis that was made before."""

    def run(made, role="teacher", **query):
        monkeypatch.setattr("phonics_app.workflows.site_item_analysis.LEAST_SITTINGS", 1)
        monkeypatch.setattr(analysis, "count_calibrated", lambda connection: made.finished)
        monkeypatch.setattr(analysis, "_kept", {analysis._key(site): made})
        return open_page(FILE, role, **query)

    return run


def with_findings(found, *findings):
    """The first item with enough answers has these."""
    one = next(one for one in found.items if one.enough)
    changed = replace(one, told=replace(one.told, findings=findings))
    rest = tuple(each for each in found.items if each is not one)
    return replace(found, items=(changed, *rest)), one.item


def test_too_few_tests(look):
    app = look(FILE, "teacher")
    shown = reading.texts(app)
    assert "การทดสอบยังน้อยเกินไปสำหรับการวิเคราะห์ข้อสอบ" in shown
    assert any("อย่างน้อย 100 ครั้ง" in text for text in shown)
    assert not app.get("download_button")


def test_items_to_look_at_come_first_and_lead_to_each(show, found):
    made, item = with_findings(found, Finding(Flag.CHECK_KEY, -0.3))
    app = show(made)
    shown = reading.texts(app)
    assert "ตรวจเฉลย" in shown
    assert any(f"item={item.id}" in target for target in reading.links(app))
    assert "คำนวณจากคำตอบของนักเรียนจำลอง จึงไม่บอกอะไรเกี่ยวกับนักเรียนจริง" in shown
    assert [button.proto.label for button in app.get("download_button")] == ["ตาราง (Excel)", "ตาราง (CSV)"]
    other = next(one.item.level for one in found.items if one.item.level != item.level)
    assert "ตรวจเฉลย" not in reading.texts(show(made, level=str(other)))


def test_nothing_stands_out(show, found):
    quiet = replace(found, items=tuple(replace(o, told=replace(o.told, findings=())) for o in found.items))
    shown = reading.texts(show(quiet))
    assert "ไม่พบสิ่งผิดสังเกต คำตอบไม่ชี้ว่าข้อเหล่านี้มีปัญหา" in shown
    every = reading.texts(show(quiet, show="every"))
    assert every.count("ไม่พบสิ่งผิดสังเกต") == len(found.items)


def test_one_item_in_plain_words_with_one_plot(show, found):
    made, item = with_findings(found, Finding(Flag.CHECK_KEY, -0.3))
    app = show(made, item=item.id)
    shown = reading.texts(app)
    assert "นักเรียนเก่งตอบผิดบ่อยกว่านักเรียนอ่อน โปรดตรวจเฉลย" in shown
    assert len(app.get("plotly_chart")) == 1
    assert f"/item-bank?item={item.id}" in reading.links(app)
    for word in ("θ", "β", "σ", "logit", "โลจิต", "infit", "slope"):
        assert word not in " ".join(shown)


def test_an_item_without_answers_says_so(show, found):
    shown = reading.texts(show(found, item="XX-0000"))
    assert any("ไม่มีคำตอบของข้อ XX-0000" in text for text in shown)


def test_differences_in_words(show, found):
    item = found.items[0].item
    shift = Shift("female", "x", -0.8, 0.1, 150, 0.0, 0.0, Verdict.SHIFTED)
    few = Shift("female", "y", 0.1, 0.9, 12, None, None, Verdict.CANNOT_TELL)
    made = replace(
        found,
        compared=(Trait.SEX,),
        differences=tuple(Difference(Trait.SEX, "female", item.strand, item.level, "", s) for s in (shift, few)),
        items_not_tested={Trait.SEX: 3},
    )
    shown = reading.texts(show(made))
    assert "เด็กหญิงกับเด็กชาย: พบความแตกต่าง 1 จุด" in shown
    assert {"เด็กหญิง", "ยากกว่าสำหรับกลุ่มนี้"} <= set(shown)
    # 100 / (1 + e^0.8) = 31
    assert {"31", "27–35"} <= set(shown)
    assert "คำตอบยังน้อย จึงยังบอกไม่ได้: 1 จาก 2 การเปรียบเทียบ" in shown
    assert "โรงเรียน: มีเพียงกลุ่มเดียว จึงไม่มีอะไรให้เปรียบเทียบ" in shown


def test_newer_tests_can_be_analysed(show, found, monkeypatch):
    app = show(found)
    assert not app.button
    monkeypatch.setattr(analysis, "count_calibrated", lambda connection: found.finished + 5)
    asked = []
    monkeypatch.setattr(analysis, "_analysed", lambda phonics, progress: asked.append(1) or found)
    app.run()
    click(app, "วิเคราะห์ใหม่")
    assert asked == [1]
