"""What directors see: data frames made from stored results, with the rights to see them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from phonics_app.domain.account import Actor
from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade, Stage
from phonics_app.workflows.context import Phonics


@dataclass(frozen=True, slots=True)
class Filters:
    """What a dashboard shows. None means all (that the actor may see)."""

    school_id: str | None = None
    round: Round | None = None
    """None: the latest round with results."""
    stage: Stage | None = None
    grade: Grade | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Frames hold codes and numbers, never labels; every share comes with its n.

    `levels`: school_id, grade, room, level, pupils (level NA: enrolled, not placed).
    `change`: school_id, grade, moved (levels since the round before, signed), pupils; of pupils placed in both rounds.
    `expected`: school_id, grade, expected_level, placed, at_or_above, share (NA where none is placed).
    `coverage`: school_id, grade, room, enrolled, tested, share.
    `history`: school_id, year, term, placed, mean_level, at_or_above, share — the course over all rounds.
    """

    filters: Filters
    round: Round | None
    rounds: tuple[Round, ...]
    """Rounds with results, oldest first."""
    levels: pd.DataFrame
    change: pd.DataFrame
    expected: pd.DataFrame
    coverage: pd.DataFrame
    history: pd.DataFrame
    simulated: bool


def dashboard(phonics: Phonics, actor: Actor, filters: Filters) -> Dashboard:
    """SEE_DASHBOARD for `filters.school_id`, SEE_ALL_SCHOOLS where it is None."""
    raise NotImplementedError


def network(phonics: Phonics, actor: Actor, round_: Round | None = None) -> pd.DataFrame:
    """Network schools as aggregates: school_id, level, pupils, suppressed. SEE_ALL_SCHOOLS.

    Cells of 1–4 are NA with `suppressed` True, and a second cell with them where a total would give one away.
    """
    raise NotImplementedError


def trace(phonics: Phonics, actor: Actor, filters: Filters) -> pd.DataFrame:
    """The rows behind a school's figures: pupil_id, grade, room, level, attempt_id, decided_at.

    Needs SEE_PUPILS as well as SEE_DASHBOARD.
    """
    raise NotImplementedError
