"""The test round of today, in Thai time."""

from __future__ import annotations

from datetime import timedelta, timezone

from phonics_app.domain.calendar import Round
from phonics_app.workflows.context import Phonics

THAI_TIME = timezone(timedelta(hours=7))
"""Thailand has one time zone and no summer time."""


def current_round(phonics: Phonics) -> Round:
    """The round in which a test given now counts."""
    return Round.of(phonics.now().astimezone(THAI_TIME).date())
