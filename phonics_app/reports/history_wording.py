"""Words of a pupil's history, for pages and the command line."""

from __future__ import annotations

from datetime import date, datetime, time

from phonics_app.domain.calendar import THAI_TIME
from phonics_app.locales import N_, Translate
from phonics_app.reports.labels import short_date

REASONS = {
    "": N_("goes on"),
    "class": N_("another class"),
    "school": N_("another school"),
    "left": N_("left the school"),
    "merged": N_("of the other record of this pupil"),
}


def ended_label(_: Translate, reason: str, corrected: bool) -> str:
    """Why a stay ended."""
    if corrected and reason != "merged":
        return _("corrected on the same day")
    return _(REASONS[reason]) if reason in REASONS else reason


def day_label(_: Translate, day: date | None, otherwise: str, language: str) -> str:
    """A day as schools write it; `otherwise`, a translated text, where there is none."""
    return otherwise if day is None else short_date(datetime.combine(day, time(12), tzinfo=THAI_TIME), language)
