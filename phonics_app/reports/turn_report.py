"""The year turn of a school on paper and as a table: who goes where."""

from __future__ import annotations

from datetime import date

from phonics_app.domain.year_turn import Outcome, TurnPreview
from phonics_app.locales import N_, Translate, translator
from phonics_app.reports.labels import class_label, n_label
from phonics_app.reports.tables import Column, Report, Table

OUTCOMES = {
    Outcome.PROMOTED: N_("Goes up"),
    Outcome.REPEATS: N_("Repeats the year"),
    Outcome.LEAVES: N_("Leaves the school"),
    Outcome.ENROLLED: N_("In a class of the new year already"),
}


def outcome_label(_: Translate, outcome: Outcome) -> str:
    return _(OUTCOMES[outcome])


def turn_report(shown: TurnPreview, school: str, made_on: date, language: str) -> Report:
    _ = translator(language)
    columns = (
        Column(_("Class")),
        Column(_("Number")),
        Column(_("Name"), width="1fr"),
        Column(_("What happens")),
        Column(_("New class")),
    )
    rows = tuple(
        (
            class_label(row.pupil.grade, row.pupil.room, language),
            row.pupil.number,
            row.pupil.name,
            outcome_label(_, row.outcome),
            class_label(*row.to, language) if row.to else None,
        )
        for row in shown.rows
    )
    counts = shown.counts
    facts = (
        (_("School"), school),
        (_("Academic year"), f"{shown.to_year - 1} → {shown.to_year}"),
        *((_(text), n_label(_, counts[outcome])) for outcome, text in OUTCOMES.items()),
    )
    title = _("Year turn")
    return Report(title, language, made_on, facts, (Table(title, columns, rows),))
