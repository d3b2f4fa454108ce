"""Documents made of what an actor may see: each checked, written into the audit, and returned as bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum

from phonics_app.domain.account import Actor
from phonics_app.domain.attempt import Attempt
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import NotFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.plan import Plan
from phonics_app.domain.school import School
from phonics_app.progress.dashboard import Filters
from phonics_app.records import attempts, audit, schools
from phonics_app.reports.class_report import class_report
from phonics_app.reports.dashboard_report import dashboard_report, network_report
from phonics_app.reports.figures import Look
from phonics_app.reports.labels import school_names
from phonics_app.reports.onet_report import onet_report
from phonics_app.reports.printed import to_pdf
from phonics_app.reports.result_report import ResultSheet, result_pdf
from phonics_app.reports.tables import Report, to_csv
from phonics_app.workflows import assess, roster
from phonics_app.workflows.classes import class_page
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.dashboards import dashboard, network_page
from phonics_app.workflows.form_figures import form_figures, tells_level
from phonics_app.workflows.levels import explain_result
from phonics_app.workflows.onet import onet_page
from phonics_app.workflows.rounds import current_round, today
from phonics_app.workflows.rubrics import teaching_steps


class ExportFormat(Enum):
    PDF = "pdf"
    CSV = "csv"
    EXCEL = "xlsx"


def export_class(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    year: int,
    grade: Grade | None = None,
    room: str | None = None,
    *,
    format: ExportFormat,
    language: str,
) -> bytes:
    """The class page: PDF (print view), CSV or Excel. SEE_PUPILS."""
    page = class_page(phonics, actor, school_id, year, grade, room)
    report = class_report(
        page,
        _school(phonics, school_id).name.in_language(language),
        {level.number: level.name for level in phonics.content.bank.levels},
        current_round(phonics),
        today(phonics),
        language,
        for_print=format is ExportFormat.PDF,
    )
    where = {"year": year, "grade": grade.value if grade else None, "room": room}
    return hand_out(phonics, actor, report, format, "class", school_id, where)


def export_result(phonics: Phonics, actor: Actor, attempt_id: str, *, language: str) -> bytes:
    """A pupil's result as PDF, for the file and the parents. SEE_PUPILS."""
    result = assess.compute_result(phonics, actor, attempt_id)
    attempt, plan = _attempt_and_plan(phonics, attempt_id)
    decisions = assess.placements_of(phonics, actor, attempt.pupil_id)
    placement = next((d for d in decisions if d.attempt_id == attempt_id), None)
    pupil = roster.get_pupil(phonics, actor, attempt.pupil_id)
    sheet = ResultSheet(
        pupil=pupil,
        school=_school(phonics, pupil.school_id).name.in_language(language),
        tested_at=attempt.created_at,
        result=result,
        plan=plan,
        explanation=explain_result(phonics, actor, attempt_id) if tells_level(plan) else None,
        placement=placement,
        steps=teaching_steps(phonics, actor, placement.level if placement else result.proposed_level),
        simulated=attempt.simulated,
        figures=form_figures(phonics, actor, attempt_id),
    )
    document = result_pdf(sheet, today(phonics), language)
    _note(phonics, actor, "result", attempt_id, {"format": ExportFormat.PDF.value})
    return document


def export_dashboard(phonics: Phonics, actor: Actor, filters: Filters, *, format: ExportFormat, language: str) -> bytes:
    """The dashboard under `filters`: PDF, CSV (one long table) or Excel (a sheet for each figure). SEE_DASHBOARD."""
    shown = dashboard(phonics, actor, filters)
    look = _look(phonics, language, shown.simulated)
    report = dashboard_report(shown, look, today(phonics), for_print=format is ExportFormat.PDF)
    where = {"round": shown.round.label if shown.round else None, "room": filters.room}
    return hand_out(phonics, actor, report, format, "dashboard", filters.school_id or "", where)


def export_network(
    phonics: Phonics, actor: Actor, round_: Round | None = None, *, format: ExportFormat, language: str
) -> bytes:
    """The network schools as suppressed aggregates. SEE_NETWORK."""
    shown = network_page(phonics, actor, round_)
    report = network_report(shown, _look(phonics, language, shown.simulated), today(phonics))
    return hand_out(phonics, actor, report, format, "network", "", {"round": shown.round and shown.round.label})


def export_onet(
    phonics: Phonics,
    actor: Actor,
    grade: Grade,
    school_id: str | None = None,
    *,
    format: ExportFormat,
    language: str,
) -> bytes:
    """The O-NET page: PDF, CSV (the results, in a form that can be imported again) or Excel. SEE_DASHBOARD."""
    page = onet_page(phonics, actor, grade, school_id)
    look = _look(phonics, language, page.simulated)
    report = onet_report(page, look, today(phonics), for_print=format is ExportFormat.PDF)
    if format is ExportFormat.CSV:
        report = replace(report, tables=report.tables[:1])
    return hand_out(phonics, actor, report, format, "onet", school_id or "", {"grade": grade.value})


def hand_out(
    phonics: Phonics,
    actor: Actor,
    report: Report,
    format: ExportFormat,
    kind: str,
    subject: str,
    where: Mapping[str, object],
) -> bytes:
    """A report that the actor may see, as a file; that he took it out stands in the audit."""
    document = _writer(format)(report)
    _note(phonics, actor, kind, subject, {"format": format.value, **where})
    return document


def _writer(format: ExportFormat) -> Callable[[Report], bytes]:
    if format is ExportFormat.EXCEL:
        # Imported when needed: it is slow to import and seldom wanted.
        from phonics_app.reports.workbook import to_excel

        return to_excel
    return to_pdf if format is ExportFormat.PDF else to_csv


def _note(phonics: Phonics, actor: Actor, kind: str, subject: str, data: Mapping[str, object]) -> None:
    """Who took which figures out of the product, and when."""
    with phonics.store.write() as connection:
        audit.record(connection, phonics.now(), actor.account_id, f"export.{kind}", subject, **data)


def _look(phonics: Phonics, language: str, simulated: bool) -> Look:
    with phonics.store.read() as connection:
        every = schools.list_schools(connection, include_archived=True)
    return Look(language, school_names(every, language), simulated)


def _school(phonics: Phonics, school_id: str) -> School:
    with phonics.store.read() as connection:
        found = schools.find_school(connection, school_id)
    if found is None:
        raise NotFound("school.unknown", {"id": school_id})
    return found


def _attempt_and_plan(phonics: Phonics, attempt_id: str) -> tuple[Attempt, Plan]:
    """Of an attempt that the actor has just been allowed to see."""
    with phonics.store.read() as connection:
        found = attempts.find_attempt(connection, attempt_id)
        if found is None:
            raise NotFound("attempt.unknown", {"id": attempt_id})
        return found[1], attempts.load_plan(connection, found[1].plan_hash)
