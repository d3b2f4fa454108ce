"""Reading the command line, running the command, saying what went wrong."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from phonics_app.cli import (
    accounts,
    attempts,
    audit,
    backups,
    bank,
    bank_files,
    calibration,
    calibrations,
    classes,
    content,
    dashboards,
    difficulty,
    forms,
    history,
    invitations,
    item_analysis,
    level_classes,
    levels,
    merging,
    moving,
    oneroster,
    onet,
    passages,
    privacy,
    pupil_data,
    pupils,
    research,
    retention,
    roster,
    rubrics,
    schools,
    simulation,
    site,
    site_items,
    speech,
    tables,
    transfers,
    year_turn,
)
from phonics_app.cli.commands import Commands
from phonics_app.cli.output import Output
from phonics_app.cli.wrong_use import in_words
from phonics_app.domain.errors import PhonicsError
from phonics_app.locales import DEFAULT_LANGUAGE, LANGUAGES, Translate, translator

MODULES = (
    site,
    backups,
    moving,
    schools,
    accounts,
    invitations,
    pupils,
    merging,
    transfers,
    pupil_data,
    roster,
    oneroster,
    classes,
    level_classes,
    year_turn,
    attempts,
    history,
    dashboards,
    onet,
    tables,
    rubrics,
    levels,
    bank,
    bank_files,
    speech,
    content,
    forms,
    passages,
    difficulty,
    calibration,
    calibrations,
    item_analysis,
    site_items,
    simulation,
    audit,
    research,
    privacy,
    retention,
)
"""In the order in which help lists their commands."""


class _Parser(argparse.ArgumentParser):
    """argparse with its own words in the reader's language."""

    translate: Translate = staticmethod(translator(DEFAULT_LANGUAGE))

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **{**options, "add_help": False})  # type: ignore[arg-type]
        self.formatter_class = argparse.RawDescriptionHelpFormatter
        _ = self.translate
        self._positionals.title = _("What to work on")
        self._optionals.title = _("Options")
        self.add_argument("-h", "--help", action="help", help=_("show this help"))

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", self.translate("usage: "), 1)

    def error(self, message: str) -> NoReturn:
        _ = self.translate
        print(_("Wrong command: {detail}. See --help.").format(detail=in_words(message, _)), file=sys.stderr)
        sys.exit(2)


def build_parser(language: str) -> argparse.ArgumentParser:
    """The parser of all commands, its help in `language`."""
    _ = translator(language)
    _Parser.translate = staticmethod(_)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help=_("print JSON for programs"))
    parser = _Parser(
        prog="python -m phonics_app",
        description=_("Phonics Nine without a screen."),
        epilog=" ".join(
            [
                _("Exit codes: 0 done, 1 refused or failed, 2 wrong command."),
                _("PHONICS_DATA_DIR and PHONICS_DATABASE_URL say where the data are."),
            ]
        ),
    )
    parser.add_argument("--language", choices=LANGUAGES, default=language, help=_("language of messages"))
    commands = parser.add_subparsers(title=_("Commands"), metavar=_("COMMAND"), required=True, parser_class=_Parser)
    for module in MODULES:
        module.add_commands(Commands(commands.add_parser, shared, _))
    return parser


def chosen_language(arguments: Sequence[str]) -> str:
    """The language asked for anywhere on the command line, else by `PHONICS_LANGUAGE`, else the default."""
    for place, argument in enumerate(arguments):
        named = arguments[place + 1] if argument == "--language" and place + 1 < len(arguments) else ""
        for text in (named, argument.removeprefix("--language=")):
            if text in LANGUAGES:
                return text
    wanted = os.environ.get("PHONICS_LANGUAGE", "")
    return wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    language = chosen_language(arguments)
    options = build_parser(language).parse_args(arguments)
    output = Output(language, options.json)
    try:
        code: int = options.run(options, output)
    except PhonicsError as error:
        output.error(error)
        return 1
    except BrokenPipeError:
        # Whoever reads (`| head`) has seen enough. What is left in the buffer would be tried once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        output.error(PhonicsError("cli.file", {"name": error.filename or "?", "reason": error.strerror or str(error)}))
        return 1
    return code
