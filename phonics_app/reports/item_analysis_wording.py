"""What answers say against an item, in words for people who write items; codes are those of the item analysis."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Sex
from phonics_app.domain.strand import Strand
from phonics_app.locales import N_, Translate
from phonics_app.locales.labels import label
from phonics_app.reports.labels import level_label, percent

_Z = 1.96
_NAMES = {
    "check_key": N_("check the key"),
    "option_of_the_strong": N_("check an option"),
    "surprising": N_("odd answers"),
    "tells_little": N_("tells little"),
    "too_easy": N_("too easy"),
    "too_hard": N_("too hard"),
    "all_right": N_("everybody right"),
    "all_wrong": N_("everybody wrong"),
    "option_not_taken": N_("an idle option"),
    "too_few": N_("too few answers"),
}
_SENTENCES = {
    "check_key": N_("Strong pupils miss this one more often than weak ones do: check the key."),
    "option_of_the_strong": N_("The wrong option {option} is chosen rather by strong pupils: is it right too?"),
    "surprising": N_(
        "Weak pupils get it right, and strong ones wrong, more often than they should: look at how it is asked and"
        " marked."
    ),
    "tells_little": N_("Weak and strong pupils do nearly alike on it: it hardly tells who reads better."),
    "too_easy": N_("Too easy for its level: of pupils who only begin the level, {share} would be right."),
    "too_hard": N_("Too hard for its level: of pupils who just master the level, {share} would be right."),
    "all_right": N_("Everybody was right: it tells nobody apart, and how hard it is can't be told."),
    "all_wrong": N_("Nobody was right: it tells nobody apart, and how hard it is can't be told."),
    "option_not_taken": N_("Hardly anybody takes the option {option} ({share}): it does no work."),
    "too_few": N_("Too few answers to say anything: {count}, and {least} are needed."),
}


def finding_name(_: Translate, code: str) -> str:
    """Two or three words."""
    return _(_NAMES[code])


def finding_text(_: Translate, code: str, value: float, option: str = "", least: int = 0) -> str:
    """A sentence. `value`: what passed the threshold; `least`: answers that are needed."""
    return _(_SENTENCES[code]).format(option=option, share=percent(value), count=f"{value:.0f}", least=least)


TRAITS = {"school": N_("Schools"), "sex": N_("Girls and boys"), "grade": N_("Grades")}
"""By what pupils are compared."""
HALF = 50
"""Right answers of others, of 100, beside which a difference is told."""


def skill_text(_: Translate, strand: Strand, level: int) -> str:
    return f"{label(_, strand)} · {level_label(_, level)}"


def of_a_hundred(logits: float, error: float) -> tuple[int, int, int]:
    """Where others of equal ability get `HALF` right, how many a group gets whose log odds are shifted: the number
    between the ends of its 95 % interval."""
    low, n, high = (round(100 / (1 + exp(-shift))) for shift in (logits - _Z * error, logits, logits + _Z * error))
    return low, n, high


def difference_text(_: Translate, logits: float, error: float) -> str:
    low, n, high = of_a_hundred(logits, error)
    text = _("where others of equal ability get {half} of 100 right, they get {n} ({low}–{high})")
    return text.format(half=HALF, n=n, low=low, high=high)


def reliability_text(_: Translate, value: float | None) -> str:
    """Cuts after Nunnally & Bernstein 1994: .9 for decisions about single persons, .7 for a beginning."""
    if value is None:
        return _("can't tell from so few")
    if value >= 0.9:
        return _("very well")
    if value >= 0.8:
        return _("well")
    return _("fairly") if value >= 0.7 else _("little")


_SEXES = {Sex.FEMALE: N_("Girls"), Sex.MALE: N_("Boys"), Sex.UNKNOWN: N_("Not stated")}


def group_name(_: Translate, trait: str, group: str, schools: Mapping[str, str], language: str) -> str:
    """`schools`: id → name, of those that the reader sees."""
    if trait == "school":
        return schools.get(group) or _("Another school")
    return _(_SEXES[Sex(group)]) if trait == "sex" else Grade(group).label(language)
