"""The items of forms as a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from phonics_app.locales import Translate, translator
from phonics_app.locales.item_labels import TASKS
from phonics_app.reports.form_paper import FormPaper, key_of, seen
from phonics_app.reports.form_wording import alike_text, levels_label
from phonics_app.reports.tables import Cell, Column, Kind, Report, Table


def form_table(papers: Sequence[FormPaper], made_on: date, language: str) -> Report:
    """A row for each item of each form, in the order in which they are given; passages with their text."""
    _ = translator(language)
    first = papers[0]
    facts = (
        (_("Kind of form"), f"{first.blueprint.id}, {_('version {n}').format(n=first.blueprint.version)}"),
        (_("Level"), levels_label(_, first.made.levels)),
        (_("Code of the form"), ", ".join(f"{paper.form.letter} {paper.form.code}" for paper in papers)),
        (_("Version of the item bank"), first.made.bank_version),
        (_("How alike the forms are"), alike_text(_, first.made)),
    )
    rows = tuple(row for paper in papers for row in _rows(_, paper))
    table = Table(_("Items"), _columns(_), rows)
    return Report(first.blueprint.name.in_language(language), language, made_on, facts, (table,))


def _columns(_: Translate) -> tuple[Column, ...]:
    titles = (
        *(_("Item"), _("Task"), _("What the pupil sees"), _("What the teacher says, in Thai")),
        *(_("What the teacher says, in English"), _("Right answer"), _("Further right answers")),
    )
    return (Column(_("Form")), Column(_("No."), Kind.COUNT), *(Column(title) for title in titles))


def _rows(_: Translate, paper: FormPaper) -> Iterator[tuple[Cell, ...]]:
    for number, item in enumerate(paper.items, start=1):
        said = (" · ".join(seen(item)), item.prompt.th, item.prompt.en)
        answers = (key_of(item) or item.key, " · ".join(item.accepted))
        yield (paper.form.letter, number, item.id, _(TASKS[item.task]), *said, *answers)
    for passage in paper.passages:
        yield (
            paper.form.letter,
            1,
            passage.id,
            _("Reading a text"),
            passage.text.strip(),
            passage.title.th,
            passage.title.en,
            "",
            "",
        )
