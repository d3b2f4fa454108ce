"""The result of a fixed form: what was counted of each block, on the page, on paper and for the command line alike."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import Conflict
from phonics_app.domain.event import Event, EventKind
from phonics_app.workflows import assess
from phonics_app.workflows.exports import export_result
from phonics_app.workflows.form_figures import form_figures
from phonics_app.workflows.levels import explain_result
from phonics_app.workflows.paper_entry import enter_sheet
from tests.workflows.papers import add_class, plan_of_code, printed, sheet


def text_of(document):
    """What a reader finds, without spaces: they depend on how a PDF is set."""
    told = "".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    return plain(told)


def plain(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def keyed(phonics, teacher, blueprint, level, keys, **how):
    code = printed(phonics, blueprint, level)
    plan = plan_of_code(phonics, code)
    return enter_sheet(phonics, teacher, code, sheet(plan, add_class(phonics)[0], keys, **how)).attempt.id


def test_a_timed_form_on_paper_tells_everything_that_was_counted(phonics, people):
    keys = {2: "x", 3: "s", 9: "t", 21: "a"}
    attempt = keyed(phonics, people.teacher, "probe-words", 3, keys, last=24, left=7)
    (block,) = form_figures(phonics, people.teacher, attempt).blocks
    assert (block.totals.correct, block.totals.allowing_transfer, block.trace.irregular) == (21, 22, ())
    text = text_of(export_result(phonics, people.teacher, attempt, language="en"))
    # From one minute of one task a level is not to be decided, and the result says so.
    assert plain("One minute of one task can't tell the level") in text
    for told in ("53 of 60 seconds", "24 (21 ÷ 53 s", "allowance 22 of 24", "self-corrected", "Records 2 to"):
        assert plain(told) in text, told
    assert plain("ผ่อนผันสำเนียงไทยถูก 22") in text_of(export_result(phonics, people.teacher, attempt, language="th"))


def test_a_passage_has_its_paper_without_a_level_and_none_can_be_decided(phonics, people):
    attempt = keyed(phonics, people.teacher, "probe-passage", 4, {3: "x"}, left=15)
    text = text_of(export_result(phonics, people.teacher, attempt, language="en"))
    assert plain("Words right per minute") in text
    assert plain("rule ORF-ACC") in text
    assert plain("How sure is this") not in text
    with pytest.raises(Conflict, match="no_level"):
        assess.decide_placement(phonics, people.teacher, attempt, 4, "เพราะ")


def test_what_the_teacher_noted_speaks_in_the_allowance(phonics, people):
    keys = dict.fromkeys(range(1, 11), "t") | {11: "d"}
    attempt = keyed(phonics, people.teacher, "level-check", 4, keys)
    found = explain_result(phonics, people.teacher, attempt).allowance
    assert len(found.heard) == 10
    assert found.allowed > found.strict
    text = text_of(export_result(phonics, people.teacher, attempt, language="en"))
    assert plain("that they were read rightly and spoken with Thai sounds") in text


def test_a_change_in_the_review_is_traceable(phonics, people):
    attempt = keyed(phonics, people.teacher, "level-check", 4, {2: "x"})
    stored = assess.get_sitting(phonics, people.teacher, attempt)
    block = stored.plan.blocks[0]
    data = {"block": block.id, "item": block.items[1], "mark": "none", "by": "review"}
    event = Event(len(stored.events) + 1, EventKind.ITEM_MARKED, "2026-06-15T09:00:00+07:00", 99.0, data)
    assess.append_events(phonics, SYSTEM, attempt, [event])
    found = form_figures(phonics, people.teacher, attempt)
    # After the end nothing counts any more: it is told, with the number of the record.
    assert [(flag.seq, flag.code) for flag in found.blocks[0].trace.irregular] == [(event.seq, "after_end")]
