"""The command that reads a class list."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands, add_school, add_year, find_school, year_of
from phonics_app.cli.output import Output, describe, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.codec import encode
from phonics_app.domain.errors import Place, Problem, ProblemsFound

if TYPE_CHECKING:
    from phonics_app.workflows.roster import RosterField, RosterPreview, RosterSheet


def add_commands(commands: Commands) -> None:
    """import-roster."""
    _ = commands.translate
    example = "dmc.xlsx --school {school} --dry-run"
    parser = commands.add("import-roster", import_roster, _("read a class list from .xlsx or .csv"), example)
    parser.add_argument("file", type=Path, help=_("the spreadsheet, in the DMC layout or with any headers"))
    add_school(parser, _)
    add_year(parser, _)
    parser.add_argument("--map", action="append", default=[], metavar="HEADER=FIELD", help=_("what a column holds"))
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))


def import_roster(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import roster

    phonics = open_site()
    school = find_school(phonics, options.school)
    sheet = roster.read_roster(phonics, SYSTEM, school.id, options.file.name, options.file.read_bytes())
    mapping = {**sheet.mapping, **_chosen_columns(options.map, sheet)}
    preview = roster.preview_roster(phonics, SYSTEM, school.id, year_of(options, phonics), sheet, mapping)
    stored = 0
    if preview.ready and not options.dry_run:
        stored = roster.commit_roster(phonics, SYSTEM, preview)
    _show_import(preview, stored, output)
    return 0 if preview.ready else 1


def _chosen_columns(chosen: list[str], sheet: RosterSheet) -> dict[str, RosterField]:
    """`--map` options as a mapping; every wrong one is a problem."""
    from phonics_app.workflows.roster import RosterField

    mapping: dict[str, RosterField] = {}
    problems: list[Problem] = []
    for text in chosen:
        header, _, name = text.rpartition("=")
        if header not in sheet.headers:
            problems.append(Problem("cli.no_such_header", Place(column="--map"), header, ", ".join(sheet.headers)))
        elif name not in {f.value for f in RosterField}:
            expected = ", ".join(f.value for f in RosterField)
            problems.append(Problem("cli.no_such_field", Place(column="--map"), name, expected))
        else:
            mapping[header] = RosterField(name)
    if problems:
        raise ProblemsFound(problems, "cli.refused")
    return mapping


def _show_import(preview: RosterPreview, stored: int, output: Output) -> None:
    from phonics_app.workflows.roster import Change

    _ = output.translate
    counts = {change.value: sum(row.change is change for row in preview.rows) for change in Change}
    lines = [
        _("new: {new}, changed: {changed}, unchanged: {unchanged}, not in the file: {missing}").format(**counts),
        _("Stored: {n}").format(n=stored),
    ]
    if preview.dropped:
        lines.append(_("Dropped before anything was stored: {columns}").format(columns=", ".join(preview.dropped)))
    facts = {"year": preview.year, "mapping": encode(preview.mapping), "dropped": preview.dropped}
    problems = describe(preview.problems)
    output.show({**counts, **facts, "stored": stored, "ready": preview.ready, "problems": problems}, lines)
    output.problems(preview.problems)
