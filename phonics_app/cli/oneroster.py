"""Commands for OneRoster packages, out and in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands, add_school, add_year, find_school, year_of
from phonics_app.cli.documents import add_overwrite, write_document
from phonics_app.cli.output import Output, describe, open_site
from phonics_app.domain.account import SYSTEM

if TYPE_CHECKING:
    from phonics_app.workflows.oneroster import OneRosterPreview


def add_commands(commands: Commands) -> None:
    """export-oneroster, import-oneroster."""
    _ = commands.translate
    help = _("write schools, classes and pupils as a OneRoster 1.2 package")
    parser = commands.add("export-oneroster", export_oneroster, help, "--school {school} --out oneroster.zip")
    add_school(parser, _, required=False, help=_("default: all schools"))
    add_year(parser, _)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("file to write"))
    add_overwrite(parser, _)
    help = _("read schools, classes and pupils from a OneRoster 1.2 package")
    parser = commands.add("import-oneroster", import_oneroster, help, "oneroster.zip --dry-run")
    parser.add_argument("file", type=Path, help=_("the package (.zip)"))
    parser.add_argument("--expect", metavar="DIGEST", help=_("digest that --dry-run has told: refuse if it differs"))
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))


def export_oneroster(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import oneroster

    phonics = open_site()
    school = find_school(phonics, options.school).id if options.school is not None else None
    year = year_of(options, phonics)
    return write_document(options, output, lambda: oneroster.export_oneroster(phonics, SYSTEM, year, school))


def import_oneroster(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import oneroster

    phonics = open_site()
    preview = oneroster.preview_oneroster(phonics, SYSTEM, options.file.name, options.file.read_bytes())
    stored = 0
    if preview.ready and not options.dry_run:
        stored = oneroster.commit_oneroster(phonics, SYSTEM, preview, options.expect)
    _show(preview, stored, output)
    return 0 if preview.ready else 1


def _show(preview: OneRosterPreview, stored: int, output: Output) -> None:
    from phonics_app.workflows.roster import Change

    _ = output.translate
    rows = [row for roster in preview.rosters for row in roster.rows]
    counts = {change.value: sum(row.change is change for row in rows) for change in Change}
    lines = [
        _("new: {new}, changed: {changed}, unchanged: {unchanged}, not in the file: {missing}").format(**counts),
        _("New schools: {n}").format(n=len(preview.new_schools)),
        _("Teachers, of whom no accounts are made: {n}").format(n=preview.teachers),
        _("Stored: {n}").format(n=stored),
    ]
    facts = {"year": preview.year, "new_schools": len(preview.new_schools), "teachers": preview.teachers}
    told = {"stored": stored, "ready": preview.ready, "digest": preview.digest}
    output.show({**counts, **facts, **told, "problems": describe(preview.problems)}, lines)
    output.problems(preview.problems)
