"""Parallel fixed forms: level checks, one-minute probes, class listening, paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

from phonics_app.content import Content
from phonics_app.content.forms import load_form_blueprints
from phonics_app.domain.account import Actor
from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.errors import NotFound, Problem, ProblemsFound
from phonics_app.domain.form import FormBlueprint, FormFacts, FormSet
from phonics_app.engine.form_facts import form_facts
from phonics_app.engine.forms import assemble_forms as assemble
from phonics_app.locales import translator
from phonics_app.records import audit
from phonics_app.reports.administration import rule_sentences
from phonics_app.reports.form_paper import FormPaper, papers_of
from phonics_app.reports.form_sheets import form_pdf
from phonics_app.reports.form_table import form_table
from phonics_app.reports.form_wording import short_identity
from phonics_app.reports.passage_sheets import PassageSheets, passage_pdf
from phonics_app.reports.tables import to_csv
from phonics_app.reports.workbook import to_excel
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.form_plans import plan_of, remember_form
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today

_KEPT = 64
_kept: dict[tuple[object, ...], Assembly] = {}
_assembling = Lock()


@dataclass(frozen=True, slots=True)
class Assembly:
    """The forms of one blueprint for one set of levels, or what the bank lacks for them."""

    blueprint: FormBlueprint
    levels: tuple[int, ...]
    forms: FormSet | None
    problems: tuple[Problem, ...] = ()
    papers: tuple[FormPaper, ...] = ()
    """The same forms with everything that is shown of them."""

    @property
    def facts(self) -> FormFacts:
        """Of forms that there are."""
        return self.papers[0].facts


def form_blueprints(phonics: Phonics, actor: Actor) -> tuple[FormBlueprint, ...]:
    """What forms there can be. SEE_BANK. `ProblemsFound` where `forms.toml` is faulty."""
    require(actor, Action.SEE_BANK)
    return load_form_blueprints(phonics.settings.content_dir / "item_bank")


def assemble_forms(
    phonics: Phonics, actor: Actor, blueprint_id: str = "", levels: Collection[int] = ()
) -> tuple[Assembly, ...]:
    """Forms of one blueprint (or of all), of the sets whose highest level is one of `levels` (or of all).

    SEE_BANK. `NotFound` "forms.unknown" where there are no such forms. Takes seconds for each set.
    """
    blueprints = form_blueprints(phonics, actor)
    content = phonics.content
    ladder = tuple(level.number for level in content.bank.levels)
    chosen = [b for b in blueprints if blueprint_id in ("", b.id)]
    wanted = [(b, of) for b in chosen for of in b.level_sets(ladder) if not levels or of[-1] in levels]
    if not wanted:
        raise NotFound("forms.unknown", {"expected": ", ".join(_known(chosen or blueprints, ladder))})
    return tuple(_kept_assembly(content, blueprint, of) for blueprint, of in wanted)


def one_form(phonics: Phonics, actor: Actor, blueprint_id: str, level: int, letter: str) -> FormPaper:
    """A single form. SEE_BANK.

    `NotFound` "forms.unknown" or "forms.no_letter"; `ProblemsFound` "forms.too_thin" with what the bank lacks.
    """
    return _chosen(assemble_forms(phonics, actor, blueprint_id, (level,))[0], letter)[0]


def _chosen(assembly: Assembly, letter: str) -> tuple[FormPaper, ...]:
    """The form with that letter, or all."""
    if assembly.forms is None:
        raise ProblemsFound(assembly.problems, "forms.too_thin")
    papers = tuple(paper for paper in assembly.papers if letter in ("", paper.form.letter))
    if not papers:
        raise NotFound("forms.no_letter", {"expected": ", ".join(form.letter for form in assembly.forms.forms)})
    return papers


def _known(blueprints: Collection[FormBlueprint], ladder: tuple[int, ...]) -> Iterator[str]:
    for blueprint in blueprints:
        highest = sorted({levels[-1] for levels in blueprint.level_sets(ladder)})
        yield f"{blueprint.id} ({', '.join(str(number) for number in highest)})"


def _kept_assembly(content: Content, blueprint: FormBlueprint, levels: tuple[int, ...]) -> Assembly:
    """Made once for each content, one at a time: it takes a processor for seconds. Nothing in it is about a pupil."""
    key = (content.bank.version, content.rubrics.mastery, content.passages, blueprint, levels)
    if key not in _kept:
        with _assembling:
            if key not in _kept:
                made = _assembly(content, blueprint, levels)
                while len(_kept) >= _KEPT:
                    _kept.pop(next(iter(_kept)))
                _kept[key] = made
    return _kept[key]


def _assembly(content: Content, blueprint: FormBlueprint, levels: tuple[int, ...]) -> Assembly:
    bank, mastery = content.bank, content.rubrics.mastery
    try:
        made = assemble(blueprint, levels, bank, content.passages, mastery)
    except ProblemsFound as found:
        return Assembly(blueprint, levels, None, found.problems)
    facts = form_facts(blueprint, made, bank, mastery)
    return Assembly(blueprint, levels, made, (), papers_of(blueprint, made, facts, bank.items, content.passages))


def export_form(
    phonics: Phonics,
    actor: Actor,
    blueprint_id: str,
    level: int,
    letter: str = "",
    *,
    format: ExportFormat,
    language: str,
) -> bytes:
    """One form, or all of the set: sheets for pupils and teacher as PDF, or the items as CSV or Excel. SEE_BANK.

    `NotFound` "forms.unknown" or "forms.no_letter"; `ProblemsFound` "forms.too_thin" with what the bank lacks.
    """
    assembly = assemble_forms(phonics, actor, blueprint_id, (level,))[0]
    papers = _chosen(assembly, letter)
    document = _document(phonics, papers, format, language)
    with phonics.store.write() as connection:
        for paper in papers:
            remember_form(phonics, connection, plan_of(phonics, paper))
        told = {"format": format.value, "level": level, "form": letter}
        audit.record(connection, phonics.now(), actor.account_id, "export.form", assembly.blueprint.id, **told)
    return document


def _document(phonics: Phonics, papers: tuple[FormPaper, ...], format: ExportFormat, language: str) -> bytes:
    if format is not ExportFormat.PDF:
        report = form_table(papers, today(phonics), language)
        return to_excel(report) if format is ExportFormat.EXCEL else to_csv(report)
    rubrics, blueprint = phonics.content.rubrics, papers[0].blueprint
    rules = rule_sentences(blueprint.rules, rubrics, blueprint.seconds, language)
    if any(paper.passages for paper in papers):
        named = dict(zip(blueprint.rules, rules, strict=True))
        return _passages(phonics, papers, named, language)
    return form_pdf(papers, rules, rubrics.mastery, today(phonics), language)


def _passages(phonics: Phonics, papers: tuple[FormPaper, ...], rules: Mapping[str, str], language: str) -> bytes:
    """Printed as the room of passages prints them, with the form's name in the foot."""
    _ = translator(language)
    levels = papers[0].made.levels
    alike = tuple(p for p in phonics.content.passages if p.level in levels and p.status is ItemStatus.ACTIVE)
    sheets = [
        PassageSheets(p, alike, rules, short_identity(_, paper), paper) for paper in papers for p in paper.passages
    ]
    return passage_pdf(sheets, papers[0].made.bank_version, today(phonics), language)
