"""The class list: levels, last tests and what is due, for printing and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from phonics_app.domain.calendar import Round
from phonics_app.domain.text import Text
from phonics_app.locales import translator
from phonics_app.progress.class_page import ClassPage, ClassRow
from phonics_app.reports.labels import class_label, due_label, iso_date, n_label, round_label, short_date
from phonics_app.reports.tables import Cell, Column, Kind, Report, Table

CLASS, CLASS_NUMBER = "class", "class_number"
NAME_OF_LEVEL = "level_name"


def class_report(
    page: ClassPage,
    school: str,
    level_names: Mapping[int, Text],
    round_: Round,
    made_on: date,
    language: str,
    *,
    for_print: bool,
) -> Report:
    """`round_` is the round of today, which "what is due" refers to. Paper has Thai dates and fewer columns."""
    _ = translator(language)
    cells = [_cells(row, level_names, language, for_print) for row in page.rows]
    columns = _columns(language)
    if not any(row.pupil.class_number for row in page.rows):
        del columns[CLASS_NUMBER]
    if for_print:
        hidden = {NAME_OF_LEVEL, CLASS} if page.room is not None else {NAME_OF_LEVEL}
        columns = {key: column for key, column in columns.items() if key not in hidden}
    rows = tuple(tuple(row[key] for key in columns) for row in cells)
    facts = (
        (_("School"), school),
        (_("Academic year"), str(page.year)),
        (_("Class shown"), _class_shown(page, language)),
        (_("Round of today"), round_label(_, round_)),
        (_("Pupils"), n_label(_, len(rows))),
    )
    title = _("Class list: levels and tests")
    table = Table(title, tuple(columns.values()), rows)
    return Report(title, language, made_on, facts, (table,), page.simulated)


def _columns(language: str) -> dict[str, Column]:
    _ = translator(language)
    return {
        CLASS: Column(_("Class")),
        CLASS_NUMBER: Column(_("Class number"), Kind.COUNT),
        "number": Column(_("Number")),
        "name": Column(_("Name"), width="1fr"),
        "level": Column(_("Level"), Kind.COUNT),
        NAME_OF_LEVEL: Column(_("Name of the level"), width="1fr"),
        "proposed": Column(_("Level proposed"), Kind.COUNT),
        "last_test": Column(_("Last test")),
        "due": Column(_("What is due")),
    }


def _class_shown(page: ClassPage, language: str) -> str:
    _ = translator(language)
    if page.grade is None:
        return _("All classes")
    return class_label(page.grade, page.room or "", language)


def _cells(row: ClassRow, level_names: Mapping[int, Text], language: str, for_print: bool) -> dict[str, Cell]:
    pupil = row.pupil
    name = None if row.level is None else level_names.get(row.level)
    write = partial(short_date, language=language) if for_print else iso_date
    return {
        CLASS: class_label(pupil.grade, pupil.room, language),
        CLASS_NUMBER: pupil.class_number,
        "number": pupil.number,
        "name": pupil.name,
        "level": row.level,
        NAME_OF_LEVEL: None if name is None else name.in_language(language),
        "proposed": row.proposed_level,
        "last_test": None if row.last_test is None else write(row.last_test),
        "due": due_label(translator(language), row.due),
    }
