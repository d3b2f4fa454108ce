"""Commands for classes: which there are, and the class list with levels and tests as a document."""

from __future__ import annotations

import argparse

from phonics_app.cli.commands import Commands, add_class, add_school, add_year, find_school, year_of
from phonics_app.cli.documents import TABLES, add_document, language_of, table_format_of, write_document
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import PhonicsError


def add_commands(commands: Commands) -> None:
    """list-classes, export-class."""
    _ = commands.translate
    parser = commands.add("list-classes", list_classes, _("list the classes of a school"), "--school {school}")
    add_school(parser, _)
    add_year(parser, _)
    example = "--school {school} --grade P3 --room 1 --out class.xlsx"
    parser = commands.add("export-class", export_class, _("write a class list with levels and tests"), example)
    add_school(parser, _)
    add_year(parser, _)
    add_class(parser, _)
    add_document(parser, _, TABLES)


def list_classes(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.labels import class_label
    from phonics_app.workflows import classes

    phonics = open_site()
    school = find_school(phonics, options.school)
    found = classes.list_classes(phonics, SYSTEM, school.id, year_of(options, phonics))
    lines = [class_label(grade, room, output.language) for grade, room in found]
    output.show([{"grade": grade.value, "room": room} for grade, room in found], lines)
    return 0


def export_class(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import classes, exports

    format, language = table_format_of(options, output), language_of(options, output)
    phonics = open_site()
    scope = find_school(phonics, options.school).id, year_of(options, phonics), options.grade, options.room
    if not classes.class_page(phonics, SYSTEM, *scope).rows:
        raise PhonicsError("cli.nothing_to_export")
    return write_document(
        options, output, lambda: exports.export_class(phonics, SYSTEM, *scope, format=format, language=language)
    )
