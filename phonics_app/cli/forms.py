"""The commands that assemble parallel forms and print them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import (
    TABLES,
    add_document,
    add_overwrite,
    language_of,
    table_format_of,
    write_document,
)
from phonics_app.cli.output import Output, describe, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.codec import encode
from phonics_app.domain.errors import Problem

if TYPE_CHECKING:
    from phonics_app.workflows.forms import Assembly


def add_commands(commands: Commands) -> None:
    """assemble-forms, export-form."""
    _ = commands.translate
    help = _("choose the items of parallel forms: level check, one-minute probes, class listening, paper")
    parser = commands.add("assemble-forms", assemble_forms, help, "--blueprint level-check --level 4")
    parser.add_argument("--blueprint", default="", help=_("forms of one blueprint only, such as level-check"))
    levels = _("forms whose highest level this is (default: all); may be given several times")
    parser.add_argument("--level", action="append", type=int, default=[], help=levels)
    parser.add_argument("--out", type=Path, metavar="FILE", help=_("write the forms as JSON to this file"))
    add_overwrite(parser, _)
    help = _("write a form as sheets for pupil and teacher (PDF), or its items as a table")
    parser = commands.add("export-form", export_form, help, "level-check --level 4 --form A --out form.pdf")
    parser.add_argument("blueprint", help=_("the kind of form, such as level-check"))
    parser.add_argument("--level", type=int, required=True, help=_("highest level of the form"))
    parser.add_argument("--form", default="", metavar="A", help=_("letter of the form (default: all forms)"))
    add_document(parser, _, TABLES)


def assemble_forms(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import forms

    made = forms.assemble_forms(open_site(), SYSTEM, options.blueprint, options.level)
    data = [_fields(assembly) for assembly in made]
    if options.out:
        write_document(options, output, lambda: json.dumps(data, ensure_ascii=False, indent=2).encode())
    else:
        output.show(data, [line for assembly in made for line in _lines(assembly, output)])
    problems = [problem for assembly in made for problem in _problems(assembly)]
    output.problems(problems)
    return 1 if any(not problem.warning for problem in problems) else 0


def _problems(assembly: Assembly) -> tuple[Problem, ...]:
    return (*assembly.problems, *(assembly.forms.notes if assembly.forms else ()))


def _fields(assembly: Assembly) -> dict[str, object]:
    return {
        "blueprint": assembly.blueprint.id,
        "levels": list(assembly.levels),
        "forms": encode(assembly.forms),
        "problems": describe(_problems(assembly)),
    }


def _lines(assembly: Assembly, output: Output) -> list[str]:
    _ = output.translate
    made = assembly.forms
    name = assembly.blueprint.name.in_language(output.language)
    levels = ", ".join(str(number) for number in assembly.levels)
    if made is None:
        return [_("{name}, level {levels}: not enough items").format(name=name, levels=levels)]
    told = _("{name}, level {levels}: largest difference {difference} of {maximum}")
    share = f"{made.difference:.1%}"
    head = told.format(name=name, levels=levels, difference=share, maximum=f"{made.maximum:g}")
    return [head, *(f"  {form.letter}  {' '.join(form.items)}" for form in made.forms)]


def export_form(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import forms

    format, language = table_format_of(options, output), language_of(options, output)
    chosen = (options.blueprint, options.level, options.form.upper())
    return write_document(
        options, output, lambda: forms.export_form(open_site(), SYSTEM, *chosen, format=format, language=language)
    )
