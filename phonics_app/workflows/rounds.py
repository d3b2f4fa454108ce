"""The day and the test round of today, in Thai time."""

from __future__ import annotations

from datetime import date

from phonics_app.domain.calendar import Round, thai_day
from phonics_app.workflows.context import Phonics


def today(phonics: Phonics) -> date:
    """The day it is in Thailand."""
    return thai_day(phonics.now())


def current_round(phonics: Phonics) -> Round:
    """The round in which a test given now counts."""
    return Round.at(phonics.now())
