"""The record of use: read in sentences, taken out as a file, checked from end to end."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from phonics_app.domain.account import RESCUER_ID, SYSTEM, Actor
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.locales import N_, Translate, translator
from phonics_app.records import audit, audit_chain, audit_names
from phonics_app.records.audit import EVERYTHING, AuditEntry, AuditFilter
from phonics_app.records.audit_chain import ChainFault, Verification
from phonics_app.records.audit_names import AuditNames
from phonics_app.reports.audit_wording import EntryWords
from phonics_app.reports.labels import NONE, class_label
from phonics_app.reports.tables import Column, Kind, Report, Table, to_csv
from phonics_app.workflows.audit_sentences import OTHER, SENTENCES
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today

__all__ = ["EVERYTHING", "AuditEntry", "AuditFilter", "AuditPage", "ChainFault", "ToldEntry", "Verification"]

FORMATS = (ExportFormat.CSV, ExportFormat.EXCEL)
PER_PAGE = 50
_HASH = re.compile("[0-9a-f]{64}")
WITHOUT_ACCOUNT = {
    SYSTEM.account_id: N_("the command line"),
    RESCUER_ID: N_("whoever had the code of the data folder"),
}
"""Whose acts stand in the record without an account."""


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """An entry with what it says in the reader's language. No pupil's name is in it."""

    entry: AuditEntry
    who: str
    subject: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Newest first. `older`: what `AuditFilter.below` of the next page is, None on the last one."""

    entries: tuple[ToldEntry, ...]
    older: int | None
    head_key: int
    head: str


def audit_page(
    phonics: Phonics, actor: Actor, wanted: AuditFilter = EVERYTHING, *, language: str, limit: int = PER_PAGE
) -> AuditPage:
    """One page of the entries wanted. `wanted.subject` may be a pupil's number too. SEE_AUDIT."""
    require(actor, Action.SEE_AUDIT)
    with phonics.store.read() as connection:
        found = audit.entries(connection, limit + 1, _with_pupils(connection, wanted))
        names = audit_names.accounts_and_schools(connection)
        audit_names.add_pupils(connection, names, (entry.subject for entry in found))
        ends = audit_chain.ends(connection)
    shown = found[:limit]
    told = tuple(_told(entry, names, language) for entry in shown)
    return AuditPage(told, shown[-1].key if len(found) > limit else None, ends.key, ends.hash)


def audit_people(phonics: Phonics, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Id and name of every account that can stand in an entry, by name. SEE_AUDIT."""
    require(actor, Action.SEE_AUDIT)
    with phonics.store.read() as connection:
        names = audit_names.accounts_and_schools(connection).accounts
    return tuple(sorted(names.items(), key=lambda one: (one[1], one[0])))


def verify_audit(phonics: Phonics, actor: Actor, noted: str = "") -> Verification:
    """Reads the whole chain. `noted`: a fingerprint from before, which has to be in it. SEE_AUDIT."""
    require(actor, Action.SEE_AUDIT)
    noted = noted.strip().lower()
    if noted and not _HASH.fullmatch(noted):
        raise ProblemsFound([Problem("audit.no_hash", Place(column="head"), noted[:100])])
    with phonics.store.read() as connection:
        return audit_chain.verify(connection, noted)


def export_audit(
    phonics: Phonics, actor: Actor, wanted: AuditFilter = EVERYTHING, *, format: ExportFormat, language: str
) -> bytes:
    """All entries wanted, newest first, as CSV or Excel, with what is needed to check the chain. SEE_AUDIT."""
    require(actor, Action.SEE_AUDIT)
    with phonics.store.read() as connection:
        found = audit.entries(connection, None, _with_pupils(connection, wanted))
        names = audit_names.accounts_and_schools(connection)
        audit_names.add_pupils(connection, names, (entry.subject for entry in found))
        ends = audit_chain.ends(connection)
    _ = translator(language)
    facts = ((_("Newest entry"), str(ends.key)), (_("Its fingerprint"), ends.hash))
    table = Table(_("Record of use"), _columns(_), tuple(_cells(_told(e, names, language)) for e in found))
    report = Report(_("Record of use"), language, today(phonics), facts, (table,))
    document = _written(report, format)
    with phonics.store.write() as connection:
        told = {"format": format.value, "rows": len(found)}
        audit.record(connection, phonics.now(), actor.account_id, "export.audit", "", **told)
    return document


def _written(report: Report, format: ExportFormat) -> bytes:
    if format is not ExportFormat.EXCEL:
        return to_csv(report)
    # Imported when needed: it is slow to import and seldom wanted.
    from phonics_app.reports.workbook import to_excel

    return to_excel(report)


def _columns(_: Translate) -> tuple[Column, ...]:
    titles = (_("Person"), _("What happened"), _("Code"), _("About"), _("Details"), _("Fingerprint"))
    return (Column(_("Entry"), Kind.COUNT), Column(_("When")), *map(Column, titles))


def _cells(told: ToldEntry) -> tuple[str | int, ...]:
    entry = told.entry
    details = json.dumps(entry.data, ensure_ascii=False, sort_keys=True) if entry.data else ""
    moment = entry.at.isoformat(timespec="microseconds")
    return entry.key, moment, told.who, told.sentence, entry.action, entry.subject, details, entry.hash


def _with_pupils(connection: Connection, wanted: AuditFilter) -> AuditFilter:
    """A pupil is meant by his number as well as by his id, and his tests with him."""
    return replace(wanted, also=audit_names.ids_of_pupil(connection, wanted.subject)) if wanted.subject else wanted


def _told(entry: AuditEntry, names: AuditNames, language: str) -> ToldEntry:
    _ = translator(language)
    nobody = WITHOUT_ACCOUNT.get(entry.account_id)
    who = _(nobody) if nobody else names.accounts.get(entry.account_id, entry.account_id)
    subject = subject_words(entry.subject, names, language)
    if not subject and entry.action in _OF_ALL_SCHOOLS:
        subject = _(_OF_ALL_SCHOOLS[entry.action])
    words = EntryWords(_, entry.data, language, who=who, subject=subject or NONE, action=entry.action)
    return ToldEntry(entry, who, subject, _(SENTENCES.get(entry.action, OTHER)).format_map(words))


_MUNICIPAL = N_("all municipal schools")
_OF_ALL_SCHOOLS = {
    **dict.fromkeys(("seen.dashboard", "seen.trace", "export.dashboard", "export.onet"), _MUNICIPAL),
    "export.oneroster": N_("all schools"),
}
"""Code → what it was about where no single school is named."""


def subject_words(subject: str, names: AuditNames, language: str) -> str:
    """An account or a school by its name, a pupil by number and school, anything else by its id."""
    _ = translator(language)
    base, _colon, part = subject.partition(":")
    if base in names.schools:
        school = names.schools[base].in_language(language)
        return _("{class_name}, {school}").format(class_name=_class(part, language), school=school) if part else school
    if subject in names.pupils:
        number, school_id = names.pupils[subject]
        known = names.schools.get(school_id)
        return _("pupil no. {number}, {school}").format(
            number=number, school=known.in_language(language) if known else ""
        )
    if subject == SYSTEM.account_id:
        return _("the command line")
    return names.accounts.get(subject, subject)


def _class(part: str, language: str) -> str:
    grade, _dash, room = part.partition("-")
    try:
        return class_label(Grade(grade), room, language)
    except ValueError:
        return part
