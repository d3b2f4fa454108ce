"""Commands for figures: the dashboard, the decisions behind it, the network."""

from __future__ import annotations

import argparse
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands, add_class, add_school, find_school, round_of
from phonics_app.cli.documents import TABLES, add_document, language_of, table_format_of, write_document
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import PhonicsError
from phonics_app.domain.grade import Grade, Stage

if TYPE_CHECKING:
    from phonics_app.workflows.context import Phonics
    from phonics_app.workflows.dashboards import Filters


def add_commands(commands: Commands) -> None:
    """export-dashboard, trace-dashboard, export-network."""
    _ = commands.translate
    help = _("write the dashboard: levels, change, share at the expected level, coverage")
    example = "--school {school} --round 1/2569 --out dashboard.pdf"
    parser = commands.add("export-dashboard", export_dashboard, help, example)
    add_school(parser, _, required=False, help=_("default: all municipal schools"))
    _add_filters(commands, parser)
    add_document(parser, _, TABLES)
    help = _("list the decisions behind a school's dashboard")
    parser = commands.add("trace-dashboard", trace_dashboard, help, "--school {school} --grade P3 --json")
    add_school(parser, _)
    _add_filters(commands, parser)
    help = _("write the totals of the network schools, small counts hidden")
    parser = commands.add("export-network", export_network, help, "--out network.csv")
    _add_round(commands, parser)
    add_document(parser, _, TABLES)


def _add_filters(commands: Commands, parser: argparse.ArgumentParser) -> None:
    _ = commands.translate
    _add_round(commands, parser)
    parser.add_argument("--stage", choices=[stage.value for stage in Stage], help=_("one stage only"))
    add_class(parser, _)


def _add_round(commands: Commands, parser: argparse.ArgumentParser) -> None:
    _ = commands.translate
    help = _("term and academic year, such as 1/2569 (default: the last with results)")
    parser.add_argument("--round", type=round_of, metavar="TERM/YEAR", help=help)


def _filters(options: argparse.Namespace, phonics: Phonics) -> Filters:
    from phonics_app.workflows.dashboards import Filters

    school = find_school(phonics, options.school) if options.school is not None else None
    stage = Stage(options.stage) if options.stage else None
    return Filters(school.id if school else None, options.round, stage, options.grade, options.room)


def _require_results(chosen: Round | None, rounds: tuple[Round, ...]) -> None:
    """A document without figures would say nothing: the pages offer none either."""
    if chosen not in rounds:
        raise PhonicsError("cli.nothing_to_export")


def export_dashboard(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import dashboards, exports

    format, language = table_format_of(options, output), language_of(options, output)
    phonics = open_site()
    filters = _filters(options, phonics)
    shown = dashboards.dashboard(phonics, SYSTEM, filters)
    _require_results(shown.round, shown.rounds)
    return write_document(
        options, output, lambda: exports.export_dashboard(phonics, SYSTEM, filters, format=format, language=language)
    )


def trace_dashboard(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import dashboards

    phonics = open_site()
    rows = dashboards.trace(phonics, SYSTEM, _filters(options, phonics)).to_dict("records")
    output.show(rows, [_traced(row, output) for row in rows])
    return 0


def _traced(row: Mapping[Hashable, object], output: Output) -> str:
    where = f"{Grade(row['grade']).label(output.language)}/{row['room'] or '-'}"
    return f"{row['pupil_id']}  {where}  {row['level']}  {row['attempt_id']}"


def export_network(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import dashboards, exports

    format, language = table_format_of(options, output), language_of(options, output)
    phonics = open_site()
    shown = dashboards.network_page(phonics, SYSTEM, options.round)
    _require_results(shown.round, shown.rounds)
    return write_document(
        options,
        output,
        lambda: exports.export_network(phonics, SYSTEM, options.round, format=format, language=language),
    )
