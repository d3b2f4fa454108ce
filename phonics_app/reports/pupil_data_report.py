"""All that is held on a pupil, on paper: readable by parents, complete down to each touch of a test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.calendar import thai_day
from phonics_app.domain.pupil_data import HeldAct, HeldTable, HeldTest, PupilData
from phonics_app.locales import translator
from phonics_app.reports import typesetting as ts
from phonics_app.reports.audit_wording import EntryWords
from phonics_app.reports.event_wording import event_rows
from phonics_app.reports.labels import moment_label
from phonics_app.reports.pupil_data_wording import COLUMNS, column_title, table_title, value_text

_MOST_COLUMNS = 9
MOST_EVENTS = 1_200
"""Printed: those of about twenty tests. Setting a page takes far more memory than what stands on it."""
MOST_ACTS = 500


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
        text = _("Touch by touch, {n} earlier tests stand in tables/event.csv and pupil.json only.")
        blocks.append(ts.note(text.format(n=left_out)))
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
            "sections 30 and 31). The same stands in pupil.json and in the tables beside it, to be read by programs."
        )
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
    places = [n for n, column in enumerate(table.columns) if column in COLUMNS][:_MOST_COLUMNS]
    # A table that nobody has put into words yet is shown as it is.
    places = places or list(range(min(len(table.columns), _MOST_COLUMNS)))
    columns = [ts.Column(column_title(table.columns[n], language), "auto") for n in places]
    rows = [[value_text(data, table.name, table.columns[n], row[n], language) for n in places] for row in table.rows]
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
    columns = [
        ts.Column(_("No."), "auto", "right"),
        ts.Column(_("Time"), "auto"),
        ts.Column(_("What happened"), "1fr"),
        ts.Column(_("Question"), "1fr"),
        ts.Column(_("Details"), "1fr"),
    ]
    rows = [list(row) for row in event_rows(_, test.plan, test.events, language)]
    return [ts.heading(title, 2), ts.table(columns, rows, size="8pt")]


def _acts(data: PupilData, language: str) -> list[ts.Markup]:
    _ = translator(language)
    heading = ts.heading(_("Who saw or changed something"), 2)
    if not data.acts:
        return [heading, ts.paragraph(_("No data yet"))]
    columns = [ts.Column(_("When"), "auto"), ts.Column(_("What"), "1fr")]
    printed = data.acts[-MOST_ACTS:]
    rows = [[moment_label(act.at, language), _sentence(data, act, language)] for act in printed]
    if left_out := len(data.acts) - len(printed):
        text = _("{n} earlier entries stand in tables/audit.csv and pupil.json only.").format(n=left_out)
        return [heading, ts.note(text), ts.table(columns, rows, size="8.5pt")]
    return [heading, ts.table(columns, rows, size="8.5pt")]


def _sentence(data: PupilData, act: HeldAct, language: str) -> str:
    _ = translator(language)
    at_the_machine = act.account_id == SYSTEM.account_id
    who = _("the command line") if at_the_machine else data.accounts.get(act.account_id, act.account_id)
    if act.action not in data.sentences:
        return f"{who}: {act.action}"
    school = data.schools.get(act.subject)
    subject = _("the pupil or a test") if school is None else school.in_language(language)
    words = EntryWords(_, act.data, language, who=who, subject=subject)
    return _(data.sentences[act.action]).format_map(words)
