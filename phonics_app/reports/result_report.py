"""A pupil's result on paper, for the file and for the parents: plain words, no statistics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from phonics_app.domain.block_totals import TestFigures
from phonics_app.domain.explanation import Explanation
from phonics_app.domain.plan import Plan, PlannedItem
from phonics_app.domain.result import LevelProbability, Placement, Result
from phonics_app.domain.rubric import TeachingStep
from phonics_app.domain.school import Pupil
from phonics_app.locales import Translate, translator
from phonics_app.locales.labels import label
from phonics_app.reports import typesetting as ts
from phonics_app.reports import wording
from phonics_app.reports.block_wording import (
    block_name,
    block_sentences,
    irregular_sentences,
    total_cells,
    total_titles,
    trace_sentences,
)
from phonics_app.reports.labels import class_label, date_label, level_label
from phonics_app.reports.why_wording import Shown, warnings, why_sentences


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """What the paper is made of. `steps` are for the level decided, else for the one proposed."""

    pupil: Pupil
    school: str
    tested_at: datetime
    result: Result
    plan: Plan
    explanation: Explanation | None
    """None where the answers say nothing about the level: words of a passage."""
    placement: Placement | None
    steps: tuple[TeachingStep, ...]
    simulated: bool
    figures: TestFigures = field(default_factory=TestFigures)


def result_pdf(sheet: ResultSheet, made_on: date, language: str) -> bytes:
    """One or two A4 pages."""
    _ = translator(language)
    title = _("Result of the English reading test (phonics)")
    blocks = [
        ts.heading(title),
        _who(sheet, language),
        ts.paragraph(ts.muted(_versions(sheet.result, _))),
        *_form(sheet, language),
        *_of_level(sheet, language),
        *_counted(sheet, language),
        *_evidence(sheet, _),
        *_wrong(sheet, language),
        *_steps(sheet, language),
    ]
    page = ts.Page(title, language, made_on, sheet.pupil.name, sheet.simulated)
    return ts.pdf(blocks, page)


def _who(sheet: ResultSheet, language: str) -> ts.Markup:
    _ = translator(language)
    pupil = sheet.pupil
    facts = (
        (_("Name"), pupil.name),
        (_("Number"), pupil.number),
        (_("Class"), class_label(pupil.grade, pupil.room, language)),
        (_("School"), sheet.school),
        (_("Tested on"), date_label(sheet.tested_at, language)),
        (_("Time taken"), wording.duration(_, sheet.result.seconds)),
    )
    lines = [ts.paragraph(ts.joined((ts.bold(f"{name}:"), value))) for name, value in facts]
    left, right = ts.Markup("\n".join(lines[:3])), ts.Markup("\n".join(lines[3:]))
    return ts.columns([left, right], ["1fr", "1fr"])


def _form(sheet: ResultSheet, language: str) -> list[ts.Markup]:
    """The fixed form, by name and code."""
    form = sheet.plan.form
    if form is None:
        return []
    told = translator(language)("{name}, form {letter}, code {code}")
    return [ts.note(told.format(name=form.name.in_language(language), letter=form.letter, code=form.code))]


def _of_level(sheet: ResultSheet, language: str) -> list[ts.Markup]:
    if sheet.explanation is not None:
        return [*_level(sheet, language), *_why(sheet, sheet.explanation, language)]
    _ = translator(language)
    return [ts.paragraph(_("Reading a passage is counted; it says nothing about the level, and changes none."))]


def _counted(sheet: ResultSheet, language: str) -> list[ts.Markup]:
    """Of a form everything; of the level test, whose blocks stand below as evidence, what happened besides."""
    _ = translator(language)
    whole, blocks = sheet.plan.form is not None, []
    for number, shown in enumerate(sheet.figures.blocks, start=1):
        of_block = block_sentences if whole else trace_sentences
        if sentences := of_block(_, sheet.plan, shown, language):
            name = ts.bold(f"{number}. {block_name(_, sheet.plan, shown)}")
            blocks.append(ts.stacked([name, *sentences]))
    blocks += [ts.stacked([ts.bold(_("Besides")), *found])] if (found := _besides(sheet, _)) else []
    table = [_totals(sheet, _)] if whole and sheet.figures.blocks else []
    return [ts.heading(_("Counted"), 2), *table, *map(ts.paragraph, blocks)] if blocks else []


def _besides(sheet: ResultSheet, _: Translate) -> list[str]:
    return irregular_sentences(_, sheet.figures.irregular)


def _totals(sheet: ResultSheet, _: Translate) -> ts.Markup:
    columns = [ts.Column(_("Part"), "1fr"), *(ts.Column(title, "auto", "right") for title in total_titles(_))]
    rows = [
        [f"{number}. {block_name(_, sheet.plan, shown)}", *total_cells(shown)]
        for number, shown in enumerate(sheet.figures.blocks, start=1)
    ]
    return ts.table(columns, rows)


def _level(sheet: ResultSheet, language: str) -> list[ts.Markup]:
    _ = translator(language)
    names = {level.number: level.name.in_language(language) for level in sheet.plan.levels}
    placement = sheet.placement
    decided = _("The teacher has not decided yet.")
    if placement is not None:
        level = level_label(_, placement.level)
        decided = _("Taught at: {level}, {name}").format(level=level, name=names.get(placement.level, ""))
    blocks = [ts.heading(_("Level"), 2), ts.note(ts.bold(decided))]
    if placement is not None and placement.reason:
        blocks.append(ts.paragraph(_("The teacher's reason: {reason}").format(reason=placement.reason)))
    blocks.append(ts.paragraph(wording.proposal_sentence(_, sheet.result)))
    blocks.append(ts.paragraph(wording.stop_sentence(_, sheet.result.stop_reason)))
    return [*blocks, _probabilities(wording.likely_levels(sheet.result), names, _)]


def _probabilities(likely: tuple[LevelProbability, ...], names: Mapping[int, str], _: Translate) -> ts.Markup:
    columns = [
        ts.Column(_("Level"), "auto"),
        ts.Column(_("Name of the level"), "1fr"),
        ts.Column(_("Out of 100"), "auto", "right"),
        ts.Column("", "auto"),
        ts.Column(_("In words"), "auto"),
    ]
    rows = [
        [
            str(p.level),
            names.get(p.level, ""),
            str(wording.hundredths(p.probability)),
            ts.bar(p.probability),
            wording.certainty(_, p.probability),
        ]
        for p in likely
    ]
    return ts.table(columns, rows)


def _why(sheet: ResultSheet, explanation: Explanation, language: str) -> list[ts.Markup]:
    """The sentences of the screen, without its details."""
    _ = translator(language)
    shown = Shown(sheet.result, sheet.plan, explanation, language)
    boxed = [ts.note(sentence, "warning") for sentence in warnings(_, shown)]
    sentences = [ts.paragraph(sentence) for sentence in why_sentences(_, shown)]
    return [ts.heading(_("How sure is this, and why?"), 2), *boxed, *sentences]


def _evidence(sheet: ResultSheet, _: Translate) -> list[ts.Markup]:
    rows = [[str(e.level), wording.evidence_sentence(_, e)] for e in sheet.result.evidence]
    if not rows:
        return []
    columns = [ts.Column(_("Level"), "auto"), ts.Column(_("Evidence"), "1fr")]
    return [ts.heading(_("Evidence from the test"), 2), ts.table(columns, rows)]


def _wrong(sheet: ResultSheet, language: str) -> list[ts.Markup]:
    """Words and letters that were read wrongly, and questions by ear that were answered wrongly, by strand."""
    _ = translator(language)
    wrong = wording.wrong_answers(sheet.result, sheet.plan)
    heading = ts.heading(_("What was wrong"), 2)
    if not wrong:
        return [heading, ts.paragraph(_("Nothing was marked wrong."))]
    columns = [ts.Column(_("Strand"), "auto"), ts.Column(_("Words and sounds"), "1fr")]
    rows = [[label(_, strand), _asked(items, language)] for strand, items in wrong.items()]
    return [heading, ts.table(columns, rows)]


def _asked(items: Sequence[PlannedItem], language: str) -> ts.Markup:
    """Words side by side in learners' letters; what was asked by ear line by line."""
    words = ",  ".join(item.stimulus for item in items if item.stimulus)
    questions = [wording.asked(item, language) for item in items if not item.stimulus]
    return ts.stacked([*([ts.stimulus(words, "12pt")] if words else []), *questions])


def _steps(sheet: ResultSheet, language: str) -> list[ts.Markup]:
    _ = translator(language)
    if not sheet.steps or sheet.explanation is None:
        return []
    level = sheet.placement.level if sheet.placement else sheet.result.proposed_level
    rows = [[label(_, step.strand), step.step.in_language(language)] for step in sheet.steps]
    columns = [ts.Column(_("Strand"), "auto"), ts.Column(_("Next step"), "1fr")]
    return [ts.heading(_("What to teach next, for level {n}").format(n=level), 2), ts.table(columns, rows)]


def _versions(result: Result, _: Translate) -> str:
    return _("Test engine {engine}, item bank {bank}, rubric {rubric}").format(
        engine=result.engine_version, bank=result.bank_version[:12], rubric=result.rubric_version[:12]
    )
