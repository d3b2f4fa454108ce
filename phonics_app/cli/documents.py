"""Files that commands write: each whole or not at all, none over another by accident."""

from __future__ import annotations

import argparse
import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.output import Output
from phonics_app.domain.errors import PhonicsError
from phonics_app.locales import LANGUAGES, Translate

if TYPE_CHECKING:
    from phonics_app.workflows.exports import ExportFormat

TABLES = ("pdf", "csv", "xlsx")
"""Formats of what the pages offer for printing and as a table."""


def add_document(
    parser: argparse.ArgumentParser, _: Translate, formats: Sequence[str], languages: Sequence[str] = LANGUAGES
) -> None:
    """What every command that writes a document asks for."""
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("file to write"))
    parser.add_argument("--format", choices=formats, help=_("kind of document (default: by the file's name)"))
    parser.add_argument(
        "--language", dest="document", choices=languages, help=_("of the document (default: that of messages)")
    )
    add_overwrite(parser, _)
    parser.set_defaults(formats=tuple(formats))


def add_overwrite(parser: argparse.ArgumentParser, _: Translate) -> None:
    parser.add_argument("--overwrite", action="store_true", help=_("replace the file if there is one"))


def language_of(options: argparse.Namespace, output: Output) -> str:
    return str(options.document or output.language)


def format_of(options: argparse.Namespace, output: Output) -> str:
    """The format named, else that of the file's ending; ends the command where neither says one."""
    kind = options.format or options.out.suffix.lstrip(".").lower()
    if kind not in options.formats:
        text = output.translate("{file} does not end in {formats}; say which with --format")
        options.refuse(text.format(file=options.out.name, formats=", ".join(f".{f}" for f in options.formats)))
    return str(kind)


def table_format_of(options: argparse.Namespace, output: Output) -> ExportFormat:
    """The same for `TABLES`."""
    from phonics_app.workflows.exports import ExportFormat

    return ExportFormat(format_of(options, output))


def free_target(path: Path, overwrite: bool) -> Path:
    """Where the file will stand; asked before it is made, so that a refusal leaves no trace.

    `PhonicsError` "cli.file_exists" for one that may not be replaced.
    """
    target = path.resolve()
    # What is no plain file (a folder, a device) is never replaced.
    if target.exists() and not (overwrite and target.is_file()):
        raise PhonicsError("cli.file_exists", {"name": str(path)})
    return target


def write_document(options: argparse.Namespace, output: Output, make: Callable[[], bytes]) -> int:
    """Makes the document, writes it to `--out`, says so."""
    size = write_file(options, make)
    output.show({"file": str(options.out), "bytes": size}, [str(options.out)])
    return 0


def write_file(options: argparse.Namespace, make: Callable[[], bytes]) -> int:
    """Makes the document and writes it to `--out`, where nobody else on the machine may read it; its size."""
    from phonics_app.workflows.private_files import write_private

    target = free_target(options.out, options.overwrite)
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(options.out))
    document = make()
    write_private(target, document)
    return len(document)
