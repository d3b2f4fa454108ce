"""Commands of the passages for reading aloud."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_document, format_of, language_of, write_document
from phonics_app.cli.output import Output, fields_of, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.bank import ItemStatus

if TYPE_CHECKING:
    from phonics_app.domain.analysis import WordAnalysis
    from phonics_app.domain.passage import Passage
    from phonics_app.workflows.passages import PassageView


def add_commands(commands: Commands) -> None:
    """list-passages, export-passage."""
    _ = commands.translate
    help = _("list the passages for reading aloud, with --json all that a teacher needs")
    parser = commands.add("list-passages", list_passages, help, "--level 4 --json")
    parser.add_argument("--level", type=int, help=_("of one level only"))
    parser.add_argument("--status", choices=[status.value for status in ItemStatus], help=_("only what stands so"))
    help = _("write passages as PDF: a sheet to read from and a sheet for the teacher")
    parser = commands.add("export-passage", export_passage, help, "PS-0401 --out passage.pdf")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("passage", nargs="?", default="", help=_("the passage's id, as list-passages shows it"))
    which.add_argument("--level", type=int, help=_("all passages in use of one level"))
    add_document(parser, _, ("pdf",))


def list_passages(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import passages

    phonics = open_site()
    status = ItemStatus(options.status) if options.status else None
    found = passages.list_passages(phonics, SYSTEM, options.level, status)
    data = [_fields(passages.view_passage(phonics, SYSTEM, one.id)) for one in found] if output.json else []
    told = output.translate("Passages: {n}").format(n=len(found))
    output.show(data, [*(_line(passage, output) for passage in found), told])
    return 0


def _line(passage: Passage, output: Output) -> str:
    title, words = passage.title.in_language(output.language), len(passage.words)
    return f"{passage.id:<8} {passage.level}  {passage.status.value:<8} {words:>4}  {title}"


def _fields(view: PassageView) -> dict[str, object]:
    """The passage as its file has it; its lines with the words up to the end of each; shares are from 0 to 1."""
    found = view.decodability
    return {
        **fields_of(view.passage),
        "lines": [{"number": line.number, "text": line.text, "total": line.total} for line in view.passage.lines],
        "words": found.words,
        "decodable_share": found.share,
        "decodable_share_of_all": found.share_of_all,
        "heart_share": found.heart_share,
        "levels_of_heart_words": _levels(view.heart_words),
        "not_yet_decodable": _levels(view.later),
        "practises": [{"grapheme": one.grapheme, "sound": one.ipa, "words": one.words} for one in view.new],
    }


def _levels(words: tuple[WordAnalysis, ...]) -> dict[str, int | None]:
    return {word.word: word.level for word in words}


def export_passage(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import passages

    format_of(options, output)
    language, phonics = language_of(options, output), open_site()
    return write_document(
        options,
        output,
        lambda: passages.export_passages(phonics, SYSTEM, options.passage, options.level, language=language),
    )
