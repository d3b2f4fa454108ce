"""Commands that let simulated pupils sit the placement test."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_document, language_of, table_format_of, write_document
from phonics_app.cli.output import Output, fields_of, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.simulation import PlacementFigures, Simulation
from phonics_app.locales import Translate
from phonics_app.locales.simulation_labels import STOPS, WORLDS

if TYPE_CHECKING:
    from phonics_app.workflows.context import Phonics

_PUPILS, _SEED = 1800, 1


def add_commands(commands: Commands) -> None:
    """simulate, export-simulation."""
    _ = commands.translate
    help = _("let simulated pupils sit the placement test: how often it is right, and whether it says so honestly")
    parser = commands.add("simulate", simulate, help, "--pupils 1800 --seed 1 --misspecified")
    _add_pupils(parser, _)
    help = _("also four ways in which pupils answer otherwise than the test expects, and all four at once")
    parser.add_argument("--misspecified", action="store_true", help=help)
    help = _("write what became of simulated pupils as a table")
    parser = commands.add("export-simulation", export, help, "--pupils 3000 --world careless --out simulation.xlsx")
    _add_pupils(parser, _)
    add_document(parser, _, ("xlsx", "csv"))


def _add_pupils(parser: argparse.ArgumentParser, _: Translate) -> None:
    parser.add_argument("--pupils", type=_count_of, default=_PUPILS, metavar="N", help=_("simulated pupils"))
    parser.add_argument("--seed", type=int, default=_SEED, metavar="S", help=_("equal seeds give equal pupils"))
    parser.add_argument("--world", choices=WORLDS, default=next(iter(WORLDS)), help=_("how they answer"))
    bank = _("folder that holds item_bank and rubrics, or the files of an item bank (default: the bank in force)")
    parser.add_argument("--bank", type=Path, metavar="DIR", help=bank)


def _count_of(text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r}: 1, 2, 3 …")


def simulate(options: argparse.Namespace, output: Output) -> int:
    made = _simulate(open_site(), options, output, misspecified=options.misspecified)
    whole = fields_of(made)
    figures, misspecified = whole.pop("figures"), whole.pop("misspecified")
    assert isinstance(figures, dict)
    told = {"simulated": True, **whole, **figures, **({"misspecified": misspecified} if misspecified else {})}
    output.show(told, list(_lines(output.translate, made)))
    return 0


def export(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.simulation import export_simulation

    format, language, phonics = table_format_of(options, output), language_of(options, output), open_site()

    def document() -> bytes:
        made = _simulate(phonics, options, output)
        return export_simulation(phonics, SYSTEM, made, format=format, language=language)

    return write_document(options, output, document)


def _simulate(phonics: Phonics, options: argparse.Namespace, output: Output, misspecified: bool = False) -> Simulation:
    from phonics_app.workflows import simulation

    return simulation.simulate(
        phonics,
        SYSTEM,
        options.pupils,
        options.seed,
        world=options.world,
        misspecified=misspecified,
        folder=options.bank,
        progress=output.progress(),
    )


def _lines(_: Translate, made: Simulation) -> Iterator[str]:
    yield _(
        "SIMULATED pupils, no real ones: item bank {bank}, blueprint {blueprint}, engine {engine}, seed {seed}"
    ).format(bank=made.bank, blueprint=made.blueprint, engine=made.engine, seed=made.seed)
    for world, figures in {made.world: made.figures, **made.misspecified}.items():
        yield ""
        yield f"{world}: {_(WORLDS[world])}"
        yield from (f"  {line}" for line in _world_lines(_, figures))
    yield ""
    cuts = (f"{cut.lower}|{cut.upper}: {cut.items}{' !' * cut.few}" for cut in made.cuts)
    yield f"{_('items that tell neighbouring levels apart (!: few)')}: {'  '.join(cuts)}"


def _world_lines(_: Translate, of: PlacementFigures) -> Iterator[str]:
    yield _(
        "{pupils} pupils: exact {exact:.1%}, within one level {adjacent:.1%}; too high {high:.1%}, too low {low:.1%}"
    ).format(pupils=of.pupils, exact=of.exact, adjacent=of.adjacent, high=of.too_high, low=of.too_low)
    yield _("items {items:.1f} on average, 19 of 20 tests up to {long:.0f}; {minutes:.1f} minutes").format(
        items=of.mean_items, long=of.long_items, minutes=of.minutes
    )
    yield _(
        "stated {stated:.1%} on average; calibration error {ece:.3f} (an honest test by chance: {chance:.3f})"
    ).format(stated=of.stated, ece=of.ece, chance=of.ece_by_chance)
    if of.around_90:
        yield _("about 90 in 100 was said to {n}: {right:.1%} were right").format(
            n=of.around_90.pupils, right=of.around_90.right
        )
    stated = (f"{b.stated:.2f} → {b.right:.2f} (n {b.pupils})" for b in of.reliability)
    yield f"{_('stated → right')}: {'  '.join(stated)}"
    levels = (f"{at.level}: {at.exact:.0%} {of.bias[str(at.level)]:+.2f}" for at in of.levels)
    yield f"{_('by true level, exact and bias in levels')}: {'  '.join(levels)}"
    stops = (f"{_(STOPS.get(reason, reason))} {share:.1%}" for reason, share in of.stops.items())
    yield f"{_('why tests ended')}: {', '.join(stops)}"
    yield _("the item given most: to {share:.1%} of the pupils").format(share=of.max_exposure)
