"""The Thai school calendar: Buddhist years, academic years, terms and test rounds.

Source: Ministry of Education's opening dates (academic year 16 May–15 May; term 1 16 May–11 October,
term 2 1 November–1 April). Dates between the terms belong to the term just ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

BUDDHIST_OFFSET = 543
THAI_TIME = timezone(timedelta(hours=7))
"""No daylight saving; a fixed offset needs no time zone data on the machine."""


def thai_day(moment: datetime) -> date:
    """The day that a moment falls on in Thailand."""
    return moment.astimezone(THAI_TIME).date()


def buddhist_year(day: date) -> int:
    """The Buddhist year (พ.ศ.) of a date."""
    return day.year + BUDDHIST_OFFSET


@dataclass(frozen=True, slots=True, order=True)
class Round:
    """A test round: one term of one academic year. `year` is the Buddhist year that names the academic year."""

    year: int
    term: int

    @classmethod
    def of(cls, day: date) -> Round:
        """The round in which a test given on `day` counts."""
        started = day.year if (day.month, day.day) >= (5, 16) else day.year - 1
        second = day >= date(started, 11, 1)
        return cls(started + BUDDHIST_OFFSET, 2 if second else 1)

    @classmethod
    def at(cls, moment: datetime) -> Round:
        """The round in which a test given at `moment` counts."""
        return cls.of(thai_day(moment))

    def terms_since(self, earlier: Round) -> int:
        """How many rounds lie between: 1 where `earlier` is the one before."""
        return 2 * (self.year - earlier.year) + self.term - earlier.term

    @property
    def previous(self) -> Round:
        return Round(self.year, 1) if self.term == 2 else Round(self.year - 1, 2)

    @property
    def label(self) -> str:
        """ "1/2569", as schools write it."""
        return f"{self.term}/{self.year}"

    @property
    def starts(self) -> date:
        started = self.year - BUDDHIST_OFFSET
        return date(started, 5, 16) if self.term == 1 else date(started, 11, 1)

    @property
    def ends(self) -> date:
        """The last day on which a test counts in this round."""
        following = Round(self.year, 2) if self.term == 1 else Round(self.year + 1, 1)
        return following.starts - timedelta(days=1)
