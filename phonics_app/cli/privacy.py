"""Commands for lawful bases, notices and who answers for the data."""

from __future__ import annotations

import argparse

from phonics_app.cli.audit import day_of
from phonics_app.cli.commands import Commands, add_class, add_school, add_year, find_school, year_of
from phonics_app.cli.documents import add_document, format_of, language_of, write_document
from phonics_app.cli.output import Output, fields_of, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.privacy import Basis, BasisSource, PupilBasis


def add_commands(commands: Commands) -> None:
    """show-privacy, set-privacy, list-bases, record-basis, show-bases-of, print-notice."""
    _ = commands.translate
    commands.add("show-privacy", show_privacy, _("show who answers for the data, as the notices say it"))
    parser = commands.add("set-privacy", set_privacy, _("say who answers for the data"), "--contact 053-000000")
    for name, help in (
        ("--controller-th", _("data controller, in Thai")),
        ("--controller-en", _("data controller, in English")),
        ("--contact", _("address, telephone, e-mail")),
        ("--officer", _("data protection officer and how to reach him")),
    ):
        parser.add_argument(name, metavar="TEXT", help=help)
    parser.add_argument(
        "--basis", choices=[b.value for b in Basis if b is not Basis.WITHDRAWN], help=_("ground of the notices")
    )
    parser.add_argument(
        "--kept-years", type=int, metavar="N", help=_("years that results are kept after a pupil has left")
    )
    parser = commands.add(
        "list-bases", list_bases, _("list on what ground each pupil's data are kept"), "--school {school}"
    )
    _add_scope(commands, parser)
    parser.add_argument("--without", action="store_true", help=_("those without a basis only"))
    parser = commands.add("show-bases-of", show_history, _("show all lawful bases ever noted of a pupil"), "{id}")
    parser.add_argument("pupil", help=_("the pupil's id, as list-pupils shows it"))
    help = _("note a lawful basis for all pupils of a class who have none")
    parser = commands.add(
        "record-basis", record, help, "--school {school} --grade P3 --basis consent --source paper --on 2569-05-20"
    )
    _add_scope(commands, parser)
    parser.add_argument("--pupil", action="append", default=[], metavar="ID", help=_("these pupils only"))
    parser.add_argument("--basis", required=True, choices=[b.value for b in Basis], help=_("the ground"))
    parser.add_argument("--source", required=True, choices=[s.value for s in BasisSource], help=_("where it stands"))
    parser.add_argument("--on", required=True, type=day_of, metavar="DATE", help=_("day, such as 2569-06-01"))
    help = _("write the privacy notice, of a class one for each pupil")
    parser = commands.add(
        "print-notice", print_class_notice, help, "--school {school} --grade P3 --room 1 --out notice.pdf"
    )
    _add_scope(commands, parser)
    add_document(parser, _, ("pdf",))


def _add_scope(commands: Commands, parser: argparse.ArgumentParser) -> None:
    add_school(parser, commands.translate)
    add_year(parser, commands.translate)
    add_class(parser, commands.translate)


def show_privacy(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.privacy import privacy_settings

    found = privacy_settings(open_site(), SYSTEM)
    data = fields_of(found)
    output.show(data, [f"{name}: {value}" for name, value in data.items()])
    return 0


def set_privacy(options: argparse.Namespace, output: Output) -> int:
    from dataclasses import replace

    from phonics_app.workflows.privacy import privacy_settings, save_privacy_settings

    phonics = open_site()
    names = ("controller_th", "controller_en", "contact", "officer", "kept_years")
    given = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    wanted = replace(privacy_settings(phonics, SYSTEM), **given)
    if options.basis:
        wanted = replace(wanted, basis=Basis(options.basis))
    save_privacy_settings(phonics, SYSTEM, wanted)
    return show_privacy(options, output)


def list_bases(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.locales.privacy_labels import BASES
    from phonics_app.workflows.lawful_bases import class_bases, count_without_basis

    phonics = open_site()
    school, year = find_school(phonics, options.school), year_of(options, phonics)
    found = class_bases(phonics, SYSTEM, school.id, year, options.grade, options.room)
    shown = [one for one in found if one.without or not options.without]
    _ = output.translate

    def line(one: PupilBasis) -> str:
        word = _(BASES[one.latest.basis]) if one.latest else _("None noted")
        return f"{one.pupil.id}  {one.pupil.number}  {one.pupil.name}  {word}"

    whole = _("{n} pupils without a noted lawful basis").format(n=count_without_basis(phonics, SYSTEM, school.id, year))
    rows = [{"pupil": one.pupil.id, "latest": fields_of(one.latest) if one.latest else None} for one in shown]
    output.show(rows, [*map(line, shown), whole])
    return 0


def show_history(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.locales.privacy_labels import BASES, SOURCES
    from phonics_app.workflows.lawful_bases import basis_history

    _ = output.translate
    found = basis_history(open_site(), SYSTEM, options.pupil)
    lines = [f"{each.given_on}  {_(BASES[each.basis])}  {_(SOURCES[each.source])}" for each in found]
    output.show([fields_of(each) for each in found], lines)
    return 0


def record(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.lawful_bases import class_bases, record_bases

    phonics = open_site()
    school, year = find_school(phonics, options.school), year_of(options, phonics)
    found = class_bases(phonics, SYSTEM, school.id, year, options.grade, options.room)
    ids = options.pupil or [one.pupil.id for one in found if one.without]
    basis, source = Basis(options.basis), BasisSource(options.source)
    count = record_bases(phonics, SYSTEM, school.id, year, ids, basis, options.on, source)
    output.show({"pupils": count}, [output.translate("Noted for {n} pupils.").format(n=count)])
    return 0


def print_class_notice(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.privacy import print_notice

    format_of(options, output)
    phonics, language = open_site(), language_of(options, output)
    scope = find_school(phonics, options.school).id, year_of(options, phonics), options.grade, options.room
    return write_document(options, output, lambda: print_notice(phonics, SYSTEM, *scope, language=language))
