"""How near the item-by-item test comes to what answers can tell: `python benchmarks/adaptive.py [--pupils 20000]`.

Simulated pupils, θ ~ N(0, 2), cuts 0.8 logits apart (nine levels), 500 Rasch items of four strands. The bound is a
dynamic programme that stops optimally where every answer brings the most information that a Rasch item has (¼), without
limit of items; each method is set beside it at its own mean number of items. All aims stand in one table at the end.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks import adaptive_speed
from benchmarks.adaptive_bound import Bound
from benchmarks.adaptive_catsim import CONFIDENCE, Catsim, catsim
from benchmarks.adaptive_world import GUESSING, SD, Other, World, others
from phonics_app.calibration.adaptive_simulation import Simulated, honesty, simulate
from phonics_app.domain.attempt import Prior
from phonics_app.engine.item_curves import Doubt
from phonics_app.engine.item_pool import ItemPool, item_pool
from phonics_app.engine.item_sitting import answered, begin, known, most_probable
from phonics_app.engine.item_stopping import AllCutsDecided, Limits, NotWorthMore, Rule, Stopping, Sure
from phonics_app.engine.stop_table import StopTable, stop_table
from tests.engine.pools import CUTS, STRANDS, MadeItem

LONGEST = 60
COST = 0.0073
"""Of an item, in probability of naming the right level: about 26 items from N(0, 2)."""
RETEST_COST = 0.007
MANY = 5
"""Times as many pupils for what is compared to a hair."""
DOUBT = Doubt(slope=0.4, difficulty=0.3)
LIMITS = Limits(LONGEST, 1e9, minimum_per_strand=2)


@dataclass(frozen=True)
class Aim:
    what: str
    aim: str
    reached: str
    met: bool
    beside: str = "-"


@dataclass(frozen=True)
class Reached:
    """What one method comes to."""

    items: float
    exact: float
    adjacent: float
    bound: float
    exposure: float
    ece: float
    at_90: float
    sayers: int
    pupils: int
    stated: float
    """Mean probability of the level named: what `exact` is expected to be if the model is true, with less noise."""

    @property
    def noise(self) -> float:
        """Standard error of `exact`."""
        return (self.exact * (1 - self.exact) / self.pupils) ** 0.5

    @property
    def of_bound(self) -> float:
        return self.exact / self.bound


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pupils", type=int, default=20_000)
    parser.add_argument("--catsim-pupils", type=int, default=300)
    options = parser.parse_args()
    print(f"{_processor()}, {os.cpu_count()} cores; Python {platform.python_version()}, numpy {np.__version__}")
    print(f"{options.pupils:,} simulated pupils; a share of 70 % is sure to ± {46 / options.pupils**0.5:.2f} points")
    world = World(options.pupils)
    aims = [*placement(world, options.catsim_pupils), *retest(world), *misspecified(world), *speed()]
    print(f"\n{'Aim':58}{'':>14}{'reached':>15}{'':>7}catsim")
    for a in aims:
        print(f"{a.what:58}{a.aim:>14}{a.reached:>15}{'' if a.met else ' SHORT':7}{a.beside}")
    return 0


def _processor() -> str:
    """Its name where Linux tells it."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def placement(world: World, catsim_pupils: int) -> list[Aim]:
    many = World(MANY * len(world.theta))
    heading(f"From nothing known, prior N(0, 2); the first three of {len(many.theta):,} pupils")
    bound, pool = Bound(CUTS, SD, SD), world.pool()
    fixed = fixed_form(many, bound)
    line("one fixed 30-item form", fixed)
    found = run("table, one of 5 best", many, pool, NotWorthMore(stop_table(pool, COST)), bound)
    best = world.pool(among=1)
    always = run("table, always the best", many, best, NotWorthMore(stop_table(best, COST)), bound)
    run("table, fewer items", world, pool, NotWorthMore(stop_table(pool, 0.01)), bound)
    run("table, more items", world, pool, NotWorthMore(stop_table(pool, 0.006)), bound)
    run("posterior ≥ .7", world, pool, Sure(0.7), bound)
    run("SPRT, half width .3, error .25", world, pool, AllCutsDecided(0.3, 0.25), bound)
    theirs = catsim(world, catsim_pupils, LONGEST)
    line(f"catsim, confidence {CONFIDENCE}, {theirs.pupils} pupils", of_catsim(theirs, bound))
    return placement_aims(found, always, fixed, of_catsim(theirs, bound))


