"""Codes as short labels for figures, tables and documents, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_time

from phonics_app.domain.calendar import THAI_TIME, Round, buddhist_year, thai_day
from phonics_app.domain.grade import Grade, Stage
from phonics_app.domain.rubric import PromotionRule
from phonics_app.domain.school import School
from phonics_app.locales import N_, Translate
from phonics_app.locales.labels import label
from phonics_app.progress.class_page import Due
from phonics_app.reports.typesetting import long_date

__all__ = [
    "class_label",
    "date_label",
    "day_text",
    "due_label",
    "evidence_label",
    "iso_date",
    "label",
    "level_label",
    "moment_label",
    "n_label",
    "number",
    "percent",
    "round_label",
    "school_names",
    "signed",
    "stage_label",
    "threshold_label",
]

NONE = "–"
"""Shown where there is no value."""
DUE = {
    Due.RESUME_TEST: N_("Finish the test"),
    Due.DECIDE: N_("Decide the level"),
    Due.FIRST_TEST: N_("First test"),
    Due.TEST_THIS_ROUND: N_("Test this term"),
    Due.NOTHING: N_("Done"),
}
STAGES = {
    Stage.KINDERGARTEN: N_("Kindergarten"),
    Stage.PRIMARY: N_("Primary"),
    Stage.SECONDARY: N_("Secondary"),
}


GRADES_OF_EVIDENCE = {
    "norm": N_("norm"),
    "study": N_("study"),
    "expert": N_("expert judgement"),
    "provisional": N_("provisional"),
}
THRESHOLDS = {
    "share": "{n:.0%}",
    "count": "{n:g}",
    "seconds": N_("{n:g} seconds"),
    "weeks": N_("{n:g} weeks"),
}


def due_label(_: Translate, due: Due) -> str:
    return _(DUE[due])


def stage_label(_: Translate, stage: Stage) -> str:
    return _(STAGES[stage])


def threshold_label(_: Translate, rule: PromotionRule) -> str:
    """The value of a rule with its unit ("3 seconds", "80%"); "–" where it has none."""
    return NONE if rule.value is None else _(THRESHOLDS[rule.unit]).format(n=rule.value)


def evidence_label(_: Translate, rule: PromotionRule) -> str:
    return _(GRADES_OF_EVIDENCE[rule.grade_of_evidence])


def level_label(_: Translate, level: int | None) -> str:
    """ "Level 4"; for None "Not placed"."""
    return _("Not placed") if level is None else _("Level {n}").format(n=level)


def round_label(_: Translate, round_: Round) -> str:
    """ "Term 1/2569"."""
    return _("Term {term}/{year}").format(term=round_.term, year=round_.year)


def class_label(grade: Grade, room: str, language: str) -> str:
    """ "ป.3/2", or "ป.3" where the grade has one room only."""
    return f"{grade.label(language)}/{room}" if room else grade.label(language)


def date_label(moment: datetime, language: str) -> str:
    """The day in Thailand, in full, with the Buddhist year."""
    return long_date(thai_day(moment), language)


def moment_label(moment: datetime, language: str) -> str:
    """Day and time in Thailand."""
    local = moment.astimezone(THAI_TIME)
    return f"{long_date(local.date(), language)} {format_time(local, 'HH:mm', locale=language)}"


def short_date(moment: datetime, language: str) -> str:
    """ "20 Nov 2569", for tables."""
    local = thai_day(moment)
    return f"{format_date(local, 'd MMM', locale=language)} {buddhist_year(local)}"


def day_text(text: str, language: str) -> str:
    """A day that is held as ISO 8601, in full; anything else stands as it is."""
    try:
        return long_date(date.fromisoformat(text), language)
    except ValueError:
        return text


def iso_date(moment: datetime) -> str:
    """The day in Thailand, for files."""
    return thai_day(moment).isoformat()


def percent(share: float | None) -> str:
    """A share (0–1) in whole per cent."""
    return NONE if share is None else f"{share * 100:.0f}%"


def n_label(_: Translate, n: int) -> str:
    """How many pupils stand behind a figure."""
    return _("n={n}").format(n=f"{n:,}")


def number(value: float | None, places: int = 2) -> str:
    return NONE if value is None else f"{value:.{places}f}"


def signed(value: float | None, places: int = 2) -> str:
    """With its sign, a true minus; zero has none."""
    if value is None:
        return NONE
    rounded = f"{value:+.{places}f}"
    return rounded.lstrip("+-") if float(rounded) == 0 else rounded.replace("-", "−")


def school_names(schools: tuple[School, ...], language: str) -> dict[str, str]:
    """School id → name, without the words that all of them begin with (โรงเรียน): figures have little room."""
    names = {s.id: s.name.in_language(language) for s in schools}
    return {id_: name.removeprefix("โรงเรียน") or name for id_, name in names.items()}
