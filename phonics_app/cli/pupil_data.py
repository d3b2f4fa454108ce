"""Commands for pupils' own data: hand out all that is held, erase it for ever."""

from __future__ import annotations

import argparse
from pathlib import Path

from phonics_app.cli.commands import Commands, add_pupil
from phonics_app.cli.documents import add_overwrite, write_file
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM


def add_commands(commands: Commands) -> None:
    """export-pupil-data, erase-pupils, apply-erasures."""
    _ = commands.translate
    help = _("hand out all that is held on a pupil: PDF, JSON and CSV in one ZIP file")
    parser = commands.add("export-pupil-data", export_pupil_data, help, "{id} --out pupil.zip")
    add_pupil(parser, _)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("file to write"))
    add_overwrite(parser, _)
    help = _("erase all that is held on pupils, for ever; without --confirm it only says what would go")
    parser = commands.add("erase-pupils", erase_pupils, help, "{id} --confirm 1001")
    parser.add_argument("pupils", nargs="+", metavar="PUPIL", help=_("the pupil's id, as list-pupils shows it"))
    help = _("number or name of the pupil; of several, how many they are")
    parser.add_argument("--confirm", metavar="TEXT", help=help)
    help = _("erase again whoever came back with an older copy of the database")
    commands.add("apply-erasures", apply_erasures, help)


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


def erase_pupils(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.pupil_data_wording import erasure_sentences, table_title
    from phonics_app.workflows import erasure

    phonics = open_site()
    _, language = output.translate, output.language
    if options.confirm is None:
        preview = erasure.preview_erasure(phonics, SYSTEM, options.pupils)
        lines = [f"{table_title(name, language)}: {count:,}" for name, count in preview.goes.items()]
        lines += erasure_sentences(preview.kept, preview.missing, language)
        lines.append(_("Nothing was erased yet. To erase: --confirm {text}").format(text=preview.to_type[0]))
        told = {"pupils": len(preview.pupils), "rows": preview.goes, "kept": preview.kept, "missing": preview.missing}
        output.show(told | {"erased": False}, lines)
        return 0
    done = erasure.erase_pupils(phonics, SYSTEM, options.pupils, options.confirm, output.progress())
    lines = [_("Erased for ever: {n} pupils.").format(n=done.pupils)]
    lines += (
        []
        if done.scrubbed
        else [_("Traces may stay in the database's files until it is cleaned: see docs/privacy.md.")]
    )
    told = {"pupils": done.pupils, "rows": done.goes, "erased": True, "scrubbed": done.scrubbed}
    output.show(told, lines)
    return 0


def apply_erasures(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import erasure

    phonics = open_site()
    count = erasure.apply_erasures(phonics.store, phonics.settings.data_dir)
    output.show({"pupils": count}, [output.translate("Erased for ever: {n} pupils.").format(n=count)])
    return 0