def placement_aims(found: Reached, always: Reached, fixed: Reached, theirs: Reached) -> list[Aim]:
    above, theirs_above = 100 * (found.exact - fixed.exact), 100 * (theirs.exact - fixed.exact)
    lost = 100 * (always.stated - found.stated)
    silent = "states none"
    return [
        Aim(
            f"exact ÷ bound at {found.items:.1f} items",
            "≥ .97",
            f"{found.of_bound:.3f} ± {found.noise / found.bound:.3f}",
            found.of_bound >= 0.97,
            f"{theirs.of_bound:.3f} ± {theirs.noise / theirs.bound:.3f} at {theirs.items:.1f} items",
        ),
        Aim(
            "the same by the probabilities stated",
            "≥ .97",
            f"{found.stated / found.bound:.4f}",
            found.stated / found.bound >= 0.97,
            silent,
        ),
        percent("within one level", "≥ 99 %", found.adjacent, found.adjacent >= 0.99, f"{100 * theirs.adjacent:.1f} %"),
        Aim(
            "points above one fixed 30-item form",
            "≥ 9",
            f"{above:.1f}",
            above >= 9,
            f"{theirs_above:.1f} ± {100 * theirs.noise:.1f}",
        ),
        percent("most-shown item", "≤ 20 %", found.exposure, found.exposure <= 0.2, f"{100 * theirs.exposure:.1f} %"),
        Aim("points of agreement (stated) that this costs", "≤ .5", f"{lost:.2f}", lost <= 0.5, "not measured"),
        percent(
            f"right where .90 is said ({found.sayers:,} pupils)",
            "88-92 %",
            found.at_90,
            abs(found.at_90 - 0.9) <= 0.02,
            silent,
        ),
        Aim("expected calibration error", "≤ .02", f"{found.ece:.3f}", found.ece <= 0.02, silent),
    ]


def percent(what: str, aim: str, share: float, met: bool, beside: str = "-") -> Aim:
    return Aim(what, aim, f"{100 * share:.1f} %", met, beside)


def retest(world: World) -> list[Aim]:
    heading("From an earlier result, error SD .5; pupils go on by N(0, .3) a term")
    pool = world.pool()
    rule = NotWorthMore(stop_table(pool, RETEST_COST))
    found = {}
    for terms in (0, 1, 2):
        priors, sd = world.earlier(0.5, 0.3 * terms**0.5)
        for minimum in (0, 1):
            limits = Limits(LONGEST, 1e9, minimum_per_strand=minimum)
            name = f"{terms} terms later, at least {minimum} of each strand"
            found[terms, minimum] = run(name, world, pool, rule, Bound(CUTS, SD, sd), priors, limits)
    best = found[0, 1]
    met = best.exact >= 0.7 and best.items <= 12
    what = f"exact on a retest at once, in {best.items:.1f} items"
    return [percent(what, "≥ 70 %, ≤ 12", best.exact, met, "takes no prior")]


def misspecified(world: World) -> list[Aim]:
    """Each model meets every world; told of guessing are those items that are answered by choosing."""
    models = {
        "plain Rasch": world.pool(),
        "with doubt": world.pool(doubt=DOUBT),
        "told of guessing": world.pool(guessing=GUESSING),
        "told of guessing, with doubt": world.pool(guessing=GUESSING, doubt=DOUBT),
    }
    found: dict[tuple[str, str], Reached] = {}
    for model, pool in models.items():
        heading(f"Answers otherwise than the model thinks: {model}")
        rule = NotWorthMore(stop_table(pool, COST))
        for other in others(world):
            if other.guessed or "told" not in model:
                found[model, other.name] = meet(world, pool, rule, other)
    told = "told of guessing, with doubt"
    scale = [o.name for o in others(world) if "1.25" in o.name]
    known_of = {o.name: found[told if o.guessed else "with doubt", o.name].ece for o in others(world)}
    every = {name: error for name, error in known_of.items() if name.startswith("all")}
    single = {name: error for name, error in known_of.items() if name not in (*every, *scale)}
    return [
        *(calibration_error(name, error) for name, error in every.items()),
        calibration_error(f"worst alone: {max(single, key=lambda name: single[name])}", max(single.values())),
        calibration_error("alone: slopes' mean 1.25, not the model's 1", known_of["slopes .5-2, mean 1.25"]),
        calibration_error("guessing .25 that nobody told of", found["plain Rasch", "guessing .25"].ece),
    ]


def calibration_error(what: str, error: float) -> Aim:
    return Aim(f"ECE, {what}", "≤ .05", f"{error:.3f}", error <= 0.05, "states none")


def meet(world: World, pool: ItemPool, rule: Rule, other: Other) -> Reached:
    done = simulate(pool, Stopping(rule, LIMITS), world.priors, other.answers, np.random.default_rng(1))
    reached = figures(done, other.level, np.nan)
    line(other.name, reached)
    return reached


