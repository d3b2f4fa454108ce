"""Commands for O-NET English: results in and out, targets."""

from __future__ import annotations

import argparse
from pathlib import Path

from phonics_app.cli.commands import Commands, add_school, find_school, grade_of
from phonics_app.cli.documents import TABLES, add_document, language_of, table_format_of, write_document
from phonics_app.cli.output import Output, describe, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult, OnetTarget

_EXAM = "--school {school} --grade P6"


def add_commands(commands: Commands) -> None:
    """import-onet, enter-onet, delete-onet, set-onet-target, clear-onet-target, export-onet."""
    _ = commands.translate
    help = _("read a school's O-NET results from .xlsx or .csv")
    parser = commands.add("import-onet", import_onet, help, "onet.xlsx --school {school} --dry-run")
    parser.add_argument("file", type=Path, help=_("the spreadsheet: year, grade, n, mean and more"))
    add_school(parser, _)
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))
    _add_enter(commands)
    help = _("delete a school's O-NET result of one year and grade")
    parser = commands.add("delete-onet", delete_onet, help, f"{_EXAM} --year 2567")
    _add_exam(commands, parser)
    _add_exam_year(commands, parser)
    _add_targets(commands)
    help = _("write O-NET results beside the nation's; CSV can be imported again")
    parser = commands.add("export-onet", export_onet, help, f"{_EXAM} --out onet.csv")
    _add_exam(commands, parser, required=False, school=_("default: all municipal schools"))
    add_document(parser, _, TABLES)


def _add_exam(commands: Commands, parser: argparse.ArgumentParser, required: bool = True, school: str = "") -> None:
    _ = commands.translate
    add_school(parser, _, required, school)
    help = _("the grade of the exam: P6, M3 or M6 (ป.6, ม.3, ม.6)")
    parser.add_argument("--grade", type=_exam_grade_of, required=True, help=help)


def _exam_grade_of(text: str) -> Grade:
    from phonics_app.workflows.onet import ONET_GRADES

    grade = grade_of(text)
    if grade not in ONET_GRADES:
        raise argparse.ArgumentTypeError(f"{text!r}: {', '.join(g.value for g in ONET_GRADES)}")
    return grade


def _add_exam_year(commands: Commands, parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, help=commands.translate("academic year (B.E.)"))


def _add_enter(commands: Commands) -> None:
    _ = commands.translate
    help = _("enter a school's O-NET result, or replace that of the same year and grade")
    parser = commands.add("enter-onet", enter_onet, help, f"{_EXAM} --year 2567 --n 40 --mean 38.5")
    _add_exam(commands, parser)
    _add_exam_year(commands, parser)
    parser.add_argument("--n", type=int, required=True, help=_("number of examinees"))
    parser.add_argument("--mean", type=float, required=True, help=_("mean score, 0 to 100"))
    parser.add_argument("--sd", type=float, help=_("standard deviation, if known"))
    parser.add_argument("--maximum", type=float, help=_("highest score, if known"))
    parser.add_argument("--minimum", type=float, help=_("lowest score, if known"))
    parser.add_argument("--percent-50", type=float, help=_("per cent with 50 points or more, if known"))


def _add_targets(commands: Commands) -> None:
    _ = commands.translate
    help = _("set a school's O-NET target")
    parser = commands.add("set-onet-target", set_onet_target, help, f"{_EXAM} --points 42")
    _add_exam(commands, parser)
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("--points", type=float, help=_("a mean score, 0 to 100"))
    target.add_argument("--gain", type=float, metavar="PERCENT", help=_("a gain on the year before, in per cent"))
    parser = commands.add("clear-onet-target", clear_onet_target, _("remove a school's O-NET target"), _EXAM)
    _add_exam(commands, parser)


def import_onet(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import onet

    phonics = open_site()
    school = find_school(phonics, options.school)
    preview = onet.preview_onet_import(phonics, SYSTEM, school.id, options.file.name, options.file.read_bytes())
    stored = onet.commit_onet_import(phonics, SYSTEM, preview) if preview.ready and not options.dry_run else 0
    _ = output.translate
    lines = [_("Results read: {n}").format(n=len(preview.rows)), _("Stored: {n}").format(n=stored)]
    problems = describe(preview.problems)
    output.show({"read": len(preview.rows), "stored": stored, "ready": preview.ready, "problems": problems}, lines)
    output.problems(preview.problems)
    return 0 if preview.ready else 1


def enter_onet(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import onet

    phonics = open_site()
    school = find_school(phonics, options.school)
    share = None if options.percent_50 is None else options.percent_50 / 100
    figures = (options.n, options.mean, options.sd, options.maximum, options.minimum, share)
    result = OnetResult(school.id, options.year, options.grade, *figures)
    onet.save_onet_result(phonics, SYSTEM, result)
    output.show(result, [output.translate("Stored: {n}").format(n=1)])
    return 0


def delete_onet(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import onet

    phonics = open_site()
    school = find_school(phonics, options.school)
    onet.delete_onet_result(phonics, SYSTEM, school.id, options.year, options.grade)
    text = output.translate("Deleted the result of {year}.").format(year=options.year)
    output.show({"school_id": school.id, "year": options.year, "grade": options.grade}, [text])
    return 0


def set_onet_target(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import onet

    phonics = open_site()
    school = find_school(phonics, options.school)
    relative = options.gain is not None
    value = options.gain / 100 if relative else options.points
    target = OnetTarget(school.id, options.grade, value, relative)
    onet.set_target(phonics, SYSTEM, target)
    output.show(target, [output.translate("The target was saved.")])
    return 0


def clear_onet_target(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import onet

    phonics = open_site()
    school = find_school(phonics, options.school)
    onet.clear_target(phonics, SYSTEM, school.id, options.grade)
    output.show({"school_id": school.id, "grade": options.grade}, [output.translate("The target was removed.")])
    return 0


def export_onet(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import exports

    format, language = table_format_of(options, output), language_of(options, output)
    phonics = open_site()
    school = find_school(phonics, options.school).id if options.school is not None else None
    return write_document(
        options,
        output,
        lambda: exports.export_onet(phonics, SYSTEM, options.grade, school, format=format, language=language),
    )
