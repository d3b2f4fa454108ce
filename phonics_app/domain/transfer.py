"""A pupil who goes to another school: asked for by the one, released or refused by the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from phonics_app.domain.grade import Grade
from phonics_app.domain.text import Text


class TransferState(Enum):
    OPEN = "open"
    RELEASED = "released"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class TransferDraft:
    """What the new school knows of the pupil: all three have to be right. Then where he is from `starts_on` on."""

    number: str
    """That he had at the other school."""
    first_name: str
    last_name: str
    grade: Grade
    room: str
    new_number: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class Transfer:
    """A request as it stands. `name` is the one that was asked for."""

    id: str
    pupil_id: str
    from_school_id: str
    to_school_id: str
    number: str
    name: str
    grade: Grade
    room: str
    new_number: str
    starts_on: date
    asked_at: datetime
    asked_by: str
    state: TransferState
    reason: str
    """Why it was refused."""
    decided_at: datetime | None
    other_school: Text | None = None
    """In a list of one school: who asks it, or who has released; nothing where that is not told."""
