"""Rubrics: see, filter, export."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

from phonics_app.domain.account import Actor
from phonics_app.domain.grade import Stage
from phonics_app.domain.rubric import Rubrics, TeachingStep
from phonics_app.domain.strand import Strand
from phonics_app.reports.rubric_document import RubricDocument, rubric_document
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today


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
    """The rubrics with only what `chosen` asks for. A stage means the levels whose entry grades lie in it.

    Levels, stages and strands narrow performance and teaching steps, frameworks the framework criteria; the
    promotion rules hold for all levels, so only `kinds` leaves them out.
    """
    require(actor, Action.SEE_RUBRICS)
    kinds = chosen.kinds or tuple(RubricKind)
    narrowed = phonics.content.rubrics
    narrowed = _narrow_levels(narrowed, chosen, _levels(phonics, chosen) if RubricKind.PERFORMANCE in kinds else ())
    narrowed = _narrow_frameworks(narrowed, chosen if RubricKind.FRAMEWORKS in kinds else None)
    return narrowed if RubricKind.PROMOTION in kinds else replace(narrowed, promotion=(), references=())


def _levels(phonics: Phonics, chosen: RubricFilter) -> frozenset[int]:
    return frozenset(
        level.number
        for level in phonics.content.bank.levels
        if (not chosen.levels or level.number in chosen.levels)
        and (not chosen.stages or any(grade.stage in chosen.stages for grade in level.entry_grades))
    )


def _narrow_levels(rubrics: Rubrics, chosen: RubricFilter, levels: Collection[int]) -> Rubrics:
    strands = chosen.strands or tuple(Strand)
    return replace(
        rubrics,
        performance=tuple(c for c in rubrics.performance if c.level in levels and c.strand in strands),
        teaching_steps=tuple(s for s in rubrics.teaching_steps if s.level in levels and s.strand in strands),
    )


def _narrow_frameworks(rubrics: Rubrics, chosen: RubricFilter | None) -> Rubrics:
    wanted = {f.number for f in rubrics.frameworks} & set(chosen.frameworks or range(1_000)) if chosen else set()
    return replace(
        rubrics,
        frameworks=tuple(f for f in rubrics.frameworks if f.number in wanted),
        framework_criteria=tuple(c for c in rubrics.framework_criteria if c.framework in wanted),
    )


def export_rubrics(
    phonics: Phonics, actor: Actor, chosen: RubricFilter, format: DocumentFormat, languages: tuple[str, ...]
) -> bytes:
    """A document in Thai, English or both (`languages` e.g. ("th",) or ("th", "en")). SEE_RUBRICS."""
    rubrics = select_rubrics(phonics, actor, chosen)
    return _make(rubric_document(rubrics, phonics.content.bank.levels, languages, today(phonics)), format)


def _make(document: RubricDocument, format: DocumentFormat) -> bytes:
    """The makers are imported when needed: Word and Excel take long to import and are seldom wanted."""
    if format is DocumentFormat.WORD:
        from phonics_app.reports.rubric_word import rubric_word

        return rubric_word(document)
    if format is DocumentFormat.EXCEL:
        from phonics_app.reports.rubric_excel import rubric_excel

        return rubric_excel(document)
    from phonics_app.reports.rubric_pdf import rubric_pdf

    return rubric_pdf(document)


def teaching_steps(phonics: Phonics, actor: Actor, level: int) -> tuple[TeachingStep, ...]:
    """Next steps for pupils placed at `level`, in order; none where the ladder has no such level (any more).

    Results outlive ladders: a school that shortens its own still opens the tests of before.
    """
    require(actor, Action.SEE_RUBRICS)
    return tuple(step for step in phonics.content.rubrics.teaching_steps if step.level == level)
