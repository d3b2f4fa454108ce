"""Commands for classes by level."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands, add_pupil, add_school, find_school
from phonics_app.cli.documents import TABLES, add_document, language_of, table_format_of, write_document
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.locales import Translate

if TYPE_CHECKING:
    from phonics_app.domain.level_class import LevelClass


def add_commands(commands: Commands) -> None:
    """form-level-classes, list-level-classes, change-level-class, join-level-class, export-level-class."""
    _ = commands.translate
    help = _("propose classes by level from the levels decided; with --confirm, they are the classes from today on")
    parser = commands.add("form-level-classes", form_classes, help, "--school {school} --most 25 --confirm")
    add_school(parser, _)
    parser.add_argument("--most", type=int, default=25, help=_("at most so many pupils in a class (default: 25)"))
    parser.add_argument("--confirm", action="store_true", help=_("store what is shown"))
    help = _("list the level classes of a school; with a class, its pupils")
    parser = commands.add("list-level-classes", list_classes, help, "--school {school}")
    add_school(parser, _, required=False)
    parser.add_argument("--level-class", help=_("the level class's id, as list-level-classes shows it"))
    _add_changes(commands)
    parser = commands.add(
        "export-level-class", export_class, _("write the list of a level class"), "{id} --out list.pdf"
    )
    _add_class(parser, _)
    add_document(parser, _, TABLES)


def _add_changes(commands: Commands) -> None:
    _ = commands.translate
    help = _("change a level class's name, teacher or room; what is not named stays")
    parser = commands.add("change-level-class", change_class, help, "{id} --teacher 'ครูสมศรี'")
    _add_class(parser, _)
    for name, text in (("name", _("its name")), ("teacher", _("who teaches it")), ("room", _("room, such as 2"))):
        parser.add_argument(f"--{name}", help=text)
    help = _("from today on a pupil is taught in this level class")
    parser = commands.add("join-level-class", join_class, help, "{id} --level-class {id}")
    add_pupil(parser, _)
    text = _("the level class's id, as list-level-classes shows it")
    parser.add_argument("--level-class", required=True, help=text)


def _add_class(parser: argparse.ArgumentParser, _: Translate) -> None:
    parser.add_argument("level_class", help=_("the level class's id, as list-level-classes shows it"))


def form_classes(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import level_classes

    phonics = open_site()
    school = find_school(phonics, options.school)
    proposal = level_classes.propose_level_classes(phonics, SYSTEM, school.id, options.most)
    if options.confirm:
        made = level_classes.confirm_level_classes(phonics, SYSTEM, school.id, proposal.classes)
        output.show(made, [_line(one, output) for one in made])
        return 0
    _ = output.translate
    text = _("Level {level}: {n} pupils")
    lines = [f"{c.name}  {text.format(level=c.level, n=len(c.pupil_ids))}" for c in proposal.classes]
    lines.append(_("Without a level, hence in no class: {n} pupils").format(n=len(proposal.unplaced)))
    output.show({"classes": proposal.classes, "unplaced": [pupil.id for pupil in proposal.unplaced]}, lines)
    return 0


def _line(shown: LevelClass, output: Output) -> str:
    count = output.translate("Level {level}: {n} pupils").format(level=shown.level, n=shown.size)
    return f"{shown.id}  {shown.name}  {count}  {shown.teacher or '–'}  {shown.room or '–'}"


def list_classes(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import level_classes

    if (options.school is None) is (options.level_class is None):
        options.refuse(output.translate("name a school or a level class"))
    phonics = open_site()
    if options.level_class:
        shown = level_classes.level_class_page(phonics, SYSTEM, options.level_class)
        people = [f"{m.pupil.id}  {m.pupil.number:<8}  {m.pupil.name}  {m.since}" for m in shown.members]
        output.show(shown, [_line(shown.of, output), *people])
        return 0
    found = level_classes.list_level_classes(phonics, SYSTEM, find_school(phonics, options.school).id)
    output.show(found, [_line(one, output) for one in found])
    return 0


def change_class(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import level_classes

    phonics = open_site()
    before = level_classes.level_class_page(phonics, SYSTEM, options.level_class).of
    named = {n: getattr(options, n) for n in ("name", "teacher", "room") if getattr(options, n) is not None}
    wanted = replace(before, **named)
    now = level_classes.change_level_class(
        phonics, SYSTEM, before.id, name=wanted.name, teacher=wanted.teacher, room=wanted.room
    )
    output.show(now, [_line(now, output)])
    return 0


def join_class(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import level_classes

    now = level_classes.move_level_member(open_site(), SYSTEM, options.pupil, options.level_class)
    output.show(now, [_line(now, output)])
    return 0


def export_class(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import level_classes

    format, language = table_format_of(options, output), language_of(options, output)
    phonics = open_site()
    return write_document(
        options,
        output,
        lambda: level_classes.export_level_class(
            phonics, SYSTEM, options.level_class, format=format, language=language
        ),
    )
