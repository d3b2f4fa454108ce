"""The Thai-transfer allowance: gives back what accent cost, and nothing to who can't read the words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonics_app.calibration.worlds import WORLDS
from phonics_app.domain.strand import Task
from phonics_app.levelling.allowance import SAID_ALOUD, allowance
from phonics_app.levelling.tested_sounds import patterns_tested
from tests import sites
from tests.levelling.pupils import accent, answers, plan, sat, transfer

PUPILS = 180


def told(world, pupils=PUPILS):
    return [allowance(a, transfer()) for a in answers(sat(world, pupils))]


def test_pupils_without_an_accent_hardly_ever_get_another_level(tell):
    share = np.mean([found is not None and found.matters for found in told(WORLDS["model"], 360)])
    tell(f"accent: {share:.1%} of 360 simulated pupils without one get another level by the allowance")
    assert share <= 0.04


def test_the_allowance_brings_pupils_with_an_accent_to_their_level(tell):
    out = sat(accent(0.6), PUPILS)
    true = [plan().levels[k].number for k in out.true]
    found = [(a.level(a.weight), allowance(a, transfer())) for a in answers(out)]
    strict = np.mean([level == t for (level, _), t in zip(found, true, strict=True)])
    allowed = np.mean([(e.allowed if e else level) == t for (level, e), t in zip(found, true, strict=True)])
    tell(f"accent on 60 % of such words (simulated): {strict:.0%} exact strictly, {allowed:.0%} with the allowance")
    assert allowed > strict + 0.2


def test_strict_is_the_proposal_and_at_most_is_never_below_the_others():
    out = sat(accent(0.6), PUPILS)
    for attempt, found in zip(out.attempts, told(accent(0.6)), strict=True):
        if found is not None:
            assert found.strict == attempt.state.proposed_level
            assert found.strict <= found.allowed <= found.at_most
            assert 0 <= found.probability <= 1


def test_mistakes_are_those_said_aloud_on_sounds_that_are_tested():
    for a, found in zip(answers(sat(WORLDS["model"], PUPILS)), told(WORLDS["model"]), strict=True):
        wrong = [i for i, right in zip(a.items, a.right, strict=True) if not right]
        expected = [i.id for i in wrong if i.task in SAID_ALOUD and transfer()[i.id]]
        assert (list(found.mistakes) if found else []) == expected
        assert found is None or found.right + len(expected) + found.others[1] == sum(
            i.task in SAID_ALOUD for i in a.items
        )


def test_without_such_sounds_there_is_nothing_to_allow():
    assert all(allowance(a, {}) is None for a in answers(sat(WORLDS["model"], PUPILS)))


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("ship", ("sh_ch",)),
        ("ring", ()),
        ("stop", ("onset_cluster",)),
        ("cake", ("flat_diphthong",)),
        ("time", ()),
    ],
)
def test_only_what_an_item_tests_counts(word, codes):
    """The final stop of "cake" and the vowel of "ship" are not what these words ask."""
    bank = sites.content().bank
    item = next(i for i in bank.active() if i.stimulus == word and i.task is Task.READ_WORD)
    assert patterns_tested(bank, [item.id]) == {item.id: codes}


def test_who_acts_or_chooses_loses_nothing_by_his_accent():
    assert not {Task.WORD_MEANING, Task.RHYME, Task.CHOOSE_PICTURE, Task.SPELL_WORD} & SAID_ALOUD


def with_notes(a, kind, chosen=None):
    """Each mistake noted as of that kind; or those of the items `chosen`."""
    noted = [
        kind if not right and (chosen is None or item.id in chosen) else ""
        for item, right in zip(a.items, a.right, strict=True)
    ]
    return replace(a, noted=tuple(noted))


def test_what_the_teacher_noted_as_thai_sounds_is_allowed_and_nothing_is_guessed():
    for a in answers(sat(accent(0.6), PUPILS)):
        found = allowance(a, transfer())
        if found is None:
            continue
        heard = allowance(with_notes(a, "transfer", found.mistakes), transfer())
        assert heard.heard == heard.mistakes == found.mistakes
        assert (heard.strict, heard.probability) == (found.strict, 1.0)
        assert heard.allowed == heard.at_most == found.at_most


@pytest.mark.parametrize("kind", ["decoding", "no_answer"])
def test_what_was_read_wrongly_is_no_accent(kind):
    for a in answers(sat(accent(0.6), PUPILS)):
        assert allowance(with_notes(a, kind), transfer()) is None


def test_what_could_not_be_told_is_reckoned_as_before():
    for a in answers(sat(accent(0.6), PUPILS)):
        assert allowance(with_notes(a, "ambiguous"), transfer()) == allowance(a, transfer())
