"""The item bank's pages: search, look, write, review."""

from __future__ import annotations

import pytest

from phonics_app.content.item_cells import cells_of
from phonics_app.domain.bank import ItemStatus
from phonics_app.workflows import bank_editor as editor
from tests import sites
from tests.pages import reading
from tests.pages.driving import click
from tests.workflows.items import GOOD, OTHER_GOOD

P = sites.PEOPLE
KEEPS_RULES = "ข้อนี้เป็นไปตามกฎของคลังข้อสอบทุกข้อ"


@pytest.fixture
def proposed(site):
    return editor.propose_item(site, P.teacher, GOOD).item_id


def typed(app, **values):
    for name, text in values.items():
        app.text_input(key=f"item_{name}").set_value(text)
        app.run()
    return app


def field(app, name):
    return app.text_input(key=f"item_{name}").value


def propose_button(app):
    return next(button for button in app.button if button.label == "เสนอ")


def test_search_by_grapheme_level_and_word(look):
    found = reading.html(look("item_bank.py", "teacher", grapheme="igh", task="read_word"))
    assert '<span class="pn-word">night</span>' in found
    assert '<span class="pn-word">cake</span>' not in found
    assert "WR-0226" in reading.html(look("item_bank.py", "director", q="MAKE"))
    assert "ไม่พบข้อสอบตามที่ค้น" in reading.texts(look("item_bank.py", "teacher", q="zzzzz"))


def test_pages_of_a_long_list(look):
    first, second = (reading.html(look("item_bank.py", "teacher", page=page)) for page in ("1", "2"))
    assert first.count("pn-word") == second.count("pn-word") == 25
    assert "page=2" in first
    assert "page=1" in second
    assert 'class="pn-word"' in reading.html(look("item_bank.py", "teacher", page="9999"))


def test_an_item_with_its_tiles_sounds_and_exposure(look):
    shown = reading.html(look("item_bank.py", "teacher", item="CP-0001"))
    assert "🐘" in shown
    assert shown.count('class="pn-tile pn-picture"') == 4
    shown = reading.html(look("item_bank.py", "municipal_director", item="WR-0226"))
    assert '<span lang="en">a_e</span><span class="pn-sound">/eɪ/</span>' in shown
    assert "1.10 ± 0.40" in shown
    assert "/item-editor" not in shown


def test_an_unknown_item(look):
    assert "ไม่มีข้อสอบ XX-1" in reading.texts(look("item_bank.py", "teacher", item="XX-1"))


def test_the_form_fills_itself_in_and_mends(open_page, site):
    app = typed(open_page("item_editor.py", "teacher"), word="chay")
    assert (field(app, "graphemes"), field(app, "key")) == ("ch ay", "/tʃeɪ/")
    assert app.selectbox(key="item_level").value == "7"
    assert any("คำที่มีจริง" in text for text in reading.texts(app))
    assert propose_button(app).disabled
    click(app, "ใช้ “")
    assert KEEPS_RULES in reading.texts(app)
    assert not propose_button(app).disabled
    typed(app, word="chob")
    app.selectbox(key="item_level").set_value("3").run()
    click(app, "ย้ายไประดับ 4")
    assert KEEPS_RULES in reading.texts(app)
    click(app, "เสนอ")
    change = editor.activate_item(site, P.trainer, proposed_id(app))
    assert (change.item.stimulus, change.item.level, change.item.graphemes) == ("chob", 4, ("ch", "o", "b"))
    assert field(app, "word") == ""


def proposed_id(app):
    return next(target for target in reading.links(app) if "item-bank?item=" in target).rpartition("=")[2]


def test_what_was_typed_by_hand_stays_until_the_word_changes(open_page):
    app = typed(open_page("item_editor.py", "teacher"), word="chob", graphemes="c h o b")
    assert field(app, "graphemes") == "c h o b"
    assert KEEPS_RULES not in reading.texts(app)
    click(app, "กรอกใหม่จากคำ")
    assert field(app, "graphemes") == "ch o b"
    app.text_area(key="item_prompt_en").set_value("Read it.").run()
    assert app.text_area(key="item_prompt_en").value == "Read it."
    typed(app, word="shib")
    assert app.text_area(key="item_prompt_en").value == "Read it."


