"""Codes as words of the interface: what is due, grades and rooms, dates."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date, format_time
from markupsafe import Markup

from phonics_app.domain.calendar import buddhist_year
from phonics_app.domain.grade import Grade, Stage
from phonics_app.domain.school import Sex
from phonics_app.locales import N_, Translate
from phonics_app.pages.components.html import badge
from phonics_app.pages.components.session import THAILAND, Session
from phonics_app.workflows.classes import Due

DUE = {
    Due.RESUME_TEST: (N_("Finish the test"), "wait"),
    Due.DECIDE: (N_("Decide the level"), "wait"),
    Due.FIRST_TEST: (N_("First test"), "warn"),
    Due.TEST_THIS_ROUND: (N_("Test this term"), "warn"),
    Due.NOTHING: (N_("Done"), "good"),
}


FIELDS = {
    "number": N_("Pupil number"),
    "prefix": N_("Name prefix"),
    "first_name": N_("First name"),
    "last_name": N_("Last name"),
    "sex": N_("Sex"),
    "grade": N_("Grade"),
    "room": N_("Room"),
}
STAGES = {
    Stage.KINDERGARTEN: N_("Kindergarten"),
    Stage.PRIMARY: N_("Primary"),
    Stage.SECONDARY: N_("Secondary"),
}
SEXES = {Sex.FEMALE: N_("Female"), Sex.MALE: N_("Male"), Sex.UNKNOWN: N_("Not stated")}


def field_name(_: Translate, field: str) -> str:
    return _(FIELDS[field]) if field in FIELDS else field


def stage_name(_: Translate, stage: Stage) -> str:
    return _(STAGES[stage])


def due_badge(_: Translate, due: Due) -> Markup:
    label, tone = DUE[due]
    return badge(_(label), tone)


def level_badge(level: int | None) -> Markup:
    return badge(str(level), "level") if level is not None else badge("–")


def class_name(grade: Grade, room: str, language: str) -> str:
    """ "ป.3/2", or "ป.3" where the grade has one room only."""
    return f"{grade.label(language)}/{room}" if room else grade.label(language)


def day(moment: datetime | None, language: str) -> str:
    """Day, month and Buddhist year in Thai time; "–" where there is none."""
    if moment is None:
        return "–"
    local = moment.astimezone(THAILAND)
    return f"{format_date(local, 'd MMM', locale=language)} {buddhist_year(local.date())}"


def day_and_time(moment: datetime, session: Session) -> str:
    local = moment.astimezone(THAILAND)
    return f"{day(moment, session.language)} {format_time(local, 'HH:mm', locale=session.language)}"
