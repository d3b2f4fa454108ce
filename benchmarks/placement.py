"""How well the shipped bank places pupils, by simulation: `python benchmarks/placement.py [--pupils N]`.

Simulated pupils, no real ones. How good is the test if the item model is true, what happens if pupils answer otherwise
than it thinks, and is it as sure as it says? Every pupil's grade says a level that is off by one (`--off` levels,
standard deviation). `--plans` sets other plans of the same items beside the shipped one, given to the same pupils:
flatter slopes allowed, items known less well, other guessers; "model" stays the world of the shipped plan. Last,
rules for ending a test stand side by side in the worlds of `--rules-in`.
`python -m phonics_app simulate` tells the same of any bank.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.placement_rules import HEAD as RULES_HEAD  # noqa: E402
from benchmarks.placement_rules import compare  # noqa: E402
from phonics_app.calibration.bank_strength import items_at_cuts  # noqa: E402
from phonics_app.calibration.placement_check import GRADE_OFF, placement_figures, sit_variants  # noqa: E402
from phonics_app.calibration.worlds import MISSPECIFIED, MODEL, WORLDS  # noqa: E402
from phonics_app.content import Content, load_content  # noqa: E402
from phonics_app.domain.bank import NO_GUESSERS, Guessers  # noqa: E402
from phonics_app.domain.plan import Plan  # noqa: E402
from phonics_app.domain.simulation import PlacementFigures  # noqa: E402
from phonics_app.engine.assembly import assemble_plan  # noqa: E402

HEAD = (
    "world             exact    ±1  items  minutes  stated    ECE  chance  .90 is      n   high    low  between"
    "  exposed"
)
RULES_IN = ("two_abilities", "guessing", "all_four", "careless", "careless_ladder")
AIMED = (MODEL, *MISSPECIFIED)
Planner = Callable[[Content, int], Plan]
Variants = Callable[[int], Plan]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pupils", type=int, default=6000, help="simulated pupils in each world (default 6000)")
    parser.add_argument("--off", type=float, default=GRADE_OFF, help="how far the grade's level is off, levels")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worlds", nargs="*", choices=WORLDS, default=list(WORLDS))
    parser.add_argument("--rules-in", nargs="*", choices=WORLDS, default=[MODEL, *RULES_IN])
    parser.add_argument("--plans", nargs="*", choices=PLANS, default=["shipped"])
    chosen = parser.parse_args()
    content = load_content(ROOT)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {_processor()}")
    print(
        f"{chosen.pupils:,} simulated pupils in each world: a share of 85 % is sure to ± {70 / chosen.pupils**0.5:.1f}"
    )
    truth = _variants("shipped", content)
    _bank(truth(0))
    for name in chosen.plans:
        _table(name, _variants(name, content), truth, content, chosen)
    for world in chosen.rules_in:
        print(f"\nrules for ending a test, world: {world}\n{RULES_HEAD}")
        for line in compare(truth(0), content.bank.placement, WORLDS[world], chosen.pupils, chosen.seed, chosen.off):
            print(line, flush=True)


def _bank(plan: Plan) -> None:
    print(f"Bank {plan.bank_version}, engine {plan.engine_version}: {len(plan.items)} items, {len(plan.blocks)} blocks")
    print(
        "items that tell where two levels meet (!: few): "
        + "  ".join(f"{cut.lower}|{cut.upper} {cut.items}{'!' * cut.few}" for cut in items_at_cuts(plan))
    )
    print("ECE: expected calibration error; chance: that of an honest test; .90 is: right of the n told .87 to .93")
    print("between: of those left between two levels, share whose true level is one of the two")


def _variants(name: str, content: Content) -> Variants:
    return cache(partial(PLANS[name], content))


def _table(name: str, variant: Variants, truth: Variants, content: Content, chosen: argparse.Namespace) -> None:
    print(f"\nplan: {name}\n{HEAD}")
    begun = time.perf_counter()
    for world in chosen.worlds:
        blueprint = content.bank.placement
        out = sit_variants(variant, blueprint, WORLDS[world], chosen.pupils, chosen.seed, chosen.off, truth)
        print(_line(world, placement_figures(variant(0), out)), flush=True)
    each = 1000 * (time.perf_counter() - begun) / chosen.pupils / len(chosen.worlds)
    print(f"{each:.2f} ms a simulated test")


def _line(world: str, of: PlacementFigures) -> str:
    about = "      –      –" if of.around_90 is None else f"{of.around_90.right:7.3f}{of.around_90.pupils:7}"
    between = "–" if of.between_holds is None else f"{of.between_holds:.2f}"
    aim = (0.02 if world == MODEL else 0.05) if world in AIMED else None
    kept = "" if aim is None else f"  aim ECE ≤ {aim}: {'kept' if of.ece <= aim else 'MISSED'}"
    return (
        f"{world:<16}{of.exact:7.3f}{of.adjacent:6.3f}{of.mean_items:7.1f}{of.minutes:9.1f}{of.stated:8.3f}{of.ece:7.3f}"
        f"{of.ece_by_chance:8.3f} {about}{of.too_high:7.3f}{of.too_low:7.3f}{between:>9}{of.max_exposure:9.3f}{kept}"
    )


def _processor() -> str:
    """Its name where Linux tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    return next((x.split(":", 1)[1].strip() for x in lines if x.startswith("model name")), platform.machine())


def _with(**changes: Any) -> Planner:
    """The blueprint with these fields otherwise."""

    def plan(content: Content, variant: int) -> Plan:
        blueprint = replace(content.bank.placement, **changes)
        others = tuple(b for b in content.bank.blueprints if b.id != blueprint.id)
        bank = replace(content.bank, blueprints=(blueprint, *others))
        return assemble_plan(bank, content.rubrics, blueprint.id, variant)

    return plan


def _doubtful(factor: float) -> Planner:
    """Every item's standard error larger by `factor`; the cuts stay."""

    def plan(content: Content, variant: int) -> Plan:
        shipped = _with()(content, variant)
        items = tuple(replace(item, standard_error=factor * item.standard_error) for item in shipped.items)
        return replace(shipped, items=items)

    return plan


PLANS: dict[str, Planner] = {
    "shipped": _with(),
    "slopes 1 2 4 8": _with(slopes=(1.0, 2.0, 4.0, 8.0)),
    "slopes 1.4 2 4 8": _with(slopes=(1.4, 2.0, 4.0, 8.0)),
    "errors × 1.5": _doubtful(1.5),
    "nobody guesses": _with(guessers=NO_GUESSERS),
    "one half guesses": _with(guessers=(Guessers(0.5, 0.0), Guessers(0.5, 0.25))),
}

if __name__ == "__main__":
    main()
