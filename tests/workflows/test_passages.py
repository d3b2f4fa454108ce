"""Passages found, seen with the analysis of their words, and printed."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from phonics_app.content import Content
from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.errors import NotFound
from phonics_app.domain.passage import Passage
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.passages import export_passages, list_passages, view_passage

TEXT = 'The fish is in Kuang.\nThe shop is shut at six.\nKuang said, "Stop!"\n'


def with_passages(phonics: Phonics, *passages: Passage) -> Phonics:
    shipped = phonics.shipped
    return replace(phonics, shipped=Content(shipped.bank, shipped.rubrics, passages))


@pytest.fixture
def own(phonics):
    """A bank with one passage of level 4 in use, a draft of it, and a retired one of level 5."""
    first = next(passage for passage in phonics.shipped.passages if passage.level == 4)
    first = replace(first, text=TEXT, heart_words=("the", "kuang", "said"))
    draft = replace(first, id="PS-0490", status=ItemStatus.DRAFT)
    retired = replace(first, id="PS-0590", level=5, status=ItemStatus.RETIRED)
    return with_passages(phonics, retired, draft, first)


def pages(document: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]


def test_passages_by_level_and_status(own, people):
    def ids(**wanted: object) -> list[str]:
        return [passage.id for passage in list_passages(own, people.teacher, **wanted)]

    assert ids() == ["PS-0401", "PS-0490", "PS-0590"]
    assert ids(level=4) == ["PS-0401", "PS-0490"]
    assert ids(level=4, status=ItemStatus.ACTIVE) == ["PS-0401"]
    assert ids(status=ItemStatus.RETIRED) == ["PS-0590"]
    assert ids(level=1) == []


def test_a_passage_with_the_analysis_of_its_words(own, people):
    view = view_passage(own, people.trainer, "PS-0401")
    assert [(line.number, len(line.words), line.total) for line in view.passage.lines] == [
        (1, 5, 5),
        (2, 6, 11),
        (3, 3, 14),
    ]
    assert view.decodability.words == 14
    assert view.decodability.later == ("stop",)
    assert [word.word for word in view.later] == ["stop"]
    assert view.later[0].level == 5
    assert [word.word for word in view.heart_words] == ["the", "Kuang", "said"], "a name keeps its capital"
    practised = {new.grapheme: new.words for new in view.new}
    assert practised["sh"] == ("fish", "shop", "shut")
    assert "st" not in practised


def test_a_heart_word_that_the_text_lacks_is_no_fault_of_the_page(own, people):
    odd = replace(own.shipped.passages[0], heart_words=("the", "?!"))
    assert [w.word for w in view_passage(with_passages(own, odd), people.teacher, odd.id).heart_words] == ["the"]


def test_an_id_may_be_typed_in_small_letters(own, people):
    assert view_passage(own, people.teacher, " ps-0490").passage.id == "PS-0490"


@pytest.mark.parametrize("passage_id", ["PS-9999", "", "<b>"])
def test_a_passage_that_there_is_not(own, people, passage_id):
    with pytest.raises(NotFound) as refused:
        view_passage(own, people.teacher, passage_id)
    assert refused.value.code == "passages.unknown"


def test_every_shipped_passage_is_explained(phonics, people):
    """No word of the shipped passages is left without an explanation: it is decodable, by heart, or told as later."""
    for passage in list_passages(phonics, people.teacher):
        view = view_passage(phonics, people.teacher, passage.id)
        told = {word.word.lower() for word in (*view.heart_words, *view.later)}
        assert {*passage.heart_words, *view.decodability.later} <= told, passage.id
        assert view.new, passage.id


def test_a_leaf_for_each_passage_in_use(phonics, people):
    for level in (4, 9):
        chosen = list_passages(phonics, people.teacher, level, ItemStatus.ACTIVE)
        assert len(pages(export_passages(phonics, people.teacher, level=level, language="th"))) == 2 * len(chosen)


def test_of_a_level_only_what_is_in_use_is_printed_but_a_draft_by_its_id(own, people):
    assert len(pages(export_passages(own, people.teacher, level=4, language="en"))) == 2
    printed = pages(export_passages(own, people.teacher, "PS-0490", language="en"))
    assert "Draft" in printed[1]
    assert "Draft" not in printed[0]


def test_a_level_without_passages_in_use(own, people):
    with pytest.raises(NotFound) as refused:
        export_passages(own, people.teacher, level=5, language="th")
    assert (refused.value.code, refused.value.data["expected"]) == ("passages.none", "4, 5")
