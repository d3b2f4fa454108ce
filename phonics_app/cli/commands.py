"""How a command is declared, and arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from phonics_app.cli.output import Output
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.paging import MOST, Page, Wanted
from phonics_app.domain.school import School
from phonics_app.locales import Translate

if TYPE_CHECKING:
    from phonics_app.workflows.context import Phonics

T = TypeVar("T")
Run = Callable[[argparse.Namespace, Output], int]
"""Does the work of a command; returns its exit code."""
_EXAMPLE_ID = "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Commands:
    """Where a module adds its commands."""

    add_parser: Callable[..., argparse.ArgumentParser]
    shared: argparse.ArgumentParser
    translate: Translate

    def add(self, name: str, run: Run, help: str, example: str = "") -> argparse.ArgumentParser:
        """A new command; `help` is already translated.

        `example`: its arguments as one would type them; {school} and {id} stand for a school and an id.
        `options.refuse` ends the command as wrongly used (code 2), for faults that argparse can't see.
        """
        parser = self.add_parser(name, parents=[self.shared], help=help, description=help)
        typed = example.format(school=self.translate("Chamthewi"), id=_EXAMPLE_ID)
        parser.epilog = f"{self.translate('Example:')} {parser.prog} {typed}".rstrip()
        parser.set_defaults(run=run, refuse=parser.error)
        return parser


def add_school(parser: argparse.ArgumentParser, _: Translate, required: bool = True, help: str = "") -> None:
    which = _("id, ten-digit code, or a part of the school's name")
    parser.add_argument("--school", required=required, help=f"{which}; {help}" if help else which)


def add_year(parser: argparse.ArgumentParser, _: Translate) -> None:
    parser.add_argument("--year", type=int, help=_("academic year of the Buddhist era (default: the present one)"))


def add_class(parser: argparse.ArgumentParser, _: Translate) -> None:
    parser.add_argument("--grade", type=grade_of, help=_("one grade only, such as P3 or ป.3"))
    parser.add_argument("--room", help=_("one room only"))


def add_paging(parser: argparse.ArgumentParser, _: Translate) -> None:
    parser.add_argument("--limit", type=int, default=MOST, help=_("rows in one page (at most 500)"))
    parser.add_argument("--page", type=int, default=1, help=_("which page, counted from 1"))


def wanted_of(options: argparse.Namespace) -> Wanted:
    return Wanted(options.page, options.limit)


def paged_lines(output: Output, page: Page[T], lines: list[str]) -> list[str]:
    """The lines of a page; where it is not all there is, a last one says so."""
    if len(page.rows) == page.total:
        return lines
    shown = output.translate("{first}–{last} of {total}")
    return [*lines, shown.format(first=page.first, last=page.last, total=page.total)]


def add_attempt(parser: argparse.ArgumentParser, _: Translate) -> None:
    parser.add_argument("attempt", help=_("the test's id, as list-attempts shows it"))


def add_pupil(parser: argparse.ArgumentParser, _: Translate) -> None:
    parser.add_argument("pupil", help=_("the pupil's id, as list-pupils shows it"))


def year_of(options: argparse.Namespace, phonics: Phonics) -> int:
    """The academic year asked for, else the present one."""
    from phonics_app.workflows.rounds import current_round

    return int(options.year) if options.year is not None else current_round(phonics).year


def find_school(phonics: Phonics, wanted: str) -> School:
    """The one school whose id or code is `wanted`, or whose name holds it; `ProblemsFound` when none or several."""
    from phonics_app.workflows.schools import list_schools

    schools = list_schools(phonics, SYSTEM)
    exact = [s for s in schools if wanted in (s.id, s.code, s.name.th, s.name.en)]
    found = exact or [s for s in schools if wanted.casefold() in f"{s.name.th}\n{s.name.en}".casefold()]
    if wanted and len(found) == 1:
        return found[0]
    expected = ", ".join(s.name.th for s in found or schools)
    raise ProblemsFound([Problem("cli.school", Place(column="--school"), wanted, expected)], "cli.refused")


def grade_of(text: str) -> Grade:
    """A grade's code (P3) or its Thai short name (ป.3), as argparse's `type`."""
    for grade in Grade:
        if text.upper() == grade.value or text == grade.label("th"):
            return grade
    raise argparse.ArgumentTypeError(f"{text!r}: {', '.join(g.value for g in Grade)}")


def class_of(text: str) -> tuple[Grade, str]:
    """Grade and room as schools write them: P3/2, ป.3/2; P3 where a grade has one room only."""
    grade, _, room = text.partition("/")
    return grade_of(grade), room.strip()


def round_of(text: str) -> Round:
    """Term and academic year as schools write them (1/2569), as argparse's `type`."""
    term, _, year = text.partition("/")
    if term in ("1", "2") and year.isascii() and year.isdecimal() and len(year) == 4:
        return Round(int(year), int(term))
    raise argparse.ArgumentTypeError(f"{text!r}: 1/2569, 2/2569 …")
