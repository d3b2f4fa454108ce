"""Commands for the schools of the site."""

from __future__ import annotations

import argparse

from phonics_app.cli.commands import Commands, add_school, find_school, grade_of
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.school import School, SchoolDraft, SchoolKind
from phonics_app.domain.text import Text

_FIELDS = ("name_th", "name_en", "kind", "code", "highest_grade")


def add_commands(commands: Commands) -> None:
    """list-schools, add-school, correct-school."""
    _ = commands.translate
    commands.add("list-schools", list_schools, _("list the schools"))
    example = "--name-th โรงเรียนบ้านดอย --name-en 'Ban Doi School' --kind network"
    parser = commands.add("add-school", add_new_school, _("add a school"), example)
    _add_fields(commands, parser, needed=("name_th",))
    help = _("correct a school's data; what is not named stays")
    parser = commands.add("correct-school", correct_school, help, "--school {school} --highest-grade M3")
    add_school(parser, _)
    _add_fields(commands, parser)


def _add_fields(commands: Commands, parser: argparse.ArgumentParser, needed: tuple[str, ...] = ()) -> None:
    _ = commands.translate
    parser.add_argument("--name-th", required="name_th" in needed, help=_("name in Thai"))
    parser.add_argument("--name-en", required="name_en" in needed, help=_("name in English"))
    help = _("municipal: with classes and pupils; network: shown as totals")
    parser.add_argument("--kind", choices=[kind.value for kind in SchoolKind], help=help)
    parser.add_argument("--code", help=_("ten-digit school code"))
    parser.add_argument("--highest-grade", type=grade_of, help=_("highest grade taught, such as P6 or ม.3"))


def list_schools(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import schools

    found = schools.list_schools(open_site(), SYSTEM)
    output.show(found, [_line(school, output) for school in found])
    return 0


def _line(school: School, output: Output) -> str:
    return f"{school.id}  {school.code:<10}  {school.name.in_language(output.language)}"


def add_new_school(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import schools

    draft = _draft(options, SchoolDraft(Text("", "")))
    school = schools.save_school(open_site(), SYSTEM, draft)
    output.show(school, [_line(school, output)])
    return 0


def correct_school(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import schools

    if all(getattr(options, name) is None for name in _FIELDS):
        options.refuse(output.translate("nothing to correct was named"))
    phonics = open_site()
    before = find_school(phonics, options.school)
    school = schools.save_school(phonics, SYSTEM, _draft(options, before), before.id)
    output.show(school, [_line(school, output)])
    return 0


def _draft(options: argparse.Namespace, before: SchoolDraft | School) -> SchoolDraft:
    """What the options say, and of `before` what they don't."""

    def told(value: str | None, present: str) -> str:
        return present if value is None else value

    name = Text(told(options.name_th, before.name.th), told(options.name_en, before.name.en))
    kind = SchoolKind(told(options.kind, before.kind.value))
    highest = options.highest_grade or before.highest_grade
    return SchoolDraft(name, kind, told(options.code, before.code), highest)
