"""Commands of the item bank that print its coverage, and carry items through spreadsheets."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.bank import add_search
from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_document, add_overwrite, language_of, table_format_of, write_document
from phonics_app.cli.output import Output, describe, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.codec import encode

if TYPE_CHECKING:
    from phonics_app.workflows.bank_reports import BankFigures

_TABLES = ("xlsx", "csv")


def add_commands(commands: Commands) -> None:
    """report-bank, export-bank-report, export-items, import-items."""
    _ = commands.translate
    commands.add("report-bank", report_bank, _("print what the item bank covers, and where its gaps are"))
    help = _("write what the item bank covers as a document")
    add_document(commands.add("export-bank-report", export_report, help, "--out coverage.xlsx"), _, _TABLES)
    parser = commands.add("export-items", export_items, _("write items as a table"), "--level 7 --out items.xlsx")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("file to write"))
    parser.add_argument("--format", choices=_TABLES, help=_("kind of document (default: by the file's name)"))
    add_overwrite(parser, _)
    add_search(parser, commands)
    parser.set_defaults(formats=_TABLES)
    parser = commands.add("import-items", import_items, _("propose the items of a table"), "items.xlsx --dry-run")
    parser.add_argument("file", type=Path, help=_(".xlsx or .csv with the headers that export-items writes"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would change"))


def report_bank(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.bank_reports import bank_figures

    figures = bank_figures(open_site(), SYSTEM)
    output.show(figures, [*_counts(figures), "", *_gaps(figures, output), "", *_exposure(figures, output)])
    return 0


def _counts(figures: BankFigures) -> list[str]:
    """Active items, a line for each level, a column for each strand."""
    strands = list(dict.fromkeys(count.strand for count in figures.counts))
    levels = sorted({count.level for count in figures.counts})
    numbers = {(count.level, count.strand): count.active for count in figures.counts}
    lines = ["  ".join(["level", *(strand.value for strand in strands), "all"])]
    for level in levels:
        row = [numbers.get((level, strand), 0) for strand in strands]
        widths = [len(strand.value) for strand in strands]
        cells = [f"{n or '–':>{width}}" for n, width in zip(row, widths, strict=True)]
        lines.append("  ".join([f"{level:>5}", *cells, f"{sum(row):>3}"]))
    return lines


def _gaps(figures: BankFigures, output: Output) -> list[str]:
    from phonics_app.reports.bank_report import gap_label, position_label

    _ = output.translate
    covered = sum(not c.gap for c in figures.coverage)
    told = _("Correspondences read in words: {n} of {total}").format(n=covered, total=len(figures.coverage))
    gaps = [c for c in figures.coverage if c.gap]
    lines = (f"  {c.level}  {c.grapheme} /{c.ipa}/ {position_label(_, c)}  {gap_label(_, c.gap)}" for c in gaps)
    return [told, *lines]


def _exposure(figures: BankFigures, output: Output) -> list[str]:
    line = output.translate("Level {level}: {never} of {active} items in use were never asked")
    return [line.format(level=e.level, never=e.never, active=e.active) for e in figures.exposure]


def export_report(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.bank_reports import export_bank_report

    format, language = table_format_of(options, output), language_of(options, output)
    return write_document(
        options, output, lambda: export_bank_report(open_site(), SYSTEM, format=format, language=language)
    )


def export_items(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import bank_sheets
    from phonics_app.workflows.item_bank import search_of

    format, wanted = table_format_of(options, output), search_of(vars(options))
    return write_document(options, output, lambda: bank_sheets.export_items(open_site(), SYSTEM, wanted, format=format))


def import_items(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.bank_sheets import Change, commit_items, preview_items

    phonics = open_site()
    preview = preview_items(phonics, SYSTEM, options.file.name, options.file.read_bytes())
    counts = Counter(row.change for row in preview.rows)
    errors = any(not problem.warning for problem in preview.problems)
    stored = commit_items(phonics, SYSTEM, preview) if preview.ready and not options.dry_run else 0
    numbers = {change.value: counts[change] for change in (Change.NEW, Change.CHANGED, Change.UNCHANGED)}
    told = output.translate("New: {new}, changed: {changed}, unchanged: {unchanged}. Proposed: {stored}")
    shown = {**numbers, "proposed": stored, "problems": describe(preview.problems), "rows": encode(preview.rows)}
    output.show(shown, [told.format(**numbers, stored=stored)])
    output.problems(preview.problems)
    return 1 if errors else 0
