"""Commands for the year turn: what it would do, doing it, taking it back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands, add_school, find_school, grade_of
from phonics_app.cli.documents import TABLES, add_document, language_of, table_format_of, write_document
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.year_turn import Class, TurnChoice, TurnPreview
from phonics_app.locales import Translate

if TYPE_CHECKING:
    from phonics_app.workflows.context import Phonics

_LEAVE = "-"


def add_commands(commands: Commands) -> None:
    """turn-year, export-year-turn, undo-year-turn."""
    _ = commands.translate
    help = _("show what becomes of each pupil in the next academic year; with --store, store it")
    parser = commands.add("turn-year", turn_year, help, "--school {school} --target ป.1/1=ป.2/2 --store")
    _add_choice(parser, _)
    parser.add_argument("--store", action="store_true", help=_("store what is shown"))
    help = _("write what a year turn would do as a document")
    parser = commands.add("export-year-turn", export_turn, help, "--school {school} --out turn.pdf")
    _add_choice(parser, _)
    add_document(parser, _, TABLES)
    help = _("take the last year turn back, as long as nothing was added to the new year")
    add_school(commands.add("undo-year-turn", undo_turn, help, "--school {school}"), _)


def _add_choice(parser: argparse.ArgumentParser, _: Translate) -> None:
    add_school(parser, _)
    parser.add_argument("--year", type=int, help=_("the new academic year (default: the present one)"))
    help = _("a class and its class in the new year, such as P1/1=P2/2; P6/1=- leaves the school")
    parser.add_argument("--target", type=target_of, action="append", default=[], metavar="CLASS=CLASS", help=help)
    for name, text in (("repeat", _("id of a pupil who repeats the year")), ("leave", _("id of a pupil who leaves"))):
        parser.add_argument(f"--{name}", action="append", default=[], metavar="ID", help=text)


def target_of(text: str) -> tuple[Class, Class | None]:
    """A class and its target, as argparse's `type`."""
    of, equals, to = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r}: P1/1=P2/1, P6/1=-")
    return _class_of(of), None if to.strip() == _LEAVE else _class_of(to)


def _class_of(text: str) -> Class:
    grade, _, room = text.strip().partition("/")
    return grade_of(grade), room.strip()


def _preview(options: argparse.Namespace, phonics: Phonics) -> TurnPreview:
    from phonics_app.workflows import rounds, year_turn

    choice = TurnChoice(dict(options.target), frozenset(options.repeat), frozenset(options.leave))
    year = options.year or rounds.current_round(phonics).year
    school = find_school(phonics, options.school)
    return year_turn.preview_year_turn(phonics, SYSTEM, school.id, year, choice)


def turn_year(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import year_turn

    phonics = open_site()
    shown = _preview(options, phonics)
    lines = _lines(shown, output)
    if options.store:
        turn = year_turn.commit_year_turn(phonics, SYSTEM, shown)
        lines.append(output.translate("Stored: {n} pupils").format(n=turn.pupils))
    told = {"to_year": shown.to_year, "stored": options.store, "counts": {o.value: n for o, n in shown.counts.items()}}
    output.show({**told, "rows": shown.rows}, lines)
    output.problems(shown.problems)
    return 0


def _lines(shown: TurnPreview, output: Output) -> list[str]:
    from phonics_app.reports.labels import class_label
    from phonics_app.reports.turn_report import outcome_label

    _ = output.translate
    lines = [
        f"{row.pupil.id}  {class_label(row.pupil.grade, row.pupil.room, output.language)} → "
        f"{class_label(*row.to, output.language) if row.to else '–'}  {row.pupil.name}  {outcome_label(_, row.outcome)}"
        for row in shown.rows
    ]
    return [*lines, *(f"{outcome_label(_, outcome)}: {n}" for outcome, n in shown.counts.items())]


def export_turn(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import year_turn

    format, language = table_format_of(options, output), language_of(options, output)
    phonics = open_site()
    shown = _preview(options, phonics)
    return write_document(
        options,
        output,
        lambda: year_turn.export_year_turn(phonics, SYSTEM, shown, format=format, language=language),
    )


def undo_turn(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import year_turn

    phonics = open_site()
    school = find_school(phonics, options.school)
    turn = year_turn.undo_year_turn(phonics, SYSTEM, school.id)
    output.show(turn, [output.translate("Taken back: {n} pupils").format(n=turn.pupils)])
    return 0
