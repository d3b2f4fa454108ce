"""The page of fixed forms: choose, see, compare, print; and what it says where there are none."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest

from phonics_app.workflows.forms import assemble_forms
from tests import sites
from tests.pages import reading

PAGE = "fixed_forms.py"


def paper(site, kind, level, letter="A"):
    (made,) = assemble_forms(site, sites.PEOPLE.teacher, kind, (level,))
    return next(one for one in made.papers if one.form.letter == letter)


def test_a_level_check_with_its_items_key_and_identity(look, shared_site):
    one = paper(shared_site, "level-check", 4, "B")
    app = look(PAGE, "teacher", kind="level-check", level="4", form="B")
    shown, texts = reading.html(app), reading.texts(app)
    for item in one.items:
        assert (item.stimulus or item.prompt.th) in shown
    assert any(one.form.code in text and "ฉบับ B" in text for text in texts)
    assert any(text.startswith("ไม่ว่านักเรียนจะเก่งเพียงใด") for text in texts)
    assert f"≈ {round(one.at_cut)} / 20" in texts
    assert "มีในทุกฉบับ" in texts
    assert {button.proto.label for button in app.get("download_button")} == {
        "ฉบับพิมพ์ (PDF)",
        "ตาราง (CSV)",
        "ตาราง (Excel)",
    }


def test_the_plot_names_levels_and_no_abilities_in_figures(look):
    app = look(PAGE, "trainer", kind="level-check", level="4")
    (plot,) = app.get("plotly_chart")
    assert '"ticktext":["ระดับ 3","ระดับ 4","ระดับ 5"]' in re.sub(
        r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), plot.proto.spec
    )


def test_a_grid_stands_row_by_row(look, shared_site):
    one = paper(shared_site, "probe-sounds", 4)
    shown = reading.html(look(PAGE, "teacher", "en", kind="probe-sounds", level="4"))
    assert "repeat(10, 1fr)" in shown
    cells = re.findall(r'<span class="pn-letters" lang="en">(.*?)</span>', shown)
    assert cells == [item.stimulus for item in one.items]


def test_choices_show_pictures(look):
    assert "🐘" in reading.html(look(PAGE, "director", kind="class-listening", level="1"))


def test_a_reading_probe_leads_to_its_passage(look, shared_site):
    one = paper(shared_site, "probe-passage", 5, "C")
    app = look(PAGE, "teacher", kind="probe-passage", level="5", form="C")
    assert f"/passages?passage={one.passages[0].id}" in reading.links(app)
    assert one.passages[0].lines[0].text in reading.texts(app)
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("query", [{"kind": "exam"}, {"kind": "paper", "level": "99"}, {"form": "Z"}])
def test_an_address_that_names_nothing_shows_what_there_is(look, query):
    app = look(PAGE, "teacher", **query)
    assert app.get("download_button")


@pytest.fixture
def elsewhere(visit, site, tmp_path):
    """`elsewhere(text → text)`: the page of a site whose `forms.toml` was changed."""
    from phonics_app.workflows import accounts

    folder = tmp_path / "own" / "item_bank"
    folder.mkdir(parents=True)
    shutil.copy(sites.ROOT / "item_bank" / "levels.toml", folder)
    own = replace(site, settings=replace(site.settings, content_dir=tmp_path / "own"))

    def open_with(change, language="th", **query):
        text = (sites.ROOT / "item_bank" / "forms.toml").read_text(encoding="utf-8")
        (folder / "forms.toml").write_text(change(text), encoding="utf-8")
        token = accounts.sign_in(own, "teacher", sites.PASSWORD, "127.0.0.1").token
        return visit(own, token, PAGE, language, **query)

    return open_with


def test_a_thin_bank_says_what_it_lacks_by_the_names_of_tasks(elsewhere):
    def thin(text):
        assert "minimum = 20\nmaximum = 50" in text
        return text.replace("minimum = 20\nmaximum = 50", "minimum = 49\nmaximum = 50")

    app = elsewhere(thin, kind="probe-words", level="2")
    texts = reading.texts(app)
    assert any(text.startswith("คลังข้อสอบมีข้อสอบไม่พอ จึงยังจัด") for text in texts)
    assert any(re.match("อ่านคำ: ต้องเพิ่มข้อสอบที่เปิดใช้งานอีก [0-9]+ ข้อ", text) for text in texts)
    assert not any("read_word" in text for text in texts)
    assert not app.get("download_button")


def test_a_faulty_file_is_told(elsewhere):
    app = elsewhere(lambda text: text.replace('kind = "paper"', 'kind = "cardboard"'))
    assert any("cardboard" in text for text in reading.texts(app))
    assert not app.exception
