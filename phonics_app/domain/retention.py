"""What is kept for how long, and what is due to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Kept(Enum):
    """Kinds that a person can clear when their time is over."""

    AUDIT = "audit"
    """Entries of the record of use: written to a file first, so that they can still be verified."""
    SESSIONS = "sessions"
    """Sign-ins that have expired."""
    FAILURES = "failures"
    """Failed sign-ins."""
    DEVICES = "devices"
    """Devices of class tests whose admission has expired."""


DAYS = {Kept.AUDIT: 1095, Kept.SESSIONS: 30, Kept.FAILURES: 30, Kept.DEVICES: 30}
"""For which each is kept unless the site says otherwise."""
LEAST = {Kept.AUDIT: 365, Kept.SESSIONS: 0, Kept.FAILURES: 1, Kept.DEVICES: 0}
MOST = 36_500


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


@dataclass(frozen=True, slots=True)
class Cleared:
    """`archive`: name of the file in the data folder to which the entries were written first; "" where none was."""

    kind: Kept
    rows: int
    archive: str = ""
