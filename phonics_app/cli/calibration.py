"""Commands that calibrate items on answers, and score persons by them."""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterable
from pathlib import Path

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_overwrite, write_file
from phonics_app.cli.output import Output, fields_of
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.sheet_cells import write_csv

_ITEM_COLUMNS = ("item", "a", "b", "se_a", "se_b", "n", "infit", "outfit")
_PERSON_COLUMNS = ("person", "theta", "se", "n")
_MODELS = ("rasch", "2pl")
_ENGINES = ("local", "spark")


def add_commands(commands: Commands) -> None:
    """calibrate, score."""
    _ = commands.translate
    help = _("estimate how difficult items are, and how sharply they tell, from answers")
    parser = commands.add("calibrate", calibrate, help, "answers.csv --out parameters.csv --model rasch")
    parser.add_argument(
        "answers",
        type=Path,
        metavar="RESPONSES",
        help=_("CSV or Parquet, a file or a folder, with columns person, item, score (0 or 1)"),
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("file to write"))
    parser.add_argument("--model", choices=_MODELS, default=_MODELS[1], help=_("rasch: all items tell alike"))
    parser.add_argument(
        "--anchors", type=Path, metavar="FILE", help=_("CSV with columns item, a, b: these stay as they are")
    )
    parser.add_argument("--groups", default="", metavar="COLUMN", help=_("column that tells each person's group"))
    parser.add_argument(
        "--difficulty-prior", type=float, nargs=2, metavar=("MEAN", "SD"), help=_("difficulties expected beforehand")
    )
    parser.add_argument(
        "--slope-prior", type=float, metavar="SD", help=_("spread expected of the logarithms of slopes")
    )
    parser.add_argument(
        "--engine", choices=_ENGINES, default=_ENGINES[0], help=_("spark: for more answers than one computer holds")
    )
    parser.add_argument("--master", metavar="URL", default="local[*]", help=_("where Spark runs (default local[*])"))
    add_overwrite(parser, _)
    help = _("estimate abilities from answers and item parameters")
    parser = commands.add("score", score, help, "answers.csv --params parameters.csv --out abilities.csv")
    parser.add_argument(
        "answers", type=Path, metavar="RESPONSES", help=_("CSV with columns person, item, score (0 or 1)")
    )
    parser.add_argument("--params", type=Path, required=True, metavar="FILE", help=_("CSV with columns item, a, b"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("file to write"))
    parser.add_argument("--mean", type=float, default=0.0, help=_("mean ability expected beforehand (default 0)"))
    parser.add_argument("--sd", type=float, default=1.0, help=_("spread of abilities expected beforehand (default 1)"))
    add_overwrite(parser, _)


def calibrate(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.calibration import Engine, FileCalibration, Model, calibrate_file

    found: list[FileCalibration] = []

    def make() -> bytes:
        found.append(
            calibrate_file(
                SYSTEM,
                options.answers,
                Model(options.model),
                options.anchors,
                options.groups,
                tuple(options.difficulty_prior) if options.difficulty_prior else None,
                options.slope_prior,
                output.progress(),
                Engine(options.engine),
                options.master,
            )
        )
        return csv_table(_ITEM_COLUMNS, ([getattr(item, name) for name in _ITEM_COLUMNS] for item in found[0].items))

    write_file(options, make)
    result, _ = found[0], output.translate
    summary = {
        "log_likelihood": result.log_likelihood,
        "iterations": result.iterations,
        "converged": result.converged,
        "groups": [fields_of(group) for group in result.groups],
    }
    ending = (
        _("Converged after {count} iterations.") if result.converged else _("NOT converged after {count} iterations.")
    )
    lines = [
        ending.format(count=result.iterations),
        f"{_('Log likelihood')}: {result.log_likelihood:.4f}",
        *(
            _("Group {group}: {persons} persons, mean {mean}, standard deviation {sd}").format(
                group=group.group or "–", persons=group.persons, mean=f"{group.mean:.4f}", sd=f"{group.sd:.4f}"
            )
            for group in result.groups
        ),
        str(options.out),
    ]
    output.show(summary, lines)
    return 0 if result.converged else 1


def score(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.calibration import score_file

    persons = 0

    def make() -> bytes:
        nonlocal persons
        found = score_file(SYSTEM, options.answers, options.params, options.mean, options.sd)
        persons = len(found)
        return csv_table(_PERSON_COLUMNS, ([getattr(person, name) for name in _PERSON_COLUMNS] for person in found))

    write_file(options, make)
    output.show({"persons": persons, "file": str(options.out)}, [str(options.out)])
    return 0


def csv_table(columns: tuple[str, ...], rows: Iterable[list[object]]) -> bytes:
    """For programs: plain numbers, UTF-8 without a mark, an empty cell where there is no value."""
    text = io.StringIO(newline="")
    write_csv(text, [columns, *([_cell(value) for value in row] for row in rows)], "\n")
    return text.getvalue().encode()


def _cell(value: object) -> object:
    return f"{value:.6f}" if isinstance(value, float) else "" if value is None else value
