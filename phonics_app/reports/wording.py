"""Results in plain words: what a pupil did, how sure the test is, why it ended."""

from __future__ import annotations

from collections.abc import Sequence

from phonics_app.domain.plan import Plan, PlannedItem
from phonics_app.domain.result import Evidence, LevelProbability, Result, StopReason
from phonics_app.domain.strand import Strand
from phonics_app.locales import N_, Translate
from phonics_app.locales.labels import label

MOST_GRAPHEMES = 8
"""More are not read by anyone: the rest is "…"."""

_WITH_GRAPHEMES = {
    Strand.GRAPHEME_SOUNDS: N_("Says the sound of {what}: {correct} of {attempted} right"),
    Strand.WORD_READING: N_("Reads {correct} of {attempted} words with {what}"),
    Strand.PSEUDO_WORD_READING: N_("Reads {correct} of {attempted} made-up words with {what}"),
    Strand.SPELLING: N_("Spells {correct} of {attempted} words with {what}"),
}
_OF_LEVEL = {
    Strand.WORD_READING: N_("Reads {correct} of {attempted} words of level {level}"),
    Strand.PSEUDO_WORD_READING: N_("Reads {correct} of {attempted} made-up words of level {level}"),
}
_SOUNDS = N_("Hears the sounds of words with {what}: {correct} of {attempted} right")
_ANY = N_("{what}: {correct} of {attempted} right")

_FEATURES = {
    "vc_word": N_("two sounds"),
    "cvc_word": N_("three sounds"),
    "consonant_digraph": N_("two letters for one consonant"),
    "ending_s": N_("the ending -s"),
    "ending_ed": N_("the ending -ed"),
    "ending_ing": N_("the ending -ing"),
    "ending_es": N_("the ending -es"),
    "initial_cluster": N_("consonants together at the beginning"),
    "final_cluster": N_("consonants together at the end"),
    "split_digraph": N_("a long vowel and a final e"),
    "open_syllable": N_("an open syllable"),
    "two_syllables": N_("two syllables"),
    "consonant_le": N_("the ending -le"),
    "vowel_team": N_("two letters for one vowel"),
    "r_controlled": N_("a vowel followed by r"),
    "alternative_pronunciation": N_("letters that have more than one sound"),
    "soft_c_g": N_("soft c or g"),
    "silent_letter": N_("silent letters"),
    "prefix": N_("a prefix"),
    "suffix": N_("a suffix"),
    "multisyllable": N_("three syllables or more"),
    "spelling_change": N_("a change of spelling before the ending"),
}
"""What words of a skill have."""

_HEARING = {
    "rhyme": N_("Hears which words rhyme"),
    "isolation": N_("Tells the first sound of a word"),
    "initial_isolation": N_("Tells the first sound of a word"),
    "identity": N_("Tells which sound words share"),
    "sound_identity": N_("Tells which sound words share"),
    "categorisation": N_("Finds the word that sounds different"),
    "sound_categorisation": N_("Finds the word that sounds different"),
    "discrimination": N_("Tells similar sounds apart"),
    "sound_discrimination": N_("Tells similar sounds apart"),
    "listening_vocabulary": N_("Understands words heard"),
    "blending": N_("Blends sounds into a word"),
    "oral_blending": N_("Blends sounds into a word"),
    "segmentation": N_("Takes a word apart into sounds"),
    "oral_segmenting": N_("Takes a word apart into sounds"),
    "deletion": N_("Says a word without one of its sounds"),
    "phoneme_deletion": N_("Says a word without one of its sounds"),
    "addition": N_("Adds a sound to a word"),
    "phoneme_addition": N_("Adds a sound to a word"),
    "substitution": N_("Changes one sound in a word"),
    "phoneme_substitution": N_("Changes one sound in a word"),
}
"""What a pupil does in a task by ear."""

