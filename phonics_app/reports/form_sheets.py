"""A fixed form on paper: a sheet that pupils read or choose from, and one for the teacher to say, mark and count by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from phonics_app.domain.bank import Option
from phonics_app.domain.strand import CHOICE_TASKS, READING_TASKS, Task
from phonics_app.locales import translator
from phonics_app.locales.item_labels import TASKS
from phonics_app.reports import typesetting as ts
from phonics_app.reports.form_bubbles import BubbleSheet
from phonics_app.reports.form_mark import SheetKind, form_mark
from phonics_app.reports.form_marks import TeacherSheet
from phonics_app.reports.form_paper import FormPaper, Section
from phonics_app.reports.form_wording import form_name, identity, levels_label
from phonics_app.reports.pictures import CREDIT, picture

LARGEST = "30pt"
"""Letters of the pupil's sheet; smaller where a row would not fit."""
_OPTION = "18pt"


def form_pdf(papers: Sequence[FormPaper], rules: Sequence[str], mastery: float, made_on: date, language: str) -> bytes:
    """For each form the pupil's sheet (where there is something to see), then the teacher's. A4.

    `rules`: of giving and counting, as sentences in `language`.
    """
    _ = translator(language)
    first = papers[0]
    name = first.blueprint.name.in_language(language)
    page = ts.Page(name, language, made_on, levels_label(_, first.made.levels))
    blocks = (block for paper in papers for block in _form(paper, papers, rules, mastery, made_on, language))
    return ts.pdf(blocks, page)


def _form(
    paper: FormPaper,
    papers: Sequence[FormPaper],
    rules: Sequence[str],
    mastery: float,
    made_on: date,
    language: str,
) -> Iterator[ts.Markup]:
    _ = translator(language)
    foot = (
        ts.content(ts.long_date(made_on, language)),
        ts.content(identity(_, paper)),
        ts.escape(_("Page {n} of {m}")),
    )
    pupils = [*_PupilSheet(paper, papers, language).blocks()]
    if pupils:
        sheet = ts.call("fitted", ts.content(ts.Markup("\n".join(pupils))))
        corners = paper.blueprint.kind.for_a_class
        yield ts.call(
            "pupil-page", *foot, ts.content(sheet), f"mark: {form_mark(paper, SheetKind.PUPIL, corners=corners)}"
        )
    yield from TeacherSheet(paper, rules, mastery, language, pupils=bool(pupils)).pages(foot)
    if not paper.blueprint.kind.for_a_class:
        yield from BubbleSheet(paper, language).pages(foot)


@dataclass(frozen=True, slots=True)
class _PupilSheet:
    """What pupils see: nothing but what they read, choose from or write on."""

    paper: FormPaper
    papers: Sequence[FormPaper]
    language: str

    def blocks(self) -> Iterator[ts.Markup]:
        shown = [section for section in self.paper.sections if _shown(section.task)]
        if not shown:
            return
        yield from self._head(shown)
        for section in shown:
            yield ts.call("section-name", ts.content(translator(self.language)(TASKS[section.task])))
            yield from self._section(section)
        if any(section.task is Task.CHOOSE_PICTURE for section in shown):
            yield ts.paragraph(ts.muted(translator(self.language)("Pictures: {credit}").format(credit=CREDIT)))

    def _head(self, shown: Sequence[Section]) -> Iterator[ts.Markup]:
        """Which form it is; room for a name where the sheet is written on."""
        _ = translator(self.language)
        yield ts.paragraph(ts.muted(form_name(_, self.paper, self.language)))
        if any(section.task not in READING_TASKS for section in shown):
            yield ts.columns([ts.call("fill-in", ts.content(f"{n}:")) for n in (_("Name"), _("Class"), _("No."))],
                             ["1fr", "3.4cm", "2.6cm"], "4mm")  # fmt: skip

    def _section(self, section: Section) -> Iterator[ts.Markup]:
        if section.task in READING_TASKS:
            yield self._grid(section)
            return
        for number, item in enumerate(section.items, start=section.first):
            body = ts.call("choices", *map(_option, item.options)) if item.options else ts.Markup("#writing-line;")
            yield ts.call("numbered", ts.content(str(number)), ts.content(body))

    def _grid(self, section: Section) -> ts.Markup:
        """Letters of one size on all forms, so that none is easier to read than another."""
        alike = {i.stimulus: None for paper in self.papers for i in paper.items if i.task is section.task}
        cells = (ts.escape(item.stimulus) for item in section.items)
        columns = str(self.paper.blueprint.line_length)
        return ts.call("pupil-grid", columns, LARGEST, ts.array(cells), ts.array(map(ts.escape, alike)))


def _shown(task: Task) -> bool:
    return task in READING_TASKS or task in CHOICE_TASKS or task is Task.SPELL_WORD


def _option(option: Option) -> str:
    if option.value.isascii():
        return ts.content(ts.stimulus(option.value, _OPTION))
    drawing = picture(option.value)
    if drawing is None:
        return ts.content(ts.Markup("#missing-picture;"))
    return ts.content(ts.call("picture", ts.escape(drawing), ts.escape(option.name)))
