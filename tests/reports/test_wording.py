"""Results in plain words, in both languages."""

import pytest

from phonics_app.domain.result import Evidence, ItemScore, LevelProbability, StopReason
from phonics_app.domain.strand import Strand
from phonics_app.levelling.placement import make_evidence
from phonics_app.locales import translator
from phonics_app.reports import wording
from tests.progress.builder import result_of

TH, EN = translator("th"), translator("en")


def evidence(strand=Strand.WORD_READING, skill="", graphemes=(), correct=9, attempted=10):
    return Evidence(4, strand, skill, graphemes, correct, attempted)


@pytest.mark.parametrize(
    ("given", "thai", "english"),
    [
        (
            evidence(graphemes=("sh", "ch", "th", "ng")),
            "อ่านคำที่มี sh, ch, th, ng ถูก 9 จาก 10 คำ",
            "Reads 9 of 10 words with sh, ch, th, ng",
        ),
        (
            evidence(graphemes=("bb", "y /i/")),
            "อ่านคำที่มี bb, y /i/ ถูก 9 จาก 10 คำ",
            "Reads 9 of 10 words with bb, y /i/",
        ),
        (
            evidence(skill="initial_cluster", correct=2, attempted=8),
            "อ่านคำที่มี พยัญชนะติดกันต้นคำ ถูก 2 จาก 8 คำ",
            "Reads 2 of 8 words with consonants together at the beginning",
        ),
        (
            evidence(Strand.PHONEMIC_AWARENESS, "rhyme"),
            "ฟังออกว่าคำใดคล้องจองกัน ถูก 9 จาก 10 ข้อ",
            "Hears which words rhyme: 9 of 10 right",
        ),
        (
            evidence(Strand.PHONEMIC_AWARENESS, "final_cluster"),
            "ฟัง แยก และผสมเสียงในคำที่มี พยัญชนะติดกันท้ายคำ ถูก 9 จาก 10 ข้อ",
            "Hears the sounds of words with consonants together at the end: 9 of 10 right",
        ),
        (evidence(skill="unknown"), "อ่านคำของระดับ 4 ถูก 9 จาก 10 คำ", "Reads 9 of 10 words of level 4"),
        (
            evidence(Strand.COMPREHENSION, "unknown"),
            "ความเข้าใจเรื่องที่อ่าน ถูก 9 จาก 10 ข้อ",
            "Comprehension: 9 of 10 right",
        ),
    ],
)
def test_evidence(given, thai, english):
    assert wording.evidence_sentence(EN, given) == english
    if given.strand is not Strand.COMPREHENSION:
        assert wording.evidence_sentence(TH, given) == thai


def test_long_lists_of_graphemes_are_cut():
    sentence = wording.evidence_sentence(EN, evidence(graphemes=tuple("abcdefghijk")))
    assert sentence.endswith("a, b, c, d, e, f, g, h, …")


def test_every_skill_of_the_bank_has_words():
    """A skill without words would be told as "words of level n"."""
    from tests.sites import content

    named = wording._FEATURES.keys() | wording._HEARING.keys()
    assert {skill for item in content().bank.items for skill in item.skills} <= named


@pytest.mark.parametrize("translate", [TH, EN])
def test_no_item_of_the_shipped_bank_is_told_as_one_of_its_level_alone(translate):
    from phonics_app.engine.assembly import plan_for
    from tests.sites import content

    bank, rubrics = content().bank, content().rubrics
    plan = plan_for(bank, rubrics, bank.blueprints[0].id, 0)
    for item in plan.items:
        told = make_evidence(plan, [ItemScore(item.id, "block", 1, False)])[0]
        sentence = wording.evidence_sentence(translate, told)
        assert told.graphemes or told.skill in wording._FEATURES.keys() | wording._HEARING.keys(), item.id
        assert all(grapheme in sentence for grapheme in told.graphemes), sentence


def test_every_stop_reason_has_a_sentence():
    for reason in (*StopReason, None):
        assert wording.stop_sentence(TH, reason) != wording.stop_sentence(EN, reason)


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1, "almost certain"),
        (0.9, "almost certain"),
        (0.89, "very likely"),
        (0.5, "likely"),
        (0.3, "possible"),
        (0, "unlikely"),
    ],
)
def test_certainty(probability, word):
    assert wording.certainty(EN, probability) == word


def test_the_proposal_says_how_sure_it_is():
    assert (
        wording.proposal_sentence(EN, result_of("a", 4)) == "The test proposes level 4: very likely (about 80 in 100)."
    )
    assert "ระดับ 4" in wording.proposal_sentence(TH, result_of("a", 4))


def test_between_two_levels_no_certainty_is_claimed():
    sentence = wording.proposal_sentence(EN, result_of("a", 4, between=(4, 5)))
    assert sentence == "The test can't tell between level 4 and level 5; it proposes level 4."


def test_likely_levels_are_ordered_and_improbable_ones_left_out():
    assert [p.level for p in wording.likely_levels(result_of("a", 4))] == [4, 3]


def test_probability_and_duration():
    assert wording.probability_sentence(EN, LevelProbability(4, 0.824)) == "Level 4: very likely (about 82 in 100)"
    assert wording.duration(EN, 312.4) == "5 min 12 s"
    assert wording.duration(TH, 59.6) == "1 นาที 0 วินาที"


@pytest.mark.parametrize(
    ("probability", "told"), [(0.0, 0), (0.004, 0), (0.826, 83), (0.994, 99), (0.999, 99), (1.0, 99)]
)
def test_no_test_is_called_certain(probability, told):
    assert wording.hundredths(probability) == told
