"""Commands for a pupil's own data: hand out all that is held."""

from __future__ import annotations

import argparse
from pathlib import Path

from phonics_app.cli.commands import Commands, add_pupil
from phonics_app.cli.documents import add_overwrite, write_file
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM


def add_commands(commands: Commands) -> None:
    """export-pupil-data."""
    _ = commands.translate
    help = _("hand out all that is held on a pupil: PDF, JSON and CSV in one ZIP file")
    parser = commands.add("export-pupil-data", export_pupil_data, help, "{id} --out pupil.zip")
    add_pupil(parser, _)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("file to write"))
    add_overwrite(parser, _)


def export_pupil_data(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.pupil_data_wording import table_title
    from phonics_app.workflows import pupil_data

    phonics = open_site()
    found = pupil_data.pupil_holdings(phonics, SYSTEM, options.pupil)
    size = write_file(options, lambda: pupil_data.export_pupil_data(phonics, SYSTEM, options.pupil))
    lines = [f"{table_title(name, output.language)}: {count:,}" for name, count in found.counts.items()]
    told = {"file": str(options.out), "bytes": size, "rows": found.counts, "audit_entries": found.acts}
    output.show(told, [*lines, str(options.out)])
    return 0
