"""First start: set up one's own schools, or look round with demonstration data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import SchoolKind
from phonics_app.domain.text import Text
from phonics_app.workflows.context import Phonics


class SiteState(Enum):
    """EMPTY: nothing set up yet. DEMONSTRATION: all pupils are simulated and every page says so."""

    EMPTY = "empty"
    OWN = "own"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True)
class SchoolDraft:
    name: Text
    kind: SchoolKind = SchoolKind.MUNICIPAL
    code: str = ""
    highest_grade: Grade = Grade.P6


MUNICIPAL_SCHOOLS = (
    SchoolDraft(Text("โรงเรียนเทศบาลประตูลี้", "Pratu Li Municipal School"), highest_grade=Grade.M3),
    SchoolDraft(Text("โรงเรียนเทศบาลสันป่ายางหน่อม", "San Pa Yang Nom Municipal School"), highest_grade=Grade.M3),
    SchoolDraft(Text("โรงเรียนเทศบาลสันป่ายางหลวง", "San Pa Yang Luang Municipal School")),
    SchoolDraft(Text("โรงเรียนเทศบาลจามเทวี", "Chamthewi Municipal School")),
)
"""Offered at set-up; official Thai names, English ones are ours and editable."""


def site_state(phonics: Phonics) -> SiteState:
    """Needs no actor: the sign-in page asks it."""
    raise NotImplementedError


def set_up_schools(
    phonics: Phonics, schools: tuple[SchoolDraft, ...], username: str, display_name: str, password: str
) -> None:
    """Makes the schools and the administrator's account, all or nothing.

    Only on an EMPTY site (`Conflict` "setup.done" otherwise); `ProblemsFound` for a bad name, code or password.
    """
    raise NotImplementedError


def set_up_demonstration(phonics: Phonics, progress: Callable[[float], None] = lambda share: None) -> None:
    """Fills an EMPTY site with simulated schools, pupils, tests and results, through the real engine.

    `progress` receives the share done, 0–1. Marks the site as DEMONSTRATION.
    """
    raise NotImplementedError
