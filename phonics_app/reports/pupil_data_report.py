"""All that is held on a pupil, on paper: readable by parents, complete down to each touch of a test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from phonics_app.domain.calendar import thai_day
from phonics_app.domain.pupil_data import HeldTable, HeldTest, PupilData
from phonics_app.locales import translator
from phonics_app.reports import typesetting as ts
from phonics_app.reports.labels import moment_label
from phonics_app.reports.pupil_data_rows import readable_acts, readable_events, readable_folder, readable_table
from phonics_app.reports.pupil_data_wording import table_title

_MOST_COLUMNS = 9
MOST_EVENTS = 1_200
"""Printed: those of about twenty tests. Setting a page takes far more memory than what stands on it."""
MOST_ACTS = 500
_EVENT_COLUMNS = (("auto", "right"), ("auto",), ("1fr",), ("1fr",), ("1fr",))


def pupil_data_pdf(data: PupilData, language: str) -> bytes:
    """A4; as long as the record is."""
    _ = translator(language)
    title = _("All that is held on a pupil")
    blocks = [ts.heading(title), *_who(data, language), *_counts(data, language)]
    for table in data.tables:
        if table.rows and table.name != "event":
            blocks += _table(data, table, language)
    printed = _newest(data.tests)
    if left_out := len(data.tests) - len(printed):
        text = _("Touch by touch, {n} earlier tests stand in {file} only.")
        blocks.append(ts.note(text.format(n=left_out, file=f"{readable_folder(language)}/event.csv")))
    for test in printed:
        blocks += _test(test, language)
    blocks += _acts(data, language)
    page = ts.Page(title, language, thai_day(data.made_at), data.name, data.simulated)
    return ts.pdf(blocks, page)


def _who(data: PupilData, language: str) -> Iterator[ts.Markup]:
    _ = translator(language)
    facts = (
        (_("Name"), data.name),
        (_("Number"), data.number),
        (_("School"), data.school.in_language(language)),
        (_("Made on"), moment_label(data.made_at, language)),
    )
    for name, value in facts:
        yield ts.paragraph(ts.joined((ts.bold(f"{name}:"), value)))
    yield ts.note(
        _(
            "This is a copy of everything that this site holds on the pupil (Personal Data Protection Act B.E. 2562, "
            "sections 30 and 31). The same stands in the tables of the folder {folder}, to be opened in a spreadsheet, "
            "and in pupil.json and the folder tables, to be read by programs."
        ).format(folder=readable_folder(language))
    )
    yield ts.paragraph(
        _(
            "The data serve to find the level at which the pupil learns to read English. Whoever finds a mistake may "
            "ask the school to correct it; parents may ask for erasure (section 33)."
        )
    )


def _counts(data: PupilData, language: str) -> list[ts.Markup]:
    _ = translator(language)
    rows = [[table_title(t.name, language), f"{len(t.rows):,}"] for t in data.tables if t.rows]
    rows.append([_("Who saw or changed something"), f"{len(data.acts):,}"])
    columns = [ts.Column(_("Kind of data"), "1fr"), ts.Column(_("Entries"), "auto", "right")]
    return [ts.heading(_("What there is"), 2), ts.table(columns, rows)]


def _table(data: PupilData, table: HeldTable, language: str) -> list[ts.Markup]:
    shown = readable_table(data, table, language)
    columns = [ts.Column(title, "auto") for title in shown.titles[:_MOST_COLUMNS]]
    rows = [row[:_MOST_COLUMNS] for row in shown.rows]
    return [ts.heading(table_title(table.name, language), 2), ts.table(columns, rows, size="8.5pt")]


def _newest(tests: Sequence[HeldTest]) -> tuple[HeldTest, ...]:
    """As many of the newest as are printed, oldest first."""
    found: list[HeldTest] = []
    room = MOST_EVENTS
    for test in sorted(tests, key=lambda one: one.begun_at, reverse=True):
        room -= len(test.events)
        if room < 0:
            break
        found.append(test)
    return tuple(reversed(found))


def _test(test: HeldTest, language: str) -> list[ts.Markup]:
    _ = translator(language)
    title = _("Test begun on {moment}").format(moment=moment_label(test.begun_at, language))
    if not test.events:
        return [ts.heading(title, 2), ts.paragraph(_("Nothing was recorded."))]
    shown = readable_events(test, language)
    columns = [ts.Column(name, *_EVENT_COLUMNS[n]) for n, name in enumerate(shown.titles)]
    return [ts.heading(title, 2), ts.table(columns, shown.rows, size="8pt")]


def _acts(data: PupilData, language: str) -> list[ts.Markup]:
    _ = translator(language)
    heading = ts.heading(_("Who saw or changed something"), 2)
    if not data.acts:
        return [heading, ts.paragraph(_("No data yet"))]
    shown = readable_acts(data, data.acts[-MOST_ACTS:], language)
    columns = [ts.Column(title, width) for title, width in zip(shown.titles, ("auto", "1fr"), strict=True)]
    told = [ts.table(columns, shown.rows, size="8.5pt")]
    if left_out := len(data.acts) - len(shown.rows):
        text = _("{n} earlier entries stand in {file} only.")
        told.insert(0, ts.note(text.format(n=left_out, file=f"{readable_folder(language)}/audit.csv")))
    return [heading, *told]
