"""What is kept for how long, and what is due to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Kept(Enum):
    """Kinds whose time can be over. `ELSEWHERE` go by other means than clearing."""

    AUDIT = "audit"
    """Entries of the record of use: written to a file first, so that they can still be verified."""
    SESSIONS = "sessions"
    """Sign-ins that have expired."""
    FAILURES = "failures"
    """Failed sign-ins."""
    DEVICES = "devices"
    """Devices of class tests whose admission has expired."""
    ANSWERS = "answers"
    """Tests with all their answers and results: they go with their pupil, who is erased."""
    ACCOUNTS = "accounts"
    """Accounts that nobody has used: an administrator disables them one by one."""


DAYS = {
    Kept.AUDIT: 1095,
    Kept.SESSIONS: 30,
    Kept.FAILURES: 30,
    Kept.DEVICES: 30,
    Kept.ANSWERS: 1825,
    Kept.ACCOUNTS: 365,
}
"""For which each is kept unless the site says otherwise."""
LEAST = {Kept.AUDIT: 365, Kept.SESSIONS: 0, Kept.FAILURES: 1, Kept.DEVICES: 0, Kept.ANSWERS: 365, Kept.ACCOUNTS: 30}
ELSEWHERE = frozenset({Kept.ANSWERS, Kept.ACCOUNTS})
MOST = 36_500
MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class Due:
    """`rows` of a kind are older than `days`; `oldest` is the moment of the first."""

    kind: Kept
    days: int
    before: datetime
    rows: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class PupilsLeft:
    """Pupils out of the class lists whose last school year ended longer ago than results are kept."""

    school_id: str
    last_year: int
    pupils: int
    first: tuple[tuple[str, str], ...]
    """Id and number of the first `MOST_NAMED` of them, to be looked at one by one."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """`archive`: name of the file in the data folder to which the entries were written first; "" where none was."""

    kind: Kept
    rows: int
    archive: str = ""
