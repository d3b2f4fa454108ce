"""All that is held on one pupil, as it is handed to him or his parents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from phonics_app.domain.event import Event
from phonics_app.domain.plan import Plan
from phonics_app.domain.text import Text


@dataclass(frozen=True, slots=True)
class HeldTable:
    """What one table of the database holds on the pupil, a row for each; values as JSON has them, moments as such."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class HeldTest:
    """A test with all its records. `plan` is what was asked; of other pupils it holds nothing."""

    attempt_id: str
    begun_at: datetime
    plan: Plan
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class HeldAct:
    """Who did something with the pupil's data: `action` is the audit's code, `subject` the id it was done to."""

    at: datetime
    account_id: str
    action: str
    subject: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PupilData:
    """`tables` are those of the database's schema that know the pupil, empty ones too; `acts` oldest first.

    `accounts` and `schools` name those whose ids stand in the tables.
    """

    pupil_id: str
    number: str
    name: str
    school: Text
    made_at: datetime
    simulated: bool
    tables: tuple[HeldTable, ...]
    tests: tuple[HeldTest, ...]
    acts: tuple[HeldAct, ...]
    accounts: Mapping[str, str]
    schools: Mapping[str, Text]
    sentences: Mapping[str, str]
    """Code of an act → its English sentence with {who} and {subject}, to be translated."""
