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
    parser = commands.add("import-roster", import_roster, _("read a class list from .xlsx, .xls or .csv"), example)
    parser.add_argument("file", type=Path, help=_("the spreadsheet, in the DMC layout or with any headers"))
    add_school(parser, _)
    add_year(parser, _)
    parser.add_argument("--map", action="append", default=[], metavar="HEADER=FIELD", help=_("what a column holds"))
    help = _("pupil number of one who is missing in the file because he has left; may be given several times")
    parser.add_argument("--left", action="append", default=[], metavar="NUMBER", help=help)
    help = _("digest that --dry-run has told: refuse if file or stored pupils have changed since")
    parser.add_argument("--expect", metavar="DIGEST", help=help)
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))


def import_roster(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import roster

    phonics = open_site()
    school = find_school(phonics, options.school)
    sheet = roster.read_roster(phonics, SYSTEM, school.id, options.file.name, options.file.read_bytes())
    mapping = {**sheet.mapping, **_chosen_columns(options.map, sheet)}
    year, tell = year_of(options, phonics), output.progress()
    preview = roster.preview_roster(phonics, SYSTEM, school.id, year, sheet, mapping, tell)
    tell(1.0)
    left = _leavers(options.left, preview)
    stored = 0
    if preview.ready and not options.dry_run:
        stored = roster.commit_roster(phonics, SYSTEM, preview, left, options.expect)
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


def _leavers(numbers: list[str], preview: RosterPreview) -> list[str]:
    """Ids of the missing pupils with these numbers; every number of somebody else is a problem."""
    missing = {row.draft.number: row.pupil_id or "" for row in preview.missing}
    place, expected = Place(column="--left"), ", ".join(missing)
    problems = [Problem("cli.not_missing", place, number, expected) for number in numbers if number not in missing]
    if problems:
        raise ProblemsFound(problems, "cli.refused")
    return [missing[number] for number in numbers]


def _changes(preview: RosterPreview) -> list[dict[str, object]]:
    """Who is new, changed (from, to) or missing, for programs; without names."""
    from phonics_app.workflows.roster import Change

    return [
        {
            "change": row.change.value,
            "row": row.row,
            "number": row.draft.number,
            "moved": row.moved,
            "fields": {
                name: [encode(getattr(row.before, name)), encode(getattr(row.draft, name))]
                for name in row.differences
                if hasattr(row.before, name)
            },
        }
        for row in preview.rows
        if row.change is not Change.UNCHANGED
    ]


def _show_import(preview: RosterPreview, stored: int, output: Output) -> None:
    from phonics_app.workflows.roster import Change

    _ = output.translate
    counts = {change.value: sum(row.change is change for row in preview.rows) for change in Change}
    lines = [
        _("new: {new}, changed: {changed}, unchanged: {unchanged}, not in the file: {missing}").format(**counts),
        _("Stored: {n}").format(n=stored),
    ]
    missing = [row.draft.number for row in preview.missing]
    if missing:
        lines.append(_("Not in the file: {numbers}. Name with --left who has left.").format(numbers=", ".join(missing)))
    if preview.dropped:
        lines.append(_("Dropped before anything was stored: {columns}").format(columns=", ".join(preview.dropped)))
    facts: dict[str, object] = {"year": preview.year, "mapping": encode(preview.mapping), "dropped": preview.dropped}
    facts |= {"digest": preview.digest, "changes": _changes(preview)}
    problems = describe(preview.problems)
    output.show({**counts, **facts, "stored": stored, "ready": preview.ready, "problems": problems}, lines)
    output.problems(preview.problems)
