"""What the item bank covers, as figures and as documents."""

from __future__ import annotations

from phonics_app.domain.account import Actor
from phonics_app.records import audit
from phonics_app.reports.bank_report import BankFigures, bank_report
from phonics_app.reports.bank_report import bank_figures as make_figures
from phonics_app.reports.tables import to_csv
from phonics_app.reports.workbook import to_excel
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.item_bank import ItemSearch, count_asked, search_items
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today

__all__ = ["BankFigures", "bank_figures", "export_bank_report"]


def bank_figures(phonics: Phonics, actor: Actor) -> BankFigures:
    """Items by level, strand and state; every correspondence by task; exposure. SEE_BANK."""
    require(actor, Action.SEE_BANK)
    entries = search_items(phonics, actor, ItemSearch())
    proposed = [entry.proposal.item for entry in entries if entry.proposal]
    return make_figures(phonics.content.bank, proposed, count_asked(phonics, actor))


def export_bank_report(phonics: Phonics, actor: Actor, *, format: ExportFormat, language: str) -> bytes:
    """The same as Excel (a sheet for each table) or CSV (one long table). SEE_BANK."""
    report = bank_report(bank_figures(phonics, actor), language, today(phonics))
    with phonics.store.write() as connection:
        told = {"format": format.value}
        audit.record(connection, phonics.now(), actor.account_id, "export.bank_report", "", **told)
    return to_excel(report) if format is ExportFormat.EXCEL else to_csv(report)
