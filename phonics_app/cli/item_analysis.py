"""The command that tells people who write items what the answers say of them."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.calibration import csv_table
from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_overwrite, write_file
from phonics_app.cli.output import Output, fields_of
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.codec import encode
from phonics_app.locales import Translate
from phonics_app.reports.item_analysis_wording import finding_text

if TYPE_CHECKING:
    from phonics_app.workflows.item_analysis import DecisionQuality, DifferentialFunctioning, Shift, TestAnalysis

_COLUMNS = (
    "item",
    "n",
    "share_right",
    "difficulty",
    "difficulty_error",
    "slope",
    "slope_error",
    "point_biserial",
    "infit",
    "outfit",
    "median_seconds",
)
_MODELS = ("rasch", "2pl")


def add_commands(commands: Commands) -> None:
    """analyse-items."""
    _ = commands.translate
    help = _("what the answers say of each item: key, difficulty, options, groups that find it harder")
    parser = commands.add("analyse-items", analyse_items, help, "answers.csv --groups school --out items.csv")
    parser.add_argument(
        "answers",
        type=Path,
        metavar="RESPONSES",
        help=_("CSV with columns person, item, score (0 or 1) and, if known, option and seconds"),
    )
    parser.add_argument("--model", choices=_MODELS, default=_MODELS[0], help=_("rasch: all items tell alike"))
    parser.add_argument("--groups", default="", metavar="COLUMN", help=_("column of the groups to be compared"))
    parser.add_argument(
        "--tested-at", default="", metavar="COLUMN", help=_("column that tells at which level each person was tested")
    )
    for name, text in (
        ("blocks", _("CSV with columns item, block: items of one passage or block")),
        ("skills", _("CSV with columns item, skill: groups are compared by skill")),
        ("levels", _("CSV with columns item, level: is the item too easy or too hard for its level?")),
    ):
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=text)
    parser.add_argument(
        "--cuts",
        type=ascending,
        default=(),
        metavar="LOGITS",
        help=_("abilities between which pupils are put, as in --cuts=-1,0.5: how often they are put rightly"),
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help=_("table of all items to write (CSV)"))
    add_overwrite(parser, _)


def ascending(text: str) -> tuple[float, ...]:
    """Numbers with commas between them, as argparse's `type`."""
    try:
        cuts = tuple(float(part) for part in text.split(","))
    except ValueError:
        cuts = ()
    if not cuts or not all(map(math.isfinite, cuts)) or any(low >= high for low, high in pairwise(cuts)):
        raise argparse.ArgumentTypeError(f"{text!r}: -1,0.5,2 …")
    return cuts


