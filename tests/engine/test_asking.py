"""Of the questions about a text only those about what was read are asked: on a screen and on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.paper import KeyedBlock, KeyedSheet
from phonics_app.domain.result import StopReason
from phonics_app.engine.administration import replay
from phonics_app.engine.paper_events import keyed_of, paper_events, sheet_problems
from phonics_app.engine.state import Finished, Show
from tests import sites
from tests.engine.asked import PLAN, SPEC, WORDS, answered, read


def after(events):
    return replay(PLAN, SPEC, events)


@pytest.mark.parametrize(("words", "asked"), [(3, 2), (5, 2), (6, 3), (8, 4)])
def test_questions_up_to_what_was_read_count(words, asked):
    state = after(answered(words, asked))
    assert (state.flags, state.counted[-1].attempted) == ((), asked)
    assert state.next == Finished(StopReason.FORM_COMPLETE)


def test_a_question_beyond_is_flagged_and_not_counted():
    state = after(answered(5, 4))
    assert [flag.code for flag in state.flags] == ["beyond_text_read"]
    assert state.counted[-1].attempted == 2


@pytest.mark.parametrize("words", [0, 1, 2])
def test_where_there_is_nothing_to_ask_no_question_comes_on_screen(words):
    assert after(read(words)).next == Finished(StopReason.FORM_COMPLETE)
    assert after(read(3)).next == Show("about")


@pytest.mark.parametrize(("words", "asked"), [(2, 0), (3, 2), (7, 3), (8, 4)])
def test_a_sheet_of_paper_is_as_the_test_on_a_screen(words, asked):
    keys = ("",) * 4
    text = KeyedBlock("text", ("",) * WORDS, words, 20)
    keyed = KeyedSheet("p", sites.START.date(), (text, KeyedBlock("about", keys, asked)))
    assert sheet_problems(PLAN, keyed) == []
    state = replay(PLAN, SPEC, paper_events(PLAN, keyed))
    assert (state.flags, state.ended) == ((), StopReason.FORM_COMPLETE)
    assert sum(b.attempted for b in state.counted if b.block.id == "about") == asked
    assert keyed_of(PLAN, paper_events(PLAN, keyed)) == keyed.blocks
    if asked < 4:
        more = replace(keyed, blocks=(text, KeyedBlock("about", keys, asked + 1)))
        assert [problem.code for problem in sheet_problems(PLAN, more)] == ["paper.not_read"]


def test_the_shipped_passages_say_after_which_word_each_question_may_be_asked():
    for passage in sites.content().passages:
        after = [passage.words_for(question) for question in passage.asked]
        assert after == sorted(after)
        assert after[0] > 0
        assert after[-1] <= len(passage.words)
        assert set(passage.asked) == set(passage.questions)
