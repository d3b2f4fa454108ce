"""What is held on a pupil as titles and rows in the reader's words: the same on paper and in tables to be opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.pupil_data import HeldAct, HeldTable, HeldTest, PupilData
from phonics_app.locales import translator
from phonics_app.reports.audit_wording import EntryWords
from phonics_app.reports.event_wording import event_rows
from phonics_app.reports.labels import moment_label
from phonics_app.reports.pupil_data_wording import COLUMNS, column_title, value_text


@dataclass(frozen=True, slots=True)
class Readable:
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def readable_folder(language: str) -> str:
    """Where the tables in words of this language lie in the copy."""
    return f"tables-{language}"


def readable_table(data: PupilData, table: HeldTable, language: str) -> Readable:
    """The columns that have names; a table that nobody has put into words yet is shown as it is."""
    places = [n for n, column in enumerate(table.columns) if column in COLUMNS] or range(len(table.columns))
    rows = (
        tuple(value_text(data, table.name, table.columns[n], row[n], language) for n in places) for row in table.rows
    )
    return Readable(tuple(column_title(table.columns[n], language) for n in places), tuple(rows))


def readable_events(test: HeldTest, language: str) -> Readable:
    """Touch by touch."""
    _ = translator(language)
    titles = (_("No."), _("Time"), _("What happened"), _("Question"), _("Details"))
    return Readable(titles, tuple(event_rows(_, test.plan, test.events, language)))


def readable_tests(tests: Iterable[HeldTest], language: str) -> Readable:
    """The touches of all tests, each row with the moment at which its test began."""
    begun = translator(language)("Test begun")
    told = [(moment_label(test.begun_at, language), readable_events(test, language)) for test in tests]
    titles = told[0][1].titles if told else ()
    return Readable((begun, *titles), tuple((moment, *row) for moment, shown in told for row in shown.rows))


def readable_acts(data: PupilData, acts: Sequence[HeldAct], language: str) -> Readable:
    """Who saw or changed something."""
    _ = translator(language)
    rows = ((moment_label(act.at, language), _sentence(data, act, language)) for act in acts)
    return Readable((_("When"), _("What")), tuple(rows))


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
