"""The sheets of a passage: what the pupil's holds and what it must not, what the teacher's says, Thai and English."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from phonics_app.content.forms import RULES, load_form_blueprints
from phonics_app.domain.passage import Passage
from phonics_app.reports.administration import rule_sentences
from phonics_app.reports.passage_sheets import PassageSheets, passage_pdf
from phonics_app.reports.passage_wording import as_written, heart_words, lines_label
from tests import sites
from tests.reports.test_typesetting import squeeze

DAY = date(2026, 11, 20)
VERSION = "0123456789abcdef"
CONTENT = sites.content()
PROBE = next(b for b in load_form_blueprints(sites.ROOT / "item_bank") if b.id == "probe-passage")


def sheets(passage: Passage, language: str, rules: tuple[str, ...] = PROBE.rules) -> PassageSheets:
    alike = tuple(other for other in CONTENT.passages if other.level == passage.level)
    sentences = rule_sentences(rules, CONTENT.rubrics, PROBE.seconds, language)
    return PassageSheets(passage, alike, dict(zip(rules, sentences, strict=True)))


def printed(language: str, *passages: Passage) -> PdfReader:
    made = passage_pdf([sheets(passage, language) for passage in passages], VERSION, DAY, language)
    return PdfReader(io.BytesIO(made))


def texts(document: PdfReader) -> list[str]:
    return [squeeze(page.extract_text()) for page in document.pages]


@pytest.fixture(scope="module", params=["th", "en"])
def everything(request):
    return request.param, texts(printed(request.param, *CONTENT.passages))


def test_each_passage_is_one_leaf(everything):
    """Also the longest one: printed on both sides, the teacher's sheet lies on the back of the pupil's."""
    _, pages = everything
    assert len(pages) == 2 * len(CONTENT.passages)
    for number, passage in enumerate(CONTENT.passages):
        for page in pages[2 * number : 2 * number + 2]:
            assert passage.id in page
            assert VERSION[:12] in page


def test_the_pupil_sees_the_text_line_by_line_and_nothing_of_marks(everything):
    language, pages = everything
    for passage, page in zip(CONTENT.passages, pages[::2], strict=True):
        whole = squeeze(passage.text)
        assert page.startswith(whole), passage.id
        foot = page.removeprefix(whole)
        assert passage.questions[0].question.in_language(language) not in page
        assert not re.search("[\u0e00-\u0e7f]", foot) or language == "th"
        assert len(foot) < 120, "only the foot stands below"
        assert squeeze(passage.title.th) not in page


def test_the_teachers_sheet_counts_asks_and_tells(everything):
    language, pages = everything
    for passage, page in zip(CONTENT.passages, pages[1::2], strict=True):
        for line in passage.lines:
            assert f"{line.number}{squeeze(line.text)}{line.total}" in page, (passage.id, line.number)
        for question in passage.questions:
            assert squeeze(question.question.in_language(language)) in page, question.id
            assert squeeze(question.key.in_language(language)) in page, question.id
            accepted = question.accepted.th if language == "th" else question.accepted.en
            assert all(squeeze(answer) in page for answer in accepted), question.id
        assert squeeze(passage.note.in_language(language)) in page
        assert squeeze(", ".join(heart_words(passage))) in page


@pytest.mark.parametrize(
    ("language", "formulas"),
    [
        ("th", ["คำที่อ่านถูก = คำที่อ่าน − คำที่ผิด", "คำที่อ่านถูกต่อนาที = คำที่อ่านถูก × 60 ÷ (60 − วินาทีที่เหลือ)", "แก้เอง (ไม่นับว่าผิด)"]),
        (
            "en",
            [
                "Words right per minute = words right × 60 ÷ (60 − seconds left)",
                "Accuracy in % = words right × 100 ÷ words read",
            ],
        ),
    ],
)
def test_the_rules_of_the_one_minute_reading_in_plain_words(language, formulas):
    page = texts(printed(language, CONTENT.passages[0]))[1]
    assert all(squeeze(formula) in page for formula in formulas)
    assert not any(rule in page for rule in RULES), "teachers are not shown codes"
    for rule in ("EGRA-SC", "EGRA-HES-3S", "EGRA-STOP-LINE1", "PSC-ACCENT"):
        stated = next(one for one in CONTENT.rubrics.promotion if one.id == rule).statement
        assert squeeze(stated.in_language(language)) in page, "the sheet says what the rubric says"


def test_boxes_follow_the_rules_of_the_form():
    bare = passage_pdf([sheets(CONTENT.passages[0], "en", ())], VERSION, DAY, "en")
    page = texts(PdfReader(io.BytesIO(bare)))[1]
    assert squeeze("Words right = words read − errors") in page
    assert not any(squeeze(text) in page for text in ("per minute", "Accuracy", "Self-corrected", "say “stop”"))


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_rule_that_forms_may_name_has_a_sentence(language):
    sentences = rule_sentences(RULES, CONTENT.rubrics, 60, language)
    assert not set(sentences) & set(RULES)
    assert len(set(sentences)) == len(RULES)
    assert any("60" in sentence for sentence in sentences)


def test_passages_of_a_level_have_letters_of_one_size():
    """The narrow one as large as the wide one: else one would be easier to read than the other."""
    level = [passage for passage in CONTENT.passages if passage.level == 9]
    sizes = {passage.id: letter_sizes(printed("en", passage)) for passage in level}
    assert len({max(found) for found in sizes.values()}) == 1, sizes
    assert max(sizes[level[0].id]) > 13


def letter_sizes(document: PdfReader) -> set[float]:
    """Sizes of the letters of the first page."""
    sizes: set[float] = set()

    def visit(text: str, _around: object, matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(abs(size * matrix[0]), 1))

    document.pages[0].extract_text(visitor_text=visit)
    return sizes


def test_the_pupils_letters_are_those_that_children_learn():
    fonts = printed("th", CONTENT.passages[0]).pages[0]["/Resources"]["/Font"].values()
    assert any("ABeeZee" in str(font.get_object()["/BaseFont"]) for font in fonts)


def test_a_text_far_too_long_goes_on_instead_of_shrinking_away():
    long = replace(CONTENT.passages[0], text="It is wet.\n" * 60)
    made = printed("en", long)
    assert len(made.pages) > 2
    assert "60It is wet.180".replace(" ", "") in "".join(texts(made))


def test_hostile_text_is_only_text():
    text = '#panic("x") *b* [a] $x$ \\ `raw`'
    odd = replace(CONTENT.passages[0], text=f"{text}\n", title=replace(CONTENT.passages[0].title, th=text))
    assert all(squeeze("panic") in page for page in texts(printed("th", odd)))


def test_numbers_of_lines():
    assert [lines_label(numbers) for numbers in ((2,), (3, 4), (8, 3, 4, 5), (1, 3))] == ["2", "3–4", "3–5, 8", "1, 3"]


def test_words_as_one_writes_them():
    text = 'The hen ran. I see Kuang.\nThen the fox hid. Every hen hid. I said, "Stop!"\n'
    passage = replace(CONTENT.passages[0], text=text)
    assert as_written(passage, ["the", "kuang", "i", "every", "stop"]) == ("the", "Kuang", "I", "every", "stop")
