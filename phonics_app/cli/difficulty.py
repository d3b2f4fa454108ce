"""Commands for predicted difficulty."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_overwrite, free_target
from phonics_app.cli.output import Output, fields_of, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.bank import Difficulty, DifficultySource, Item
from phonics_app.domain.codec import encode
from phonics_app.domain.strand import Task
from phonics_app.locales import N_, Translate
from phonics_app.reports.difficulty import origin_text

if TYPE_CHECKING:
    from phonics_app.workflows.difficulty import Model

_KEPT_OUT = {
    "level_and_task": N_("Without the other items of the same level and task:"),
    "word": N_("Without the other items of the same word:"),
    "task": N_("Without any item of the same task:"),
}
_WORD_TASKS = ("read_word", "read_pseudo_word", "spell_word")


def add_commands(commands: Commands) -> None:
    """predict-difficulty, train-difficulty."""
    _ = commands.translate
    help = _("predict how difficult items are, from their features")
    parser = commands.add("predict-difficulty", predict_difficulty, help, "--word cake --word ship")
    what = parser.add_mutually_exclusive_group(required=True)
    several = _("may be given several times")
    what.add_argument("--word", action="append", default=[], help=f"{_('a word to be read or written')}; {several}")
    what.add_argument("--item", action="append", default=[], help=f"{_('the id of an item of the bank')}; {several}")
    parser.add_argument("--task", choices=_WORD_TASKS, default=_WORD_TASKS[0], help=_("what is asked of the words"))
    parser.add_argument("--level", type=int, help=_("for which level the words are meant (default: by their letters)"))
    help = _("fit the model of difficulties anew on the present item bank")
    parser = commands.add("train-difficulty", train_difficulty, help, "--out model.json")
    out = _("where to (default: in the place of the model in use)")
    parser.add_argument("--out", type=Path, metavar="FILE", help=out)
    parser.add_argument("--quick", action="store_true", help=_("without the comparison that takes longest"))
    add_overwrite(parser, _)


def predict_difficulty(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import difficulty

    phonics = open_site()
    model = difficulty.difficulty_model(phonics, SYSTEM)
    if options.item:
        items = difficulty.find_items(phonics, SYSTEM, options.item)
    else:
        items = difficulty.items_of_words(phonics, SYSTEM, options.word, Task(options.task), options.level)
    found = list(zip(items, difficulty.predict_difficulty(phonics, SYSTEM, items), strict=True))
    lines = [_line(output.translate, item, predicted) for item, predicted in found]
    data = {"model": _origin(model), "items": [_fields(item, predicted) for item, predicted in found]}
    output.show(data, [*lines, _origin_text(output.translate, model)])
    return 0


def _line(_: Translate, item: Item, predicted: Difficulty) -> str:
    text = _("{item} ({key}), level {level}: {value:+.2f} ± {error:.2f}")
    line = text.format(
        item=item.id, key=item.key, level=item.level, value=predicted.value, error=predicted.standard_error
    )
    if item.difficulty.source is DifficultySource.PREDICTED:
        return line
    own = _("in the bank: {value:+.2f} ± {error:.2f}")
    return f"{line}; {own.format(value=item.difficulty.value, error=item.difficulty.standard_error)}"


def _fields(item: Item, predicted: Difficulty) -> dict[str, object]:
    bank = None if item.difficulty.source is DifficultySource.PREDICTED else encode(item.difficulty)
    place = {"item": item.id, "key": item.key, "level": item.level, "task": item.task.value}
    return {**place, **fields_of(predicted), "bank": bank}


def _origin(model: Model) -> dict[str, object]:
    return {**fields_of(model.training), "typical_error": model.error.typical, "level_step": model.level_step}


def _origin_text(_: Translate, model: Model) -> str:
    training = model.training
    return origin_text(_, training.items, training.calibrated, model.error.typical, model.level_step)


def train_difficulty(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import difficulty

    target = free_target(options.out, options.overwrite) if options.out else None
    model = difficulty.train_difficulty(open_site(), SYSTEM, target, options.quick)
    output.show(model, list(_report(output.translate, model)))
    return 0


def _report(_: Translate, model: Model) -> list[str]:
    """Two figures for each way to predict, over all and within levels, so that nobody is blinded by the first."""
    row = _("  {name:<20} error {rmse:.3f}, within levels {within:.3f}, R² {r2:.4f}")
    lines = [_origin_text(_, model)]
    for kind, title in _KEPT_OUT.items():
        fits = model.validation[kind].items()
        lines += [_(title)]
        lines += [row.format(name=name, rmse=f.rmse, within=f.within_level, r2=f.r2) for name, f in fits]
    spread = _("Ratings differ within a level by {spread:.2f}; R² is high because levels alone explain most.")
    cover = _("Intervals of 80 % and 95 % held {c80:.1%} and {c95:.1%} of ratings that the model had not seen.")
    return [
        *lines,
        spread.format(spread=model.spread_within_level),
        cover.format(c80=model.coverage["80"], c95=model.coverage["95"]),
        _("These errors are against experts' ratings. How well experts rate is not known until pupils have answered."),
        _("Chosen: {method}").format(method=model.method),
    ]
