"""The command that writes records of a school as a table."""

from __future__ import annotations

import argparse

from phonics_app.cli.commands import Commands, add_school, add_year, find_school, year_of
from phonics_app.cli.documents import add_document, language_of, table_format_of, write_document
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import PhonicsError
from phonics_app.domain.export import TableKind

_FORMATS = ("csv", "xlsx")


def add_commands(commands: Commands) -> None:
    """export-table."""
    _ = commands.translate
    help = _("write pupils, tests, decisions, results, answers or O-NET of a school as a table")
    parser = commands.add("export-table", export_table, help, "answers --school {school} --out answers.csv")
    parser.add_argument("table", choices=[kind.value for kind in TableKind], help=_("which table"))
    add_school(parser, _)
    add_year(parser, _)
    parser.add_argument("--codes", action="store_true", help=_("headers and codes for programs, in no language"))
    add_document(parser, _, _FORMATS)


def export_table(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import table_exports

    format, language = table_format_of(options, output), language_of(options, output)
    phonics = open_site()
    kind, scope = TableKind(options.table), (find_school(phonics, options.school).id, year_of(options, phonics))
    if not table_exports.tables_for(phonics, SYSTEM, *scope)[kind]:
        raise PhonicsError("cli.nothing_to_export")
    style = table_exports.HeaderStyle.CODES if options.codes else table_exports.HeaderStyle.WORDS
    return write_document(
        options,
        output,
        lambda: table_exports.export_table(
            phonics, SYSTEM, kind, *scope, format=format, style=style, language=language, progress=output.progress()
        ),
    )
