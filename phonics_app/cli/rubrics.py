"""The command that writes rubrics."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_document, format_of, language_of, write_document
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.grade import Stage
from phonics_app.domain.strand import Strand

if TYPE_CHECKING:
    from phonics_app.workflows.rubrics import RubricFilter

_KINDS = ("performance", "promotion", "frameworks")
_LANGUAGES = {"th": ("th",), "en": ("en",), "both": ("th", "en")}


def add_commands(commands: Commands) -> None:
    """export-rubrics."""
    _ = commands.translate
    example = "--level 4 --kind performance --language both --out rubrics.pdf"
    parser = commands.add("export-rubrics", export_rubrics, _("write rubrics as PDF, Word or Excel"), example)
    add_document(parser, _, ("pdf", "docx", "xlsx"), tuple(_LANGUAGES))
    stages, strands = [s.value for s in Stage], [s.value for s in Strand]
    parser.add_argument("--kind", action="append", choices=_KINDS, default=[], help=_("which rubrics (default: all)"))
    parser.add_argument("--level", action="append", type=int, default=[], help=_("which levels (default: all)"))
    parser.add_argument("--stage", action="append", choices=stages, default=[], help=_("which stages (default: all)"))
    parser.add_argument(
        "--strand", action="append", choices=strands, default=[], help=_("which strands (default: all)")
    )
    parser.add_argument("--framework", action="append", type=int, default=[], help=_("which frameworks (default: all)"))


def export_rubrics(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import rubrics

    format = rubrics.DocumentFormat(format_of(options, output))
    languages, chosen = _LANGUAGES[language_of(options, output)], _filter(options)
    phonics = open_site()
    return write_document(options, output, lambda: rubrics.export_rubrics(phonics, SYSTEM, chosen, format, languages))


def _filter(options: argparse.Namespace) -> RubricFilter:
    from phonics_app.workflows.rubrics import RubricFilter, RubricKind

    return RubricFilter(
        tuple(RubricKind(k) for k in options.kind),
        tuple(options.level),
        tuple(Stage(s) for s in options.stage),
        tuple(Strand(s) for s in options.strand),
        tuple(options.framework),
    )
