"""What was counted of a block, in sentences: figures with their rules, and each thing that happened with its record."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from phonics_app.domain.block_totals import BlockFigures, BlockTrace, Irregular, MarkChange, Marked, RuleStop
from phonics_app.domain.event import Mark
from phonics_app.domain.plan import BlockKind
from phonics_app.engine.totals import block_totals
from phonics_app.locales import translator
from phonics_app.reports import block_wording as wording
from tests.engine.timed import LIMITED, PLAN, TimedDesk
from tests.golden.make_grid_vectors import FILE

EN, TH = translator("en"), translator("th")


@pytest.fixture
def shown():
    desk = TimedDesk()
    desk.begin()
    desk.mark(0, error="transfer")
    desk.mark(1, error="decoding")
    desk.mark(2, "self_corrected")
    desk.mark(3, error="ambiguous")
    desk.finish(6, after=30)
    return BlockFigures(LIMITED, block_totals(desk.now), None, BlockTrace(2, 9))


def told(shown, _=EN, language="en"):
    return wording.block_sentences(_, PLAN, shown, language)


def test_every_figure_stands_there_with_its_rule(shown):
    text = " ".join(told(shown))
    assert "Tried: 6 of 8 items. 2 were not tried: they count neither as right nor as wrong." in text
    assert "Right: 3. 1 of them were self-corrected, which counts as right (rule EGRA-SC)." in text
    assert "Wrong: 3. The teacher noted: 1 read wrongly, 1 read rightly and spoken with Thai sounds" in text
    assert "With the Thai-transfer allowance 4 of 6 are right; strictly 3." in text
    assert "The 1 that could not be told stay wrong in both." in text
    assert "Time: 30 of 60 seconds used, 30 left." in text
    assert "Right per minute: 6 (3 ÷ 30 s × 60, rule RATE-PM)." in text
    assert "Records 2 to 9 of this test." in text
    assert "Accuracy" not in text


def test_of_a_passage_words_per_minute_and_accuracy(shown):
    text = " ".join(told(replace(shown, block=replace(LIMITED, kind=BlockKind.PASSAGE))))
    assert "Words right per minute: 6" in text
    assert "Accuracy: 50 % (3 ÷ 6 × 100, rule ORF-ACC)." in text


def test_of_a_dictation_sounds_and_whole_words(shown):
    assert any("7 of 9 sounds" in one and "3 of 6" in one for one in told(replace(shown, sounds=(7, 9))))


def test_what_happened_is_told_with_its_records(shown):
    first, second = LIMITED.items[:2]
    change = MarkChange(12, first, Marked(Mark.INCORRECT, "said_as", "sip"), Marked(Mark.NONE))
    trace = BlockTrace(2, 14, (RuleStop(7, "EGRA-STOP-N", second, 8),), (change,), (), (Irregular(5, "timer_cut"),))
    text = "\n".join(told(replace(shown, trace=trace)))
    assert "The rule EGRA-STOP-N stopped at" in text
    assert "(record 7); this was taken back (record 8)." in text
    assert "wrong (as something else, “sip”) → right (record 12)." in text
    assert "so the time is not exact. (record 5)" in text


def test_how_long_the_device_slept_is_told_with_all_its_records():
    slept = (Irregular(5, "device_slept", 20), Irregular(9, "device_slept", 3))
    (text,) = wording.irregular_sentences(EN, slept)
    assert text.startswith("The device slept for about 23 s in the timed part")
    assert text.endswith("(record 5, 9)")
    assert "ประมาณ 23 วินาที" in wording.irregular_sentences(TH, slept)[0]


def test_every_irregularity_has_its_words_in_both_languages():
    vectors = json.loads(FILE.read_text(encoding="utf-8"))
    codes = {code for sitting in vectors["sittings"] for _seq, code in sitting["answer"]["flags"]}
    assert codes
    assert codes <= set(wording.IRREGULAR)
    for code in wording.IRREGULAR:
        (english,) = wording.irregular_sentences(EN, (Irregular(3, code), Irregular(3, code), Irregular(4, code)))
        (thai,) = wording.irregular_sentences(TH, (Irregular(3, code),))
        assert english.endswith("(record 3, 4)")
        assert thai != english
