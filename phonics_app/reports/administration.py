"""The rules of giving a test one to one, in plain sentences for the sheet beside the pupil."""

from __future__ import annotations

from collections.abc import Iterable

from phonics_app.domain.rubric import Rubrics
from phonics_app.locales import N_, translator

RATE, ACCURACY = "RATE-PM", "ORF-ACC"
"""Rules of reckoning: a sheet has a box for each, with its formula."""
_SENTENCES = {
    "EGRA-TIME-60": N_(
        "Start the clock at the first word. After {seconds} seconds say “stop” and put a bracket "
        "after the last word read."
    ),
    RATE: N_("Right per minute: what is right × 60 ÷ seconds used. Whoever ends sooner has used fewer seconds."),
    ACCURACY: N_("Accuracy: words right ÷ words read × 100."),
    "CBM-OMIT": N_("A word left out is an error. A word put in is not counted."),
    "NWF-CLS": N_("Every right sound counts, also in a made-up word that is not read whole."),
    "DORF-STOP": N_("If no word of the first line is right, stop. The score is 0."),
}
"""Of the rules that the rubrics do not state."""


def rule_sentences(rules: Iterable[str], rubrics: Rubrics, seconds: int, language: str) -> tuple[str, ...]:
    """A sentence for each rule, in its order: the one that the rubrics have, so that both say the same."""
    _ = translator(language)
    stated = {rule.id: rule.statement.in_language(language) for rule in rubrics.promotion}
    return tuple(stated.get(rule) or _(_SENTENCES.get(rule, rule)).format(seconds=seconds) for rule in rules)
