"""Commands for pupils, one by one: list, add, correct, move, archive."""

from __future__ import annotations

import argparse

from phonics_app.cli.commands import (
    Commands,
    add_class,
    add_paging,
    add_pupil,
    add_school,
    add_year,
    find_school,
    grade_of,
    paged_lines,
    wanted_of,
    year_of,
)
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Pupil, PupilDraft, Sex

_FIELDS = ("number", "prefix", "first_name", "last_name", "sex", "grade", "room", "class_number")


def add_commands(commands: Commands) -> None:
    """list-pupils, add-pupil, correct-pupil, move-pupil, archive-pupil, restore-pupil."""
    _ = commands.translate
    _add_list(commands)
    person = "--number 5401 --prefix ด.ญ. --first-name มะลิ --last-name ใจงาม --sex female --grade P3 --room 1"
    parser = commands.add("add-pupil", add_new_pupil, _("add a pupil to a class list"), f"--school {{school}} {person}")
    add_school(parser, _)
    add_year(parser, _)
    _add_fields(commands, parser, needed=("number", "first_name", "grade"))
    help = _("correct a pupil's data; what is not named stays")
    parser = commands.add("correct-pupil", correct_pupil, help, "{id} --last-name ใจงาม --room 2")
    add_pupil(parser, _)
    _add_fields(commands, parser)
    help = _("move a pupil to another school; his tests go with him")
    parser = commands.add("move-pupil", move_pupil, help, "{id} --school {school}")
    add_pupil(parser, _)
    add_school(parser, _)
    help = _("take a pupil out of the class lists; his tests stay")
    add_pupil(commands.add("archive-pupil", archive_pupil, help, "{id}"), _)
    help = _("take an archived pupil back into the class lists")
    add_pupil(commands.add("restore-pupil", restore_pupil, help, "{id}"), _)


def _add_list(commands: Commands) -> None:
    _ = commands.translate
    example = "--school {school} --grade P3 --json"
    parser = commands.add("list-pupils", list_pupils, _("list the pupils of a school"), example)
    add_school(parser, _)
    add_year(parser, _)
    add_class(parser, _)
    parser.add_argument("--search", default="", metavar="TEXT", help=_("a part of the name or of the pupil number"))
    parser.add_argument("--archived", action="store_true", help=_("list archived pupils too"))
    parser.add_argument("--by-name", action="store_true", help=_("in the order of names instead of classes"))
    add_paging(parser, _)


def _add_fields(commands: Commands, parser: argparse.ArgumentParser, needed: tuple[str, ...] = ()) -> None:
    _ = commands.translate
    helps = {
        "number": _("the school's own pupil number"),
        "prefix": _("prefix of the name, such as ด.ช."),
        "first_name": _("first name"),
        "last_name": _("last name"),
        "room": _("room, such as 2"),
    }
    for name, help in helps.items():
        parser.add_argument(f"--{name.replace('_', '-')}", required=name in needed, help=help)
    parser.add_argument("--class-number", type=int, help=_("number by which the pupil is called in class"))
    parser.add_argument("--sex", choices=[sex.value for sex in Sex], help=_("sex"))
    parser.add_argument("--grade", type=grade_of, required="grade" in needed, help=_("grade, such as P3 or ป.3"))


def list_pupils(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import lists

    phonics = open_site()
    school, year = find_school(phonics, options.school), year_of(options, phonics)
    order = lists.PupilOrder.NAME if options.by_name else lists.PupilOrder.CLASS
    chosen = lists.PupilFilter(options.grade, options.room, options.search, options.archived, order)
    found = lists.page_of_pupils(phonics, SYSTEM, school.id, year, chosen, wanted_of(options))
    output.show(found.rows, paged_lines(output, found, [_line(pupil, output) for pupil in found.rows]))
    return 0


def _line(pupil: Pupil, output: Output) -> str:
    where = f"{pupil.grade.label(output.language)}/{pupil.room or '-'}"
    state = f"  ({output.translate('archived')})" if pupil.archived else ""
    return f"{pupil.id}  {pupil.number:<8}  {where}  {pupil.name}{state}"


def _show(pupil: Pupil, output: Output) -> int:
    output.show(pupil, [_line(pupil, output)])
    return 0


def add_new_pupil(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import roster

    phonics = open_site()
    school, year = find_school(phonics, options.school), year_of(options, phonics)
    draft = _draft(options, PupilDraft("", "", "", "", Sex.UNKNOWN, Grade.P1, ""))
    return _show(roster.add_pupil(phonics, SYSTEM, school.id, year, draft), output)


def _draft(options: argparse.Namespace, before: PupilDraft | Pupil) -> PupilDraft:
    """What the options say, and of `before` what they don't."""
    told = {name: getattr(options, name) for name in _FIELDS if getattr(options, name) is not None}
    if options.sex is not None:
        told["sex"] = Sex(options.sex)
    return PupilDraft(**{name: getattr(before, name) for name in _FIELDS} | told)


def correct_pupil(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import roster

    if all(getattr(options, name) is None for name in _FIELDS):
        options.refuse(output.translate("nothing to correct was named"))
    phonics = open_site()
    draft = _draft(options, roster.get_pupil(phonics, SYSTEM, options.pupil))
    return _show(roster.correct_pupil(phonics, SYSTEM, options.pupil, draft), output)


def move_pupil(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import roster

    phonics = open_site()
    school = find_school(phonics, options.school)
    return _show(roster.move_pupil(phonics, SYSTEM, options.pupil, school.id), output)


def archive_pupil(options: argparse.Namespace, output: Output) -> int:
    return _set_archived(options, output, True)


def restore_pupil(options: argparse.Namespace, output: Output) -> int:
    return _set_archived(options, output, False)


def _set_archived(options: argparse.Namespace, output: Output, archived: bool) -> int:
    from phonics_app.workflows import roster

    return _show(roster.set_archived(open_site(), SYSTEM, options.pupil, archived), output)
