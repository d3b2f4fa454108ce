"""O-NET English: the school's own results beside the nation's."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import NationalMean, OnetResult, OnetTarget
from phonics_app.workflows.context import Phonics


@dataclass(frozen=True, slots=True)
class OnetPage:
    """`table`: school_id, year, grade, n, mean, sd, maximum, minimum, share_50, national, difference,
    change, voluntary.

    `change` is against the year before (NA where that year is missing); years are Buddhist.
    """

    table: pd.DataFrame
    national: tuple[NationalMean, ...]
    targets: tuple[OnetTarget, ...]
    baseline: float
    """The programme's quoted mean of the four schools in B.E. 2556, grade and weighting unstated."""
    simulated: bool


@dataclass(frozen=True, slots=True)
class OnetPreview:
    rows: tuple[OnetResult, ...]
    problems: tuple[Problem, ...]


def onet_page(phonics: Phonics, actor: Actor, grade: Grade, school_id: str | None = None) -> OnetPage:
    """SEE_DASHBOARD; all schools (SEE_ALL_SCHOOLS) where `school_id` is None."""
    raise NotImplementedError


def save_onet_result(phonics: Phonics, actor: Actor, result: OnetResult) -> None:
    """Adds or replaces that school's year and grade. `ProblemsFound` for impossible figures. EDIT_ONET."""
    raise NotImplementedError


def delete_onet_result(phonics: Phonics, actor: Actor, school_id: str, year: int, grade: Grade) -> None:
    raise NotImplementedError


def preview_onet_import(phonics: Phonics, actor: Actor, school_id: str, filename: str, content: bytes) -> OnetPreview:
    """Reads .xlsx or .csv with columns year, grade, n, mean, sd, maximum, minimum, share_50 (Thai headers too)."""
    raise NotImplementedError


def commit_onet_import(phonics: Phonics, actor: Actor, preview: OnetPreview) -> int:
    raise NotImplementedError


def set_target(phonics: Phonics, actor: Actor, target: OnetTarget) -> None:
    raise NotImplementedError
