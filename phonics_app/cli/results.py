"""Commands for tests, O-NET results and rubrics."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands, add_school, find_school
from phonics_app.cli.output import Output, describe, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.codec import encode
from phonics_app.domain.grade import Stage
from phonics_app.domain.result import Result
from phonics_app.domain.strand import Strand

if TYPE_CHECKING:
    from phonics_app.workflows.rubrics import RubricFilter

_FORMATS = ("pdf", "docx", "xlsx")
_KINDS = ("performance", "promotion", "frameworks")
_LANGUAGES = {"th": ("th",), "en": ("en",), "both": ("th", "en")}


def add_commands(commands: Commands) -> None:
    """attempts, place, import-onet, export-rubrics."""
    _ = commands.translate
    parser = commands.add("attempts", attempts, _("list a pupil's tests, newest first"))
    parser.add_argument("pupil", help=_("the pupil's id, as list-pupils shows it"))
    parser = commands.add("place", place, _("compute a test's result; with --accept or --level, decide the placement"))
    parser.add_argument("attempt", help=_("the test's id, as attempts shows it"))
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument("--accept", action="store_true", help=_("place at the level proposed"))
    decision.add_argument("--level", type=int, help=_("place at this level instead"))
    parser.add_argument("--reason", default="", help=_("why the pupil is placed at another level"))
    parser = commands.add("import-onet", import_onet, _("read a school's O-NET results from .xlsx or .csv"))
    parser.add_argument("file", type=Path, help=_("the spreadsheet: year, grade, n, mean and more"))
    add_school(parser, _)
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))
    _add_export(commands)


def _add_export(commands: Commands) -> None:
    _ = commands.translate
    parser = commands.add("export-rubrics", export_rubrics, _("write rubrics as PDF, Word or Excel"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("file to write"))
    parser.add_argument("--format", choices=_FORMATS, help=_("kind of document (default: by the file's name)"))
    parser.add_argument("--language", dest="document", choices=_LANGUAGES, default="th", help=_("of the document"))
    parser.add_argument("--kind", action="append", choices=_KINDS, default=[], help=_("which rubrics (default: all)"))
    parser.add_argument("--level", action="append", type=int, default=[], help=_("which levels (default: all)"))
    stages, strands = [s.value for s in Stage], [s.value for s in Strand]
    parser.add_argument("--stage", action="append", choices=stages, default=[], help=_("which stages (default: all)"))
    parser.add_argument(
        "--strand", action="append", choices=strands, default=[], help=_("which strands (default: all)")
    )
    parser.add_argument("--framework", action="append", type=int, default=[], help=_("which frameworks (default: all)"))


def attempts(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import assess

    found = assess.attempts_of(open_site(), SYSTEM, options.pupil)
    output.show(found, [f"{a.id}  {a.created_at.isoformat(timespec='seconds')}  {a.status.value}" for a in found])
    return 0


def place(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import assess

    phonics = open_site()
    result = assess.compute_result(phonics, SYSTEM, options.attempt)
    decided = None
    if options.accept or options.level is not None:
        level = result.proposed_level if options.level is None else options.level
        decided = assess.decide_placement(phonics, SYSTEM, options.attempt, level, options.reason)
    lines = _result_lines(result, output)
    if decided:
        lines.append(output.translate("Placed at level {level}.").format(level=decided.level))
    output.show({"result": encode(result), "placement": encode(decided)}, lines)
    return 0


def _result_lines(result: Result, output: Output) -> list[str]:
    from phonics_app.reports import wording

    _ = output.translate
    lines = [wording.proposal_sentence(_, result), wording.stop_sentence(_, result.stop_reason)]
    lines += [wording.probability_sentence(_, entry) for entry in wording.likely_levels(result)]
    return lines + [wording.evidence_sentence(_, evidence) for evidence in result.evidence]


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


def export_rubrics(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import rubrics

    kind = options.format or options.out.suffix.lstrip(".").lower()
    format = rubrics.DocumentFormat(kind if kind in _FORMATS else "pdf")
    document = rubrics.export_rubrics(open_site(), SYSTEM, _filter(options), format, _LANGUAGES[options.document])
    options.out.write_bytes(document)
    output.show({"file": str(options.out), "bytes": len(document)}, [str(options.out)])
    return 0


def _filter(options: argparse.Namespace) -> RubricFilter:
    from phonics_app.workflows.rubrics import RubricFilter, RubricKind

    return RubricFilter(
        tuple(RubricKind(k) for k in options.kind),
        tuple(options.level),
        tuple(Stage(s) for s in options.stage),
        tuple(Strand(s) for s in options.strand),
        tuple(options.framework),
    )