def speed() -> list[Aim]:
    print("\nNext item after an answer: posterior, stopping rule, choice")
    small, large = World(1), World(1, 10_000)
    pools = {"500": small.pool(), "10,000": large.pool(), "10,000, with doubt": large.pool(doubt=DOUBT)}
    never = NotWorthMore(StopTable(0.0, np.array([-9.0, 9.0]), np.zeros(2)))
    stopping = Stopping(never, Limits(10**6, 1e9))
    browser = adaptive_speed.javascript(pools, stopping)
    taken = {name: adaptive_speed.python(pool, stopping) for name, pool in pools.items()}
    theirs = {name: adaptive_speed.catsim(pool) for name, pool in pools.items() if "doubt" not in name}
    for name in pools:
        choice, whole = taken[name]
        print(f"{name:>20} items: Python {whole:.3f} ms ({choice:.3f} the choice), JavaScript {browser[name]:.3f} ms")
    (choice, py), js = taken["10,000"], browser["10,000"]
    beside = f"{theirs['10,000']:.2f} ms"
    return [
        Aim("choice among 10,000, Python", "≤ .1 ms", f"{choice:.3f} ms", choice <= 0.1),
        Aim("with posterior and stopping rule, Python", "≤ .1 ms", f"{py:.3f} ms", py <= 0.1, beside),
        Aim("the same, JavaScript (Chromium)", "≤ 2 ms", f"{js:.3f} ms", js <= 2),
    ]


def run(
    name: str,
    world: World,
    pool: ItemPool,
    rule: Rule,
    bound: Bound,
    priors: list[Prior] | None = None,
    limits: Limits = LIMITS,
) -> Reached:
    done = simulate(pool, Stopping(rule, limits), priors or world.priors, world.rasch, np.random.default_rng(1))
    reached = figures(done, world.level, bound.at(float(done.items.mean())))
    line(name, reached)
    return reached


def figures(done: Simulated, level: np.ndarray, bound: float) -> Reached:
    away, word = np.abs(done.level - level), honesty(done.stated, done.level == level)
    return Reached(
        items=float(done.items.mean()),
        exact=float((away == 0).mean()),
        adjacent=float((away <= 1).mean()),
        bound=bound,
        exposure=done.exposure,
        ece=word.error,
        at_90=word.right_at_90,
        sayers=word.sayers,
        pupils=len(level),
        stated=word.stated,
    )


def of_catsim(theirs: Catsim, bound: Bound) -> Reached:
    return counted(theirs.items, theirs.exact, theirs.adjacent, bound, theirs.exposure, theirs.pupils)


def counted(items: float, exact: float, adjacent: float, bound: Bound, exposure: float, pupils: int) -> Reached:
    """Of a method that states no probabilities."""
    return Reached(items, exact, adjacent, bound.at(items), exposure, np.nan, np.nan, 0, pupils, np.nan)


def heading(title: str) -> None:
    names = (("items", 7), ("exact %", 9), ("adjacent", 10), ("÷bound", 8), ("shown", 8), ("ECE", 7), (".90 is", 8))
    print(f"\n{title}\n{'':40}" + "".join(f"{name:>{width}}" for name, width in names) + f"{'(n)':>8}")


def line(name: str, r: Reached) -> None:
    print(
        f"{name:40}{r.items:>7.1f}{100 * r.exact:>9.1f}{100 * r.adjacent:>10.1f}{r.of_bound:>8.3f}"
        f"{100 * r.exposure:>7.1f}%{r.ece:>7.3f}{r.at_90:>8.3f}{r.sayers:>8}",
        flush=True,
    )


def fixed_form(world: World, bound: Bound) -> Reached:
    """30 items in even steps of the abilities' distribution, scored by the posterior."""
    random = np.random.default_rng(6)
    spread = np.quantile(np.random.default_rng(7).normal(0, SD, 100_000), (np.arange(30) + 0.5) / 30)
    pool = item_pool([MadeItem(f"f{k}", STRANDS[k % 4], 1.0, float(b)) for k, b in enumerate(spread)], CUTS)
    away = []
    for part in np.array_split(np.arange(len(world.theta)), max(1, len(world.theta) // 2000)):
        sitting = begin(pool, [world.priors[0]] * len(part))
        for k, b in enumerate(spread):
            truth = random.random(len(part)) < 1 / (1 + np.exp(b - world.theta[part]))
            sitting = answered(pool, sitting, np.full(len(part), k), truth)
        away.append(np.abs(most_probable(known(pool, sitting).levels) - world.level[part]))
    found = np.concatenate(away)
    return counted(30, float((found == 0).mean()), float((found <= 1).mean()), bound, 1.0, len(found))


if __name__ == "__main__":
    sys.exit(main())
