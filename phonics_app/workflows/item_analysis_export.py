"""The item analysis of a site as a file."""

from __future__ import annotations

from collections.abc import Mapping

from phonics_app.domain.account import Actor
from phonics_app.locales import Translate, translator
from phonics_app.records import audit
from phonics_app.reports.item_analysis_report import DifferenceRow, ItemRow, LevelRow, item_analysis_report
from phonics_app.reports.item_analysis_wording import finding_text, group_name
from phonics_app.reports.labels import moment_label, school_names
from phonics_app.reports.tables import to_csv
from phonics_app.reports.workbook import to_excel
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.item_bank import word_asked
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today
from phonics_app.workflows.schools import list_schools
from phonics_app.workflows.site_item_analysis import AnalysedItem, Difference, SiteAnalysis

FORMATS = (ExportFormat.EXCEL, ExportFormat.CSV)


def export_item_analysis(
    phonics: Phonics, actor: Actor, found: SiteAnalysis, *, format: ExportFormat, language: str
) -> bytes:
    """What `analyse_site_items` found, as Excel (a sheet for each table) or CSV (one long table). PROPOSE_ITEMS."""
    require(actor, Action.PROPOSE_ITEMS)
    _ = translator(language)
    facts = (
        (_("Analysed on"), moment_label(found.made_at, language)),
        (_("Tests"), f"{found.tests:,}"),
        (_("Pupils"), f"{found.pupils:,}"),
        (_("Answers"), f"{found.answers:,}"),
    )
    items = [_item_row(_, one, found.least_answers) for one in found.items]
    levels = [LevelRow(one.group, one.persons, one.value, one.error) for one in found.reliability]
    names = school_names(list_schools(phonics, actor), language)
    differences = [_difference_row(_, one, names, language) for one in found.differences]
    tables = (items, differences, levels)
    report = item_analysis_report(facts, tables, language, today(phonics), found.simulated)
    with phonics.store.write() as connection:
        told = {"format": format.value, "tests": found.tests}
        audit.record(connection, phonics.now(), actor.account_id, "export.item_analysis", "", **told)
    return to_excel(report) if format is ExportFormat.EXCEL else to_csv(report)


def _item_row(_: Translate, one: AnalysedItem, least: int) -> ItemRow:
    told = one.told
    findings = tuple(finding_text(_, f.flag.value, f.value, f.option, least) for f in told.findings)
    figures = (
        told.difficulty,
        told.difficulty_error,
        told.slope,
        told.point_biserial,
        told.infit,
        told.outfit,
    )
    seconds, word = told.median_seconds, word_asked(one.item)
    return ItemRow(one.item, word, findings, told.n, one.share_of_tests, told.share_right, seconds, figures)


def _difference_row(_: Translate, one: Difference, schools: Mapping[str, str], language: str) -> DifferenceRow:
    shift, group = one.shift, group_name(_, one.trait.value, one.group, schools, language)
    return DifferenceRow(
        one.trait.value,
        group,
        one.strand,
        one.level,
        one.item,
        shift.effect,
        shift.standard_error,
        shift.pupils,
        shift.verdict.value,
    )