def test_options_with_the_errors_that_they_catch(open_page, site):
    app = open_page("item_editor.py", "teacher")
    app.selectbox(key="item_task").set_value("choose_spelling").run()
    typed(app, word="chin", value_1="shin", value_2="chip", value_3="chan")
    for number, error in ((1, "sh_ch"), (2, "part"), (3, "vowel")):
        app.selectbox(key=f"item_error_{number}").set_value(error).run()
    assert (field(app, "guessing"), field(app, "transfer")) == ("0.25", "sh_ch")
    shown = reading.html(app)
    assert shown.count('class="pn-tile"') == 4
    click(app, "เสนอ")
    item = editor.activate_item(site, P.trainer, proposed_id(app)).item
    assert {o.value: o.error for o in item.options} == {"chin": "", "shin": "sh_ch", "chip": "part", "chan": "vowel"}


@pytest.mark.parametrize("item_id", ["WR-0226", "CP-0001", "CS-0001", "CG-0001", "SW-0001", "PA-0001", "PW-0001"])
def test_an_item_goes_through_the_form_with_only_its_change(open_page, site, item_id):
    item = site.content.bank.item(item_id)
    app = open_page("item_editor.py", "teacher", item=item_id)
    assert propose_button(app).disabled
    app.text_area(key="item_prompt_en").set_value("Another prompt.").run()
    click(app, "เสนอ")
    assert propose_button(app).disabled
    change = editor.activate_item(site, P.trainer, item_id)
    assert change.item.prompt.en == "Another prompt."
    kept = {"version", "since", "prompt_en"}
    before, after = cells_of(item), cells_of(change.item)
    assert {k: v for k, v in after.items() if k not in kept} == {k: v for k, v in before.items() if k not in kept}
    assert change.item.version == item.version + 1


def test_a_copy_is_a_new_item(open_page, site):
    app = open_page("item_editor.py", "teacher", copy="PW-0001")
    assert "/item-bank?item=PW-0001" in reading.links(app)
    typed(app, word="shib")
    click(app, "เสนอ")
    assert proposed_id(app).startswith("X-")


def test_review_by_a_second_person(open_page, site, proposed):
    own = open_page("item_bank.py", "teacher", item=proposed)
    assert "เปิดใช้" not in [button.label for button in own.button]
    app = open_page("item_bank.py", "other_teacher", item=proposed)
    app.text_area(key="send_back_reason").set_value("คล้าย chop")
    click(app, "ส่งกลับไปยังผู้เสนอ")
    assert any("คล้าย chop" in text for text in reading.texts(app))
    editor.propose_item(site, P.teacher, OTHER_GOOD, proposed)
    app = open_page("item_bank.py", "other_teacher", item=proposed)
    click(app, "เปิดใช้")
    assert site.content.bank.item(proposed).stimulus == "shib"
    assert any("chob → shib" in text for text in reading.texts(app))


def test_what_changed_since_it_was_shown_is_told(open_page, site, proposed):
    app = open_page("item_bank.py", "other_teacher", item=proposed)
    editor.propose_item(site, P.teacher, OTHER_GOOD, proposed)
    assert "chob" in reading.html(app)
    click(app, "เปิดใช้")
    assert any("มีผู้อื่นแก้ไขข้อนี้" in text for text in reading.texts(app))
    assert proposed not in [item.id for item in site.content.bank.items]
    click(app, "เปิดใช้")
    assert site.content.bank.item(proposed).stimulus == "shib"


def test_retire_and_restore(open_page, site):
    app = open_page("item_bank.py", "trainer", item="WR-0226")
    click(app, "เลิกใช้")
    assert "โปรดเขียนเหตุผล" in " ".join(reading.texts(app))
    app.text_area(key="retire_reason").set_value("ไม่เหมาะ")
    click(app, "เลิกใช้")
    assert site.content.bank.item("WR-0226").status is ItemStatus.RETIRED
    click(app, "นำข้อนี้กลับมาใช้")
    assert site.content.bank.item("WR-0226").status is ItemStatus.ACTIVE
    assert "เลิกใช้" not in [b.label for b in open_page("item_bank.py", "teacher", item="WR-0226").button]


def test_what_the_bank_covers(look):
    shown = look("item_bank.py", "director", view="coverage")
    assert "คลังข้อสอบครอบคลุมอะไรบ้าง" in reading.texts(shown)
    assert "ยังไม่มีข้อ" in reading.texts(shown)


