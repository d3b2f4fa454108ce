"""Commands for schools, accounts and class lists."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands, add_school, add_year, find_school, grade_of, year_of
from phonics_app.cli.output import Output, describe, open_site
from phonics_app.cli.site import add_new_account, read_password
from phonics_app.domain.account import ROLES_OF_ONE_SCHOOL, SYSTEM, Grant, Role
from phonics_app.domain.codec import encode
from phonics_app.domain.errors import Place, Problem, ProblemsFound

if TYPE_CHECKING:
    from phonics_app.workflows.roster import RosterField, RosterPreview, RosterSheet


def add_commands(commands: Commands) -> None:
    """schools, create-account, list-pupils, import-roster."""
    _ = commands.translate
    commands.add("schools", schools, _("list the schools"))
    parser = commands.add("create-account", create_account, _("make an account"))
    add_new_account(commands, parser)
    parser.add_argument("--role", required=True, choices=[role.value for role in Role], help=_("what the person is"))
    add_school(parser, _, required=False)
    parser = commands.add("list-pupils", list_pupils, _("list the pupils of a school"))
    add_school(parser, _)
    add_year(parser, _)
    parser.add_argument("--grade", type=grade_of, help=_("one grade only, such as P3 or ป.3"))
    parser.add_argument("--room", help=_("one room only"))
    parser = commands.add("import-roster", import_roster, _("read a class list from .xlsx or .csv"))
    parser.add_argument("file", type=Path, help=_("the spreadsheet, in the DMC layout or with any headers"))
    add_school(parser, _)
    add_year(parser, _)
    parser.add_argument("--map", action="append", default=[], metavar="HEADER=FIELD", help=_("what a column holds"))
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))


def schools(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.schools import list_schools

    found = list_schools(open_site(), SYSTEM)
    output.show(found, [f"{s.id}  {s.code:<10}  {s.name.in_language(output.language)}" for s in found])
    return 0


def create_account(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import accounts

    phonics, role = open_site(), Role(options.role)
    school = find_school(phonics, options.school) if options.school else None
    if role not in ROLES_OF_ONE_SCHOOL and school is not None:
        raise ProblemsFound([Problem("cli.role_without_school", Place(column="--school"), role.value)], "cli.refused")
    password = read_password(options, output)
    grants = (Grant(role, school.id if school else None),)
    name = options.name or options.username
    account = accounts.create_account(phonics, SYSTEM, options.username, name, password, grants)
    output.show(account, [output.translate("Made the account {name}.").format(name=account.username)])
    return 0


def list_pupils(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import roster

    phonics = open_site()
    school = find_school(phonics, options.school)
    year = year_of(options, phonics)
    found = roster.list_pupils(phonics, SYSTEM, school.id, year, options.grade, options.room)
    lines = [f"{p.id}  {p.number:<8}  {p.grade.label(output.language)}/{p.room or '-'}  {p.name}" for p in found]
    output.show(found, lines)
    return 0


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
