"""The teacher's sheet of a fixed form: what to say, the key, boxes to mark, and how to count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from phonics_app.domain.bank import Item
from phonics_app.domain.strand import READING_TASKS
from phonics_app.locales import N_, Translate, translator
from phonics_app.locales.item_labels import TASKS
from phonics_app.reports import typesetting as ts
from phonics_app.reports.form_mark import SheetKind, form_mark
from phonics_app.reports.form_paper import FormPaper, Section, key_of
from phonics_app.reports.form_wording import form_name, instruction, pass_text
from phonics_app.reports.pictures import picture

RECORD_ROWS = 40
"""Pupils on the record of a class."""
_TICK = ts.Markup("#tick;")
_MOST_BOXES = 4
_MARK_RECORD = N_("Under each number: × wrong, empty right.")
_CHOICE_RECORD = N_(
    "Under each number: of what pupils chose the number of the option, counted from the left, 0 for none; "
    "of what they wrote × wrong, empty right."
)


@dataclass(frozen=True, slots=True)
class TeacherSheet:
    """One to one: a sheet for each pupil. For a class: what to say with the key, and a record of all pupils."""

    paper: FormPaper
    rules: Sequence[str]
    mastery: float
    language: str
    pupils: bool
    """Whether there is a pupil's sheet."""

    @property
    def _(self) -> Translate:
        return translator(self.language)

    @property
    def for_a_class(self) -> bool:
        return self.paper.blueprint.kind.for_a_class

    @property
    def _chosen(self) -> bool:
        return any(item.options for item in self.paper.items)

    def pages(self, foot: Sequence[str]) -> Iterator[ts.Markup]:
        of_class = [(SheetKind.CLASS, self._record())] if self.for_a_class else []
        for kind, blocks in [(SheetKind.TEACHER, self._blocks()), *of_class]:
            sheet = ts.call("fitted", ts.content(ts.Markup("\n".join(blocks))))
            yield ts.call("teacher-page", *foot, ts.content(sheet), f"mark: {form_mark(self.paper, kind)}")

    def _blocks(self) -> Iterator[ts.Markup]:
        yield ts.heading(form_name(self._, self.paper, self.language))
        if not self.for_a_class:
            yield self._fields((self._("Name"), self._("Class"), self._("Date"), self._("Tester")))
        yield ts.call("small-list", *(ts.content(sentence) for sentence in self._notes()))
        told = ""
        for section in self.paper.sections:
            yield from self._section(section, told)
            told = instruction(self._, section.task)
        if not self.for_a_class:
            yield ts.together(self._totals())

    def _fields(self, names: Sequence[str]) -> ts.Markup:
        cells = [ts.call("fill-in", ts.content(f"{name}:")) for name in names]
        return ts.columns(cells, ["2fr", *["1fr"] * (len(names) - 1)], "4mm")

    def _notes(self) -> Iterator[str]:
        _ = self._
        if not self.pupils:
            yield _("All of this form is by ear: there is no sheet for the pupil.")
        if self.for_a_class:
            yield _("Each pupil has a sheet and writes on it. Mark the sheets by the key; count on the record behind.")
        else:
            yield _(
                "In the box: × wrong, S corrected by the pupil, empty right. Or fill in the bubbles of the grid behind."
            )
        yield from self.rules
        if not self.paper.timed and self.paper.blueprint.seconds:
            minutes = round(self.paper.blueprint.seconds / 60)
            yield _("It takes about {n} minutes; nobody is hurried.").format(n=minutes)
        missing = {
            o.name for i in self.paper.items for o in i.options if not o.value.isascii() and not picture(o.value)
        }
        if missing:
            told = _("These pictures can't be printed, draw them into the empty frames: {names}")
            yield told.format(names=", ".join(sorted(missing)))

    # ---- what is said and marked -----------------------------------------------------------------------------------

    def _section(self, section: Section, told: str) -> Iterator[ts.Markup]:
        """`told`: the instruction of the section before, which is not told twice."""
        numbers = f"{section.first}–{section.last}" if section.last > section.first else str(section.first)
        yield ts.heading(ts.joined((self._(TASKS[section.task]), ts.muted(numbers)), "  "), 2)
        if (what := instruction(self._, section.task)) != told:
            yield ts.call("block", "sticky: true", ts.content(what))
        yield self._grid(section) if section.task in READING_TASKS else self._table(section)

    def _grid(self, section: Section) -> ts.Markup:
        """As on the pupil's sheet, row by row."""
        columns, cells = self.paper.blueprint.line_length, []
        for number, item in enumerate(section.items, start=section.first):
            answers = " ".join(filter(None, (key_of(item), *item.accepted)))
            cells.append(
                ts.content(ts.call("mark-cell", ts.content(ts.stimulus(item.stimulus, "12pt")), ts.content(answers)))
            )
            if (number - section.first + 1) % columns == 0:
                cells.append(ts.content(ts.muted(str(number))))
        return ts.call("mark-grid", str(columns), *cells)

    def _table(self, section: Section) -> ts.Markup:
        _ = self._
        columns = [
            ts.Column(_("No."), "auto", "right"),
            ts.Column(_("Say"), "2.2fr"),
            ts.Column(_("Right answer"), "1fr"),
        ]
        rows = [self._row(number, item) for number, item in enumerate(section.items, start=section.first)]
        if self.for_a_class:
            return ts.table(columns, rows, size="9pt")
        return ts.table([*columns, ts.Column("", "auto", "center")], [[*row, _TICK] for row in rows], size="9pt")

    def _row(self, number: int, item: Item) -> list[str]:
        accepted = ts.muted(self._("also: {answers}").format(answers=", ".join(item.accepted))) if item.accepted else ""
        answer = ts.joined((ts.bold(key_of(item)), accepted)) if accepted else ts.bold(key_of(item))
        return [str(number), item.prompt.in_language(self.language), answer]

    # ---- counting --------------------------------------------------------------------------------------------------

    def _totals(self) -> Iterator[ts.Markup]:
        _ = self._
        yield ts.heading(_("Counting"), 2)
        if self.paper.timed:
            yield self._boxes(
                [_("Number of the last item read"), _("Wrong"), _("Self-corrected (right)"), _("Seconds left")]
            )
            for formula in (_("Right = last item − wrong"), _("Right per minute = right × 60 ÷ (60 − seconds left)")):
                yield ts.paragraph(ts.call("fill-in", ts.content(f"{formula} =")))
            yield ts.note(
                _("There is no score to pass: compare it with earlier probes of the same pupil at this level.")
            )
            return
        yield from self._counted()

    def _counted(self) -> Iterator[ts.Markup]:
        told = self._("{task}: right of {n}")
        boxes = [told.format(task=self._(TASKS[s.task]), n=len(s.items)) for s in self.paper.sections]
        boxes.append(self._("All right of {n}").format(n=len(self.paper.items)))
        for start in range(0, len(boxes), _MOST_BOXES):
            yield self._boxes(boxes[start : start + _MOST_BOXES])
        if passing := pass_text(self._, self.paper, self.mastery):
            yield ts.note(passing)

    def _boxes(self, names: Sequence[str]) -> ts.Markup:
        boxes = [ts.call("number-box", ts.content(name)) for name in names]
        return ts.columns(boxes, ["1fr"] * len(boxes), "3mm")

    def _record(self) -> Iterator[ts.Markup]:
        _ = self._
        yield ts.heading(_("Record of the class"))
        yield self._fields((_("School"), _("Class"), _("Date"), _("Tester")))
        yield ts.paragraph(_(_CHOICE_RECORD if self._chosen else _MARK_RECORD))
        total = _("Right of {n}").format(n=len(self.paper.items))
        yield ts.call(
            "class-record", str(RECORD_ROWS), str(len(self.paper.items)), ts.content(_("Name")), ts.content(total)
        )
        if passing := pass_text(_, self.paper, self.mastery):
            yield ts.note(passing)
