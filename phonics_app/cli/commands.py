"""How a command is declared, and arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phonics_app.cli.output import Output
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import School
from phonics_app.locales import Translate

if TYPE_CHECKING:
    from phonics_app.workflows.context import Phonics

Run = Callable[[argparse.Namespace, Output], int]
"""Does the work of a command; returns its exit code."""


@dataclass(frozen=True, slots=True)
class Commands:
    """Where a module adds its commands."""

    add_parser: Callable[..., argparse.ArgumentParser]
    shared: argparse.ArgumentParser
    translate: Translate

    def add(self, name: str, run: Run, help: str) -> argparse.ArgumentParser:
        """A new command; `help` is already translated."""
        parser = self.add_parser(name, parents=[self.shared], help=help, description=help)
        parser.set_defaults(run=run)
        return parser


def add_school(parser: argparse.ArgumentParser, _: Translate, required: bool = True) -> None:
    parser.add_argument("--school", required=required, help=_("id, ten-digit code, or a part of the school's name"))


def add_year(parser: argparse.ArgumentParser, _: Translate) -> None:
    parser.add_argument("--year", type=int, help=_("academic year of the Buddhist era (default: the present one)"))


def year_of(options: argparse.Namespace, phonics: Phonics) -> int:
    """The academic year asked for, else the present one."""
    from phonics_app.workflows.rounds import current_round

    return int(options.year) if options.year else current_round(phonics).year


def find_school(phonics: Phonics, wanted: str) -> School:
    """The one school whose id or code is `wanted`, or whose name holds it; `ProblemsFound` when none or several."""
    from phonics_app.workflows.schools import list_schools

    schools = list_schools(phonics, SYSTEM)
    exact = [s for s in schools if wanted in (s.id, s.code, s.name.th, s.name.en)]
    found = exact or [s for s in schools if wanted.casefold() in f"{s.name.th}\n{s.name.en}".casefold()]
    if len(found) == 1:
        return found[0]
    expected = ", ".join(s.name.th for s in found or schools)
    raise ProblemsFound([Problem("cli.school", Place(column="--school"), wanted, expected)], "cli.refused")


def grade_of(text: str) -> Grade:
    """A grade's code (P3) or its Thai short name (ป.3), as argparse's `type`."""
    for grade in Grade:
        if text.upper() == grade.value or text == grade.label("th"):
            return grade
    raise argparse.ArgumentTypeError(f"{text!r}: {', '.join(g.value for g in Grade)}")
