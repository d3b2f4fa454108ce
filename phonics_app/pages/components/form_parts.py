"""Parts of the page of fixed forms: figures, the items of a form, how alike the forms are, what they cover."""

from __future__ import annotations

from markupsafe import Markup

from phonics_app.domain.bank import Item
from phonics_app.domain.passage import Passage
from phonics_app.domain.strand import CHOICE_TASKS, READING_TASKS
from phonics_app.locales.item_labels import TASKS
from phonics_app.locales.messages import render
from phonics_app.pages.components.dashboard_plots import show_plot
from phonics_app.pages.components.html import Cell, Column, link, link_row, note, show, stacked, stats, table, text
from phonics_app.pages.components.passage_parts import pupils_side
from phonics_app.pages.components.session import Session
from phonics_app.reports.form_figure import form_figure
from phonics_app.reports.form_paper import FormPaper, Section, key_of
from phonics_app.reports.form_wording import alike_text, coverage, instruction, pass_text

_OPTION = Markup('<span class="pn-word" lang="en">{}</span>')
_GRID = Markup('<div class="pn-form-grid" style="grid-template-columns: repeat({}, 1fr)">{}</div>')
_CELL = Markup('<div><span class="pn-letters" lang="en">{}</span><span class="pn-below">{}</span></div>')
UNLIKE = "forms.unlike"


def figures(session: Session, paper: FormPaper) -> None:
    _ = session.translate
    blueprint, made = paper.blueprint, paper.made
    minutes = blueprint.seconds / 60
    size = _("words, in the longest") if paper.passages else _("in each form")
    told = [
        (_("Forms"), str(len(made.forms)), ", ".join(form.letter for form in made.forms)),
        (_("Words") if paper.passages else _("Items"), f"{made.maximum:.0f}", size),
    ]
    if minutes:
        told.append((_("Time"), _("{n:g} min").format(n=minutes), _("at most") if paper.timed else _("about")))
    if paper.at_cut is not None:
        told.append((_("Passing"), f"≈ {round(paper.at_cut)} / {len(paper.items)}", _("an experts’ estimate")))
    stats(told)


def items(session: Session, paper: FormPaper) -> None:
    """Section by section, in the order in which they are given."""
    told = ""
    for part in paper.sections:
        _section(session, paper, part, told)
        told = instruction(session.translate, part.task)
    for passage in paper.passages:
        _passage(session, passage)


def _section(session: Session, paper: FormPaper, part: Section, told: str) -> None:
    """`told`: the instruction of the section before, which is not told twice."""
    _ = session.translate
    show(Markup('<h3 class="pn-part-title">{}</h3>').format(_(TASKS[part.task])))
    if (what := instruction(_, part.task)) != told:
        text(what)
    if part.task in READING_TASKS:
        cells = (
            _CELL.format(item.stimulus, " ".join(filter(None, (key_of(item), *item.accepted)))) for item in part.items
        )
        show(_GRID.format(paper.blueprint.line_length, Markup("").join(cells)))
        return
    sees = part.task in CHOICE_TASKS
    columns = [Column(_("No."), "number"), Column(_("The teacher says"), "wide")]
    columns += [Column(_("The pupil sees"))] * sees + [Column(_("Right answer"))]
    table(columns, [_row(session, n, item, sees) for n, item in enumerate(part.items, start=part.first)])


def _row(session: Session, number: int, item: Item, sees: bool) -> list[Cell]:
    seen: list[Cell] = [Markup("").join(_OPTION.format(option.value) for option in item.options)] if sees else []
    return [
        str(number),
        item.prompt.in_language(session.language),
        *seen,
        stacked(key_of(item), ", ".join(item.accepted)),
    ]


def _passage(session: Session, passage: Passage) -> None:
    show(Markup('<h3 class="pn-part-title">{}</h3>').format(passage.title.in_language(session.language)))
    pupils_side(session, passage)
    link_row(link(session.translate("Questions and notes"), f"/passages?passage={passage.id}", "secondary"))


def alike(session: Session, paper: FormPaper) -> None:
    """In words, then as a plot; what is amiss before both."""
    _ = session.translate
    for problem in paper.made.notes:
        if problem.code == UNLIKE:
            note(render(problem, session.language), "warn")
    text(alike_text(_, paper.made))
    if passing := pass_text(_, paper, session.phonics.content.rubrics.mastery):
        text(passing)
    if paper.facts.scores:
        show_plot(form_figure(paper, session.language), "forms_alike")


def covered(session: Session, paper: FormPaper) -> None:
    _ = session.translate
    found = coverage(paper.facts.new, len(paper.made.forms))
    columns = [Column(_("In the forms")), Column(_("How many"), "number"), Column(_("Which"), "wide")]
    table(columns, [[_(heading), str(len(names)), ", ".join(names)] for heading, names in found.items()])