_STOPS = {
    StopReason.TEACHER: N_("The teacher ended the test."),
    StopReason.SURE: N_("The test ended because the level was sure enough."),
    StopReason.BETWEEN: N_(
        "The test ended because the pupil stands between two levels: more questions would not tell."
    ),
    StopReason.ITEM_LIMIT: N_("The test ended because it had reached its largest number of questions."),
    StopReason.TIME_LIMIT: N_("The test ended because its time was up."),
    StopReason.BANK_EXHAUSTED: N_("The test ended because no suitable questions were left."),
    StopReason.FORM_COMPLETE: N_("The test ended because everything on the form had been given."),
}
_CERTAINTY = (
    (0.9, N_("almost certain")),
    (0.75, N_("very likely")),
    (0.5, N_("likely")),
    (0.25, N_("possible")),
    (0.0, N_("unlikely")),
)


def evidence_sentence(_: Translate, evidence: Evidence) -> str:
    """ "Reads 9 of 10 words with sh, ch, th, ng"."""
    counts = {"correct": evidence.correct, "attempted": evidence.attempted, "level": evidence.level}
    strand, skill = evidence.strand, evidence.skill
    if evidence.graphemes and strand in _WITH_GRAPHEMES:
        return _(_WITH_GRAPHEMES[strand]).format(what=_listed(evidence.graphemes), **counts)
    if skill in _FEATURES:
        return _(_WITH_GRAPHEMES.get(strand, _SOUNDS)).format(what=_(_FEATURES[skill]), **counts)
    if skill in _HEARING:
        return _(_ANY).format(what=_(_HEARING[skill]), **counts)
    return _(_OF_LEVEL.get(strand, _ANY)).format(what=label(_, strand), **counts)


def skill_label(_: Translate, code: str) -> str:
    """What words of a skill have, in words; the code itself for a skill that a school has added."""
    return _(_FEATURES.get(code, code))


def asked(item: PlannedItem, language: str) -> str:
    """What the pupil saw, or for a task by ear what the teacher asked: never the answer."""
    return item.stimulus or item.prompt.in_language(language)


def wrong_answers(result: Result, plan: Plan) -> dict[Strand, list[PlannedItem]]:
    """The items marked wrong, in the order of the test, by strand."""
    items = {item.id: item for item in plan.items}
    wrong: dict[Strand, list[PlannedItem]] = {}
    for score in result.scores:
        if not score.score:
            wrong.setdefault(items[score.item_id].strand, []).append(items[score.item_id])
    return wrong


def _listed(graphemes: Sequence[str]) -> str:
    more = ", …" if len(graphemes) > MOST_GRAPHEMES else ""
    return ", ".join(graphemes[:MOST_GRAPHEMES]) + more


def stop_sentence(_: Translate, reason: StopReason | None) -> str:
    """Why the test ended; None: it goes on."""
    return _(_STOPS[reason]) if reason else _("The test is not finished.")


def certainty(_: Translate, probability: float) -> str:
    """A probability as a word."""
    return next(_(word) for least, word in _CERTAINTY if probability >= least)


def hundredths(probability: float) -> int:
    """A probability in hundredths as people are told it: never 100, because no test is certain."""
    return min(99, round(probability * 100))


def probability_sentence(_: Translate, probability: LevelProbability) -> str:
    """ "Level 4: very likely (about 82 in 100)"."""
    return _("Level {n}: {certainty} (about {hundredths} in 100)").format(
        n=probability.level,
        certainty=certainty(_, probability.probability),
        hundredths=hundredths(probability.probability),
    )


def likely_levels(result: Result, least: float = 0.05) -> tuple[LevelProbability, ...]:
    """The levels worth naming, the most probable first."""
    named = [p for p in result.probabilities if p.probability >= least]
    return tuple(sorted(named, key=lambda p: -p.probability))


def proposal_sentence(_: Translate, result: Result) -> str:
    """The level proposed, and honestly so where the test can't tell."""
    if result.between is not None:
        return _("The test can't tell between level {low} and level {high}; it proposes level {n}.").format(
            low=result.between[0], high=result.between[1], n=result.proposed_level
        )
    found = next((p.probability for p in result.probabilities if p.level == result.proposed_level), 0.0)
    return _("The test proposes level {n}: {certainty} (about {hundredths} in 100).").format(
        n=result.proposed_level, certainty=certainty(_, found), hundredths=hundredths(found)
    )


def duration(_: Translate, seconds: float) -> str:
    """ "5 min 12 s"."""
    minutes, rest = divmod(round(seconds), 60)
    return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
