"""Why a level is proposed, in both languages: what was found is said, and nothing in the words of statisticians."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from phonics_app.calibration.worlds import WORLDS
from phonics_app.domain.attempt import PriorSource
from phonics_app.domain.explanation import Allowance, Change, Explanation, OddAnswer, Oddness, PersonFit, StrandStanding
from phonics_app.domain.strand import Strand
from phonics_app.levelling.explaining import explain
from phonics_app.levelling.placement import make_result
from phonics_app.locales import translator
from phonics_app.reports import why_wording as why
from tests.levelling.pupils import accent, careless, lagging, plan, sat, transfer

TH, EN = translator("th"), translator("en")
PSEUDO = Strand.PSEUDO_WORD_READING
JARGON = re.compile(r"[α-ωΑ-Ω]|logit|posterior|\bprior\b|standard error|likelihood|\bSE\b|θ|probabilit", re.I)


@pytest.fixture(scope="module")
def shown():
    """A result in which nothing is amiss."""
    attempt = sat(WORLDS["model"], 90).attempts[40]
    usual = PersonFit(0.7, Oddness.USUAL, ())
    even = StrandStanding(Strand.WORD_READING, 8, 10, 8.2, 0.5, behind=False)
    level = attempt.state.proposed_level
    explanation = Explanation(level, usual, None, None, None, level, PriorSource.GRADE, (even,), ())
    return why.Shown(make_result("id", attempt.state, "r"), plan(), explanation, "en")


def having(shown, **changes):
    return replace(shown, explanation=replace(shown.explanation, **changes))


def words(shown, count):
    return [item for item in shown.plan.items if item.stimulus][:count]


def test_where_nothing_is_amiss_it_says_so_and_warns_of_nothing(shown):
    assert why.warnings(EN, shown) == []
    sentences = why.why_sentences(EN, shown)
    assert 3 <= len(sentences) <= 5
    assert sentences[-1].startswith("Nothing out of the ordinary was found")
    assert "80%" in sentences[1]
    assert all(sentence[0].isupper() for sentence in sentences)
    assert "fewer than 8" in sentences[2]


def test_of_a_hundred_pupils(shown):
    level = shown.result.proposed_level
    assert f"at level {level}" in why.why_sentences(EN, shown)[0]
    assert f"อยู่ระดับ {level} ประมาณ" in why.why_sentences(TH, shown)[0]


def test_what_would_change_it_is_named(shown):
    two = words(shown, 2)
    level = shown.result.proposed_level
    told = having(shown, higher=Change(level + 1, tuple(i.id for i in two)), lower=Change(level - 1, (two[0].id,)))
    (sentence,) = [s for s in why.why_sentences(EN, told) if s.startswith("What would change it")]
    assert (
        f"2 more right would have made it level {level + 1} (such as {two[0].stimulus}, {two[1].stimulus})" in sentence
    )
    assert f"1 fewer right would have made it level {level - 1}" in sentence


def test_many_answers_are_not_counted_out(shown):
    many = Change(9, tuple(i.id for i in words(shown, why.FAR)))
    assert why.why_sentences(EN, having(shown, higher=many)) == why.why_sentences(EN, shown)


def test_what_was_known_beforehand(shown):
    level = shown.result.proposed_level
    alone = having(shown, answers_alone=level - 1, prior=PriorSource.EARLIER_RESULT)
    assert f"The answers alone say level {level - 1}; the earlier result tips" in " ".join(why.why_sentences(EN, alone))
    nothing = having(shown, prior=PriorSource.NONE)
    assert "answers alone" not in " ".join(why.why_sentences(EN, nothing))


def test_an_unusual_pattern_names_its_answers(shown):
    easy, hard = words(shown, 2)
    odd = PersonFit(0.01, Oddness.VERY_UNUSUAL, (OddAnswer(easy.id, False, 0.97), OddAnswer(hard.id, True, 0.04)))
    told = having(shown, fit=odd)
    (warning,) = why.warnings(EN, told)
    assert "1 pupil in 100" in warning
    assert f"Easy ones were missed: {easy.stimulus}." in warning
    assert f"Hard ones were right: {hard.stimulus}." in warning
    assert "out of the ordinary" not in " ".join(why.why_sentences(EN, told))


def test_an_accent_is_said_only_where_the_level_hangs_on_it(shown):
    missed = words(shown, 6)
    found = Allowance(4, 5, 6, 0.8, tuple(i.id for i in missed), 3, (9, 10))
    (warning,) = why.warnings(EN, having(shown, allowance=found))
    assert "level 4; with allowance for a Thai accent, level 5" in warning
    assert "is not recorded" in warning
    assert f"{missed[3].stimulus}, …" in warning
    assert missed[4].stimulus not in warning.split("such as")[1]
    same = replace(found, allowed=4)
    assert why.warnings(EN, having(shown, allowance=same)) == []
    assert "3 of 9 right; words without: 9 of 10" in why.allowance_sentence(EN, having(shown, allowance=same))


def test_a_strand_that_lags_comes_with_what_to_do(shown):
    behind = StrandStanding(PSEUDO, 2, 12, 9.1, 0.001, behind=True)
    (warning,) = why.warnings(EN, having(shown, strands=(behind,)))
    assert "2 of 12 right" in warning
    assert "about 9" in warning
    assert "made-up words" in warning
    (warning,) = why.warnings(TH, having(shown, strands=(behind,)))
    assert "คำสมมุติ" in warning
    (warning,) = why.warnings(EN, having(shown, strands=(replace(behind, strand=Strand.COMPREHENSION),)))
    assert "on its own" in warning


def test_what_was_not_asked_stays_a_gap(shown):
    assert why.not_asked_sentence(EN, shown) == ""
    assert "by sight" in why.not_asked_sentence(EN, having(shown, not_asked=(PSEUDO,)))
    assert "by sight" not in why.not_asked_sentence(EN, having(shown, not_asked=(Strand.VOCABULARY,)))


def test_questions_by_ear_are_counted(shown):
    by_ear = [item for item in shown.plan.items if not item.stimulus][:3]
    assert why.named(EN, by_ear) == "Phonemic awareness (3)"
    assert why.named(TH, [*words(shown, 1), *by_ear]).endswith("การรับรู้หน่วยเสียง 3 ข้อ")


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_greek_letter_and_no_jargon(language):
    _ = translator(language)
    said = set()
    for world in (WORLDS["model"], careless(0.33), accent(0.6), lagging(PSEUDO, 0.1)):
        for attempt in sat(world, 180).attempts[:45]:
            told = why.Shown(
                make_result("id", attempt.state, "r"), plan(), explain(attempt.state, transfer()), language
            )
            said |= {*why.warnings(_, told), *why.why_sentences(_, told)}
            said |= {why.allowance_sentence(_, told), why.not_asked_sentence(_, told)}
    assert len(said) > 100
    assert [text for text in said if JARGON.search(text)] == []
    if language == "th":
        assert [text for text in said if re.search("[a-z]{3,} [a-z]{3,} [a-z]{3,}", text)] == []
