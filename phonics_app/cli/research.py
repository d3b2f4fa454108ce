"""The command that gives out records for research."""

from __future__ import annotations

import argparse
from pathlib import Path

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_overwrite, write_file
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM

_STEPS = ("no_schools", "no_sex", "stages", "years", "unlinked")


def add_commands(commands: Commands) -> None:
    """export-research."""
    _ = commands.translate
    help = _("give out records for research in which nobody can be recognised; without --out it only checks")
    example = "--stages --years --purpose thesis --receiver CMU --out research.zip"
    parser = commands.add("export-research", export_research, help, example)
    parser.add_argument("--purpose", default="", metavar="TEXT", help=_("what the records are for"))
    parser.add_argument("--receiver", default="", metavar="TEXT", help=_("who gets them"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=_("file to write"))
    parser.add_argument("--no-schools", action="store_true", help=_("leave schools out"))
    parser.add_argument("--no-sex", action="store_true", help=_("leave sex out"))
    parser.add_argument("--stages", action="store_true", help=_("stages instead of grades"))
    parser.add_argument("--years", action="store_true", help=_("years instead of terms"))
    parser.add_argument("--unlinked", action="store_true", help=_("tests of one pupil not linked"))
    add_overwrite(parser, _)


def export_research(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.labels import school_names
    from phonics_app.reports.research_wording import coarseness_text, group_text
    from phonics_app.workflows import research
    from phonics_app.workflows.schools import list_schools

    phonics, _ = open_site(), output.translate
    coarse = research.Coarseness(**{step: getattr(options, step) for step in _STEPS})
    if options.out is not None:
        size = write_file(
            options,
            lambda: research.export_research(phonics, SYSTEM, coarse, options.purpose, options.receiver),
        )
        output.show({"file": str(options.out), "bytes": size}, [str(options.out)])
        return 0
    found = research.check_research(phonics, SYSTEM, coarse)
    names = school_names(list_schools(phonics, SYSTEM), output.language)
    lines = [_("{n} tests of {pupils} pupils").format(n=found.records, pupils=found.pupils)]
    lines += [f"{group_text(group, names, output.language)}: {group.pupils}" for group in found.small]
    lines += [_("Coarse enough: {steps}").format(steps=coarseness_text(c, output.language)) for c in found.enough]
    output.show(found, lines)
    return 1 if found.small else 0