def test_items_from_a_file(open_page, site):
    rows = [",".join(cells_of(site.content.bank.item("WR-0226")))]
    cells = cells_of(site.content.bank.item("WR-0226")) | {"prompt_en": "Read it."}
    rows.append(",".join(f'"{text}"' for text in cells.values()))
    app = open_page("item_bank.py", "teacher", view="import")
    app.file_uploader[0].set_value(("items.csv", "\n".join(rows).encode(), "text/csv"))
    app.run()
    assert "คำพูดของครู (ภาษาอังกฤษ)" in reading.texts(app)
    click(app, "เสนอข้อเหล่านี้")
    assert any("เสนอแล้ว 1 ข้อ" in text for text in reading.texts(app))
    assert editor.activate_item(site, P.trainer, "WR-0226").item.prompt.en == "Read it."


def test_who_may_not_propose_gets_the_list(look):
    app = look("item_bank.py", "director", view="import")
    assert not app.file_uploader
    assert "/item-editor" not in reading.links(app)


def test_a_draft_outlives_a_reload_until_it_is_put_away(open_page):
    typed(open_page("item_editor.py", "teacher"), word="chob")
    again = open_page("item_editor.py", "teacher")
    assert (field(again, "word"), field(again, "graphemes")) == ("chob", "ch o b")
    assert field(open_page("item_editor.py", "other_teacher"), "word") == ""
    click(again, "เริ่มใหม่")
    assert field(again, "word") == ""
    assert field(open_page("item_editor.py", "teacher"), "word") == ""


def test_the_second_of_two_editors_is_told_and_may_go_on(open_page, site):
    app = open_page("item_editor.py", "other_teacher", item="WR-0226")
    app.text_area(key="item_prompt_en").set_value("Say it.").run()
    theirs = cells_of(site.content.bank.item("WR-0226")) | {"prompt_en": "Read it."}
    editor.propose_item(site, P.teacher, theirs, "WR-0226")
    click(app, "เสนอ")
    assert "มีผู้อื่นแก้ไขข้อนี้หลังจากท่านเริ่มเขียน" in reading.texts(app)
    assert app.text_area(key="item_prompt_en").value == "Say it."
    click(app, "ใช้ฉบับของฉันต่อ")
    click(app, "เสนอ")
    assert editor.activate_item(site, P.trainer, "WR-0226").item.prompt.en == "Say it."


def test_the_reason_stands_where_the_item_is_mended_and_the_list_counts(open_page, site, proposed):
    assert "รอตรวจ (1)" in reading.html(open_page("item_bank.py", "trainer"))
    editor.send_back_item(site, P.trainer, proposed, "คล้าย chop")
    assert "ส่งกลับให้แก้ (1)" in reading.html(open_page("item_bank.py", "teacher"))
    app = open_page("item_editor.py", "teacher", item=proposed)
    assert any("คล้าย chop" in text for text in reading.texts(app))


def test_pictures_come_by_their_names(open_page):
    app = open_page("item_editor.py", "teacher")
    app.selectbox(key="item_task").set_value("choose_picture").run()
    typed(app, word="ghost", name_1="elephant")
    assert (field(app, "value_0"), field(app, "value_1")) == ("👻", "🐘")


def test_what_is_wrong_is_told_without_codes(open_page):
    app = typed(open_page("item_editor.py", "teacher"), word="chay")
    app.selectbox(key="item_level").set_value("5").run()
    said = " ".join(reading.texts(app))
    assert "“ay /eɪ/” เริ่มสอนในระดับ 7" in said
    assert not [code for code in ("EY (", "graphemes", "skills") if code in said]
    assert [button.label for button in app.button].count("ย้ายไประดับ 7") == 1
    assert "พิมพ์คำภาษาอังกฤษคำเดียว" in " ".join(reading.texts(typed(app, word="แมว")))


def test_the_history_names_what_thai_learners_may_do(open_page, site):
    changed = cells_of(site.content.bank.item("WR-0226")) | {"transfer": "final_stop"}
    editor.propose_item(site, P.teacher, changed, "WR-0226")
    assert "flat_diphthong" not in " ".join(reading.texts(open_page("item_bank.py", "trainer", item="WR-0226")))
