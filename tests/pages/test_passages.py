"""The page of reading passages: the list, a passage from both sides of the table, and what it says without one."""

from __future__ import annotations

from html import unescape

import pytest

from phonics_app.reports.passage_wording import lines_label
from tests import sites
from tests.pages import reading

PAGE = "passages.py"
PASSAGES = sites.content().passages
LONGEST = max(PASSAGES, key=lambda passage: len(passage.words))


def test_all_passages_are_listed_with_a_way_to_each(look):
    app = look(PAGE, "teacher")
    assert [address for address in reading.links(app) if "passage=" in address] == [
        f"/passages?passage={passage.id}" for passage in sorted(PASSAGES, key=lambda p: (p.level, p.id))
    ]
    assert {passage.title.th for passage in PASSAGES} <= set(reading.texts(app))


@pytest.mark.parametrize("level", [4, 9])
def test_one_level_only(look, level):
    app = look(PAGE, "trainer", level=str(level))
    found = [address.split("=")[1] for address in reading.links(app) if "passage=" in address]
    assert found == [passage.id for passage in PASSAGES if passage.level == level]
    assert [button.proto.label for button in app.get("download_button")] == ["ฉบับพิมพ์ (PDF)"]


def test_a_level_without_passages_says_which_have_some(look):
    app = look(PAGE, "teacher", "en", level="1")
    shown = reading.html(app)
    assert "pn-empty" in shown
    assert "4, 5, 6, 7, 8, 9" in shown
    assert not app.get("download_button"), "nothing to print"


@pytest.mark.parametrize("wrong", ["PS-9999", "<b>x</b>"])
def test_a_wrong_id_leads_back_to_the_list(look, wrong):
    app = look(PAGE, "director", passage=wrong)
    shown = reading.html(app)
    assert "pn-empty" in shown
    assert wrong in unescape(shown)
    assert "<b>x" not in shown
    assert "/passages" in reading.links(app)


def test_the_pupils_side_is_the_text_line_by_line_and_nothing_else(look):
    shown = reading.html(look(PAGE, "teacher", passage=LONGEST.id))
    seen = shown.split('<div class="pn-passage"')[1].split("</div></div>")[0]
    lines = [unescape(piece.split("</div>")[0]) for piece in seen.split("<div>")[1:]]
    assert lines == [line.text for line in LONGEST.lines]


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_teachers_side(look, language):
    texts = reading.texts(look(PAGE, "teacher", language, passage=LONGEST.id))
    begin = texts.index({"th": "รวมถึงบรรทัดนี้", "en": "Up to here"}[language]) + 1
    counted = [(str(line.number), line.text, str(len(line.words)), str(line.total)) for line in LONGEST.lines]
    cells = texts[begin : begin + 4 * len(counted)]
    assert list(zip(*[iter(cells)] * 4, strict=True)) == counted
    for question in LONGEST.questions:
        accepted = question.accepted.th if language == "th" else question.accepted.en
        wanted = {question.question.in_language(language), question.key.in_language(language), *accepted}
        assert wanted <= set(texts)
        assert lines_label(question.evidence) in texts
    assert LONGEST.note.in_language(language) in texts


def test_why_it_is_decodable_and_which_words_are_not(look):
    passage = next(p for p in PASSAGES if p.id == "PS-0401")
    shown = reading.html(look(PAGE, "teacher", "en", passage=passage.id))
    assert "Why it can be read at level 4" in shown
    assert "of the words that are not heart words" in shown
    assert "e /i/ is taught at level 6" in shown, "why the heart word “the” is one"


def test_the_item_bank_leads_here(look):
    assert "/passages" in reading.links(look("item_bank.py", "teacher"))
    assert "/passages" in reading.links(look("item_bank.py", "director"))
