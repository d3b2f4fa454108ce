"""The class list: levels, last tests and what is due, for printing and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from phonics_app.domain.calendar import Round
from phonics_app.domain.text import Text
from phonics_app.locales import translator
from phonics_app.progress.class_page import ClassPage, ClassRow
from phonics_app.reports.labels import class_label, due_label, iso_date, n_label, round_label, short_date
from phonics_app.reports.tables import Cell, Column, Kind, Report, Table


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
    """`round_` is the round of today, which "what is due" refers to. On paper dates are Thai, in files ISO."""
    _ = translator(language)
    columns = (
        Column(_("Class")),
        Column(_("Number")),
        Column(_("Name"), width="3fr"),
        Column(_("Level"), Kind.COUNT),
        Column(_("Name of the level"), width="3fr"),
        Column(_("Proposed by the last test"), Kind.COUNT, "1.9cm"),
        Column(_("Last test")),
        Column(_("What is due")),
    )
    rows = tuple(_row(row, level_names, language, for_print) for row in page.rows)
    facts = (
        (_("School"), school),
        (_("Academic year"), str(page.year)),
        (_("Class shown"), _class_shown(page, language)),
        (_("Round of today"), round_label(_, round_)),
        (_("Pupils"), n_label(_, len(rows))),
    )
    title = _("Class list: levels and tests")
    return Report(title, language, made_on, facts, (Table(title, columns, rows),), page.simulated)


def _class_shown(page: ClassPage, language: str) -> str:
    _ = translator(language)
    if page.grade is None:
        return _("All classes")
    return class_label(page.grade, page.room or "", language)


def _row(row: ClassRow, level_names: Mapping[int, Text], language: str, for_print: bool) -> tuple[Cell, ...]:
    pupil = row.pupil
    name = None if row.level is None else level_names.get(row.level)
    tested = None
    if row.last_test is not None:
        tested = short_date(row.last_test) if for_print else iso_date(row.last_test)
    return (
        class_label(pupil.grade, pupil.room, language),
        pupil.number,
        pupil.name,
        row.level,
        None if name is None else name.in_language(language),
        row.proposed_level,
        tested,
        due_label(translator(language), row.due),
    )