def analyse_items(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.item_analysis import THRESHOLDS, AnalysisSources, Model, analyse_items_file

    def run() -> TestAnalysis:
        sources = AnalysisSources(
            options.answers,
            Model(options.model),
            options.groups,
            options.tested_at,
            options.blocks,
            options.skills,
            options.levels,
            options.cuts,
        )
        return analyse_items_file(SYSTEM, sources, output.progress())

    if options.out is None:
        found = run()
    else:
        made: list[TestAnalysis] = []

        def make() -> bytes:
            made.append(run())
            return _table(made[0])

        write_file(options, make)
        found = made[0]
    more = {"thresholds": encode(THRESHOLDS), "file": options.out and str(options.out)}
    output.show(known({**fields_of(found), **more}), list(_lines(output.translate, found, options.out)))
    return 0 if found.converged else 1


def _table(found: TestAnalysis) -> bytes:
    rows = (
        [
            *(known(getattr(item, name)) for name in _COLUMNS),
            " ".join(f.flag.value + (f":{f.option}" if f.option else "") for f in item.findings),
        ]
        for item in found.items
    )
    return csv_table((*_COLUMNS, "findings"), rows)


def known(value: object) -> object:
    """JSON and tables have no NaN: what the answers do not tell is empty."""
    if isinstance(value, dict):
        return {key: known(part) for key, part in value.items()}
    if isinstance(value, list):
        return [known(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _lines(_: Translate, found: TestAnalysis, file: Path | None) -> Iterator[str]:
    text = _("{persons} persons, {answers} answers, {items} items")
    yield text.format(persons=found.persons, answers=found.answers, items=len(found.items))
    if not found.converged:
        yield _("The calculation did not settle: take what follows with care.")
    yield from _reliability_lines(_, found)
    yield from _item_lines(_, found)
    if found.differences is not None:
        yield from _difference_lines(_, found.differences)
    if file is not None:
        yield str(file)


def _reliability_lines(_: Translate, found: TestAnalysis) -> Iterator[str]:
    for told in found.reliability:
        if told.value is None:
            yield _("{group}: too few persons to tell the reliability").format(group=told.group)
        else:
            text = _("Reliability {value}, typical error {error} logits ({group}, {persons} persons)")
            group = told.group or _("all together")
            yield text.format(value=f"{told.value:.2f}", error=f"{told.error:.2f}", group=group, persons=told.persons)
    if found.decisions is not None:
        yield _decision_line(_, found.decisions)
    for block in found.blocks:
        text = _("Block {block}: its items hang together beyond ability (variance {variance} ± {error})")
        if block.variance < 2 * block.standard_error:
            text = _("Block {block}: no sign that its items hang together (variance {variance} ± {error})")
        yield text.format(block=block.block, variance=f"{block.variance:.2f}", error=f"{block.standard_error:.2f}")
    for one in found.block_errors:
        text = _("Block {block}: its mean difficulty is known to ± {corrected} logits, not ± {independent}")
        yield text.format(block=one.block, corrected=f"{one.corrected:.2f}", independent=f"{one.independent:.2f}")
    corrected = found.reliability_corrected
    if corrected is not None and corrected.value is not None:
        text = _("With that counted in: reliability {value}, typical error {error} logits")
        yield text.format(value=f"{corrected.value:.2f}", error=f"{corrected.error:.2f}")


def _decision_line(_: Translate, found: DecisionQuality) -> str:
    text = _(
        "Between the cuts: {accuracy} are put where they truly are; an equal second test would put {consistency} in the"
        " same place (beyond chance {kappa})"
    )
    return text.format(
        accuracy=f"{found.accuracy:.0%}", consistency=f"{found.consistency:.0%}", kappa=f"{found.kappa:.2f}"
    )


def _item_lines(_: Translate, found: TestAnalysis) -> Iterator[str]:
    from phonics_app.workflows.item_analysis import THRESHOLDS, Flag

    few = [item.item for item in found.items if any(f.flag is Flag.TOO_FEW for f in item.findings)]
    told = [(item.item, f) for item in found.items for f in item.findings if f.flag is not Flag.TOO_FEW]
    if few:
        text = _("Fewer than {least} answers, too few to say anything: {items}")
        yield text.format(least=f"{THRESHOLDS[Flag.TOO_FEW].value:.0f}", items=", ".join(few))
    if not told:
        yield _("Nothing stands out in the other items.") if few else _("Nothing stands out in any item.")
    order = list(Flag)
    for item, finding in sorted(told, key=lambda pair: order.index(pair[1].flag)):
        yield f"{item}: {finding_text(_, finding.flag.value, finding.value, finding.option)}"


def _difference_lines(_: Translate, found: DifferentialFunctioning) -> Iterator[str]:
    shifts = [*found.skills, *found.items]
    for shift in shifts:
        if shift.verdict.value == "shifted":
            yield _difference(_, shift)
    for verdict, text in (
        ("none_seen", _("No difference seen where half a logit would most likely show: {count} comparisons")),
        ("cannot_tell", _("Too few answers to tell: {count} comparisons")),
    ):
        count = sum(shift.verdict.value == verdict for shift in shifts)
        if count:
            yield text.format(count=count)
    if found.items_not_tested:
        text = _("Single items that too few of a group answered to be compared: {count}")
        yield text.format(count=found.items_not_tested)


def _difference(_: Translate, shift: Shift) -> str:
    easier = _("{group} finds {bundle} easier than others of equal ability, by {effect} logits (± {error})")
    harder = _("{group} finds {bundle} harder than others of equal ability, by {effect} logits (± {error})")
    return (easier if shift.effect > 0 else harder).format(
        group=shift.group, bundle=shift.bundle, effect=f"{abs(shift.effect):.2f}", error=f"{shift.standard_error:.2f}"
    )
