"""Rubrics: see, filter, export."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.account import Actor
from phonics_app.domain.grade import Stage
from phonics_app.domain.rubric import Rubrics, TeachingStep
from phonics_app.domain.strand import Strand
from phonics_app.workflows.context import Phonics


class RubricKind(Enum):
    PERFORMANCE = "performance"
    PROMOTION = "promotion"
    FRAMEWORKS = "frameworks"


class DocumentFormat(Enum):
    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"


@dataclass(frozen=True, slots=True)
class RubricFilter:
    """What to show; empty tuples mean all."""

    kinds: tuple[RubricKind, ...] = ()
    levels: tuple[int, ...] = ()
    stages: tuple[Stage, ...] = ()
    strands: tuple[Strand, ...] = ()
    frameworks: tuple[int, ...] = ()


def select_rubrics(phonics: Phonics, actor: Actor, chosen: RubricFilter) -> Rubrics:
    """The rubrics with only what `chosen` asks for. A stage means the levels whose entry grades lie in it."""
    raise NotImplementedError


def export_rubrics(
    phonics: Phonics, actor: Actor, chosen: RubricFilter, format: DocumentFormat, languages: tuple[str, ...]
) -> bytes:
    """A document in Thai, English or both (`languages` e.g. ("th",) or ("th", "en")). SEE_RUBRICS."""
    raise NotImplementedError


def teaching_steps(phonics: Phonics, actor: Actor, level: int) -> tuple[TeachingStep, ...]:
    """Next steps for pupils placed at `level`, in order."""
    raise NotImplementedError
