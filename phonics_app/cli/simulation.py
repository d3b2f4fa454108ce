"""The command that lets simulated pupils sit the placement test."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands
from phonics_app.cli.output import Output, fields_of, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.locales import N_, Translate

if TYPE_CHECKING:
    from phonics_app.workflows.simulation import PlacementFigures, Simulation

_PUPILS, _SEED = 1800, 1
_WORLDS = {
    "model": N_("answers as the test's model expects"),
    "item_slopes": N_("some items tell sharply, others hardly: slopes from half to double"),
    "guessing": N_("one unknown answer in ten is guessed right"),
    "difficulties": N_("items are 0.3 logits off, beyond what their standard errors say"),
    "careless": N_("one known answer in twenty is missed"),
    "two_abilities": N_("listening and reading differ in a pupil: correlation 0.8 within a grade"),
    "flat_2": N_("levels blur: slope 2"),
    "flat_1": N_("levels blur far: slope 1"),
    "steep_8": N_("levels are clear-cut: slope 8"),
    "all_or_nothing": N_("levels are known wholly or not at all"),
    "ladder": N_("of earlier levels 97 % and 93 % are known, of the own one 40 %, of later ones 8 % and 2 %"),
    "careless_ladder": N_("of earlier levels 90 % and 85 % are known, of the own one 35 %, of later ones 15 % and 5 %"),
}
_REASONS = {
    "sure": N_("sure"),
    "between": N_("between two levels"),
    "item_limit": N_("item limit"),
    "time_limit": N_("time limit"),
    "bank_exhausted": N_("no block left"),
}


def add_commands(commands: Commands) -> None:
    """simulate."""
    _ = commands.translate
    help = _("let simulated pupils sit the placement test: how often it is right, and whether it says so honestly")
    parser = commands.add("simulate", simulate, help, "--pupils 1800 --seed 1 --misspecified")
    parser.add_argument(
        "--pupils", type=_count_of, default=_PUPILS, metavar="N", help=_("simulated pupils in each world")
    )
    parser.add_argument("--seed", type=int, default=_SEED, metavar="S", help=_("equal seeds give equal pupils"))
    bank = _("folder that holds item_bank and rubrics, or the files of an item bank (default: the bank in force)")
    parser.add_argument("--bank", type=Path, metavar="DIR", help=bank)
    help = _("also pupils who answer otherwise than the model expects")
    parser.add_argument("--misspecified", action="store_true", help=help)


def _count_of(text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r}: 1, 2, 3 …")


def simulate(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import simulation

    made = simulation.simulate(
        open_site(),
        SYSTEM,
        options.pupils,
        options.seed,
        folder=options.bank,
        misspecified=options.misspecified,
        progress=output.progress(),
    )
    output.show(_fields(made, simulation.MODEL), list(_lines(output.translate, made)))
    return 0


def _fields(made: Simulation, model: str) -> dict[str, object]:
    """Figures of the model's own world stand at the top; the others are named."""
    whole = fields_of(made)
    worlds = whole.pop("worlds")
    assert isinstance(worlds, dict)
    own: dict[str, object] = worlds.pop(model)
    return {"simulated": True, **whole, **own, **({"misspecified": worlds} if worlds else {})}


def _lines(_: Translate, made: Simulation) -> Iterator[str]:
    yield _(
        "SIMULATED pupils, no real ones: item bank {bank}, blueprint {blueprint}, engine {engine}, seed {seed}"
    ).format(bank=made.bank, blueprint=made.blueprint, engine=made.engine, seed=made.seed)
    for world, figures in made.worlds.items():
        yield ""
        yield f"{world}: {_(_WORLDS[world])}"
        yield from (f"  {line}" for line in _world_lines(_, figures))


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
    stated = (f"{b.stated:.2f} → {b.right:.2f} (n {b.pupils})" for b in of.reliability)
    yield f"{_('stated → right')}: {'  '.join(stated)}"
    levels = (f"{level}: {share:.0%} {of.bias[level]:+.2f}" for level, share in of.exact_by_level.items())
    yield f"{_('by true level, exact and bias in levels')}: {'  '.join(levels)}"
    stops = (f"{_(_REASONS.get(reason, reason))} {share:.1%}" for reason, share in of.stops.items())
    yield f"{_('why tests ended')}: {', '.join(stops)}"
    yield _("the item given most: to {share:.1%} of the pupils").format(share=of.max_exposure)
