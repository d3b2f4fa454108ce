"""Codes as words and badges of the pages; what documents show too stands in `reports.labels`."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from phonics_app.domain.calendar import THAI_TIME
from phonics_app.domain.school import Sex
from phonics_app.locales import N_, Translate
from phonics_app.pages.components.html import badge
from phonics_app.reports.labels import due_label, short_date
from phonics_app.workflows.classes import Due

DUE_TONES = {
    Due.RESUME_TEST: "wait",
    Due.DECIDE: "wait",
    Due.FIRST_TEST: "warn",
    Due.TEST_THIS_ROUND: "warn",
    Due.NOTHING: "good",
}


FIELDS = {
    "number": N_("Pupil number"),
    "prefix": N_("Name prefix"),
    "first_name": N_("First name"),
    "last_name": N_("Last name"),
    "sex": N_("Sex"),
    "grade": N_("Grade"),
    "room": N_("Room"),
    "class_number": N_("Class number"),
    "archived": N_("Back in the class lists"),
}
SEXES = {Sex.FEMALE: N_("Female"), Sex.MALE: N_("Male"), Sex.UNKNOWN: N_("Not stated")}


def field_name(_: Translate, field: str) -> str:
    return _(FIELDS[field]) if field in FIELDS else field


def due_badge(_: Translate, due: Due, count: int | None = None) -> Markup:
    label = due_label(_, due)
    return badge(label if count is None else f"{label} {count}", DUE_TONES[due])


def level_badge(level: int | None) -> Markup:
    return badge(str(level), "level") if level is not None else badge("–")


def moment(at: datetime, language: str) -> str:
    """Day and time of day in Thailand."""
    return f"{short_date(at, language)} {at.astimezone(THAI_TIME):%H:%M}"


def day(moment: datetime | None, language: str) -> str:
    """Day, month and Buddhist year in Thai time; "–" where there is none."""
    return "–" if moment is None else short_date(moment, language)
