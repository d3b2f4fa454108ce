"""How near the item-by-item test comes to what answers can tell: `python benchmarks/adaptive.py [--pupils 20000]`.

Simulated pupils, θ ~ N(0, 2), cuts 0.8 logits apart (nine levels), 500 Rasch items of four strands. The bound is a
dynamic programme that stops optimally where every answer brings the most information that a Rasch item has (¼), without
limit of items; each method is set beside it at its own mean number of items. `--no-catsim` leaves catsim out;
`--only PART` runs one part.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from scipy.special import ndtr

from phonics_app.calibration.adaptive_simulation import Simulated, honesty, simulate
from phonics_app.domain.attempt import Prior, PriorSource
from phonics_app.engine.draws import draw
from phonics_app.engine.item_choice import choose
from phonics_app.engine.item_curves import Doubt
from phonics_app.engine.item_pool import Draw, ItemPool, item_pool
from phonics_app.engine.item_sitting import answered, begin, known
from phonics_app.engine.item_stopping import ItemStop, Limits, Rule, Stopping, optimal, probable, sprt
from phonics_app.engine.stop_table import stop_table
from tests.engine.pools import CUTS, STRANDS, MadeItem, rasch_items

SD = 2.0
LONGEST = 60
COST = 0.0073
LIMITS = Limits(LONGEST, 1e9, minimum_per_strand=2)
SHORT = Limits(LONGEST, 1e9, minimum_per_strand=1)
NEVER = Stopping(ItemStop.SURE, probable(1.1), Limits(30, 1e9))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pupils", type=int, default=20_000)
    parser.add_argument("--catsim-pupils", type=int, default=300)
    parser.add_argument("--no-catsim", action="store_true")
    parser.add_argument("--only", choices=PARTS, nargs="*", default=list(PARTS))
    options = parser.parse_args()
    processor = platform.processor() or platform.machine()
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} cores, {processor}")
    print(f"{options.pupils:,} simulated pupils; a share of 70 % is sure to ± {46 / options.pupils**0.5:.2f} points")
    world = World(options.pupils)
    for part in options.only:
        PARTS[part](world, options)
    return 0


class World:
    """Pupils, items, and the true level of each pupil."""

    def __init__(self, pupils: int) -> None:
        random = np.random.default_rng(3)
        self.theta = random.normal(0, SD, pupils)
        self.level = np.searchsorted(CUTS, self.theta)
        self.items = rasch_items(500)
        self.difficulty = np.array([i.difficulty for i in self.items])
        self.priors = [Prior(0.0, SD, PriorSource.NONE)] * pupils

    def rasch(self, pupils: np.ndarray, items: np.ndarray) -> np.ndarray:
        return logistic(self.theta[pupils] - self.difficulty[items])

    def pool(self, among: int = 8, doubt: Doubt = Doubt()) -> ItemPool:  # noqa: B008 - frozen
        return item_pool(self.items, CUTS, Draw(LONGEST, among), doubt)


def logistic(x: np.ndarray) -> np.ndarray:
    return np.exp(-np.logaddexp(0, -x))


def methods(world: World, options: argparse.Namespace) -> None:
    print("\nMethods, prior N(0, 2)")
    heading()
    bounds = Bound(SD)
    fixed = fixed_form(world)
    print(f"{'one fixed 30-item form':38}{30:>7}{100 * fixed:>8.1f}{'':>10}{fixed / bounds.at(30):>8.3f}")
    pool = world.pool()
    table = optimal(stop_table(pool, CUTS, COST))
    row("30 items", world, pool, NEVER, bounds)
    row("table, always the best item", world, world.pool(among=1), ending(table), bounds)
    found = row("table, one of 8 best", world, pool, ending(table), bounds)
    print(f"{'':38}{100 * (exact(found, world.level) - fixed):.1f} points above the fixed form")
    row("table, longer", world, pool, ending(optimal(stop_table(pool, CUTS, 0.006))), bounds)
    row("posterior ≥ .7", world, pool, ending(probable(0.7), ItemStop.SURE), bounds)
    row("SPRT, half width .3, error .25", world, pool, ending(sprt(CUTS, 0.3, 0.25), ItemStop.ALL_CUTS_DECIDED), bounds)
    if not options.no_catsim:
        catsim(world, options.catsim_pupils, bounds)


def retest(world: World, options: argparse.Namespace) -> None:
    """The earlier estimate is off by N(0, .5); what is known of the population is in its posterior."""
    print("\nRetest from an earlier result (error SD .5), at once and after the pupil went on by N(0, .3) a term")
    heading()
    noise = np.random.default_rng(4).normal(size=(2, len(world.theta)))
    pool = world.pool()
    for terms, drift in ((0, 0.3), (2, 0.3)):
        sd = float(np.hypot((SD**-2 + 4) ** -0.5, drift * terms**0.5))
        earlier = world.theta - drift * terms**0.5 * noise[0] + 0.5 * noise[1]
        priors = [Prior(float(x), sd, PriorSource.EARLIER_RESULT) for x in earlier * 4 / (4 + SD**-2)]
        for cost, limits in ((0.006, replace(SHORT, minimum_per_strand=0)), (0.0065, SHORT)):
            stopping = ending(optimal(stop_table(pool, CUTS, cost)), limits=limits)
            name = f"{terms} terms, at least {limits.minimum_per_strand} of each strand"
            row(name, world, pool, stopping, Bound(sd, spread=True), priors)


def misspecified(world: World, options: argparse.Namespace) -> None:
    print("\nAnswers otherwise than the model thinks (table, one of 8)")
    heading()
    random = np.random.default_rng(9)
    count, pupils = len(world.items), len(world.theta)
    slope = np.exp(random.uniform(np.log(0.5), np.log(2), count))
    steeper = random.uniform(0.5, 2, count)
    moved = world.difficulty + random.normal(0, 0.3, count)
    apart = random.normal(0, SD * np.sqrt(0.1), pupils)
    two = np.stack([world.theta * np.sqrt(0.9) + apart, world.theta * np.sqrt(0.9) - apart])
    of = np.array([STRANDS.index(i.strand) % 2 for i in world.items])
    level = np.searchsorted(CUTS, two.mean(axis=0))
    b, theta = world.difficulty, world.theta
    worlds: dict[str, tuple[Callable, np.ndarray]] = {
        "slopes .5-2, median 1": (lambda p, i: logistic(slope[i] * (theta[p] - b[i])), world.level),
        "slopes .5-2, mean 1.25": (lambda p, i: logistic(steeper[i] * (theta[p] - b[i])), world.level),
        "difficulties off by .3": (lambda p, i: logistic(theta[p] - moved[i]), world.level),
        "two dimensions, correlated .8": (lambda p, i: logistic(two[of[i], p] - b[i]), level),
        "guessing .25": (lambda p, i: 0.25 + 0.75 * logistic(theta[p] - b[i]), world.level),
        "all of them (median slope 1)": (
            lambda p, i: 0.25 + 0.75 * logistic(slope[i] * (two[of[i], p] - moved[i])),
            level,
        ),
    }
    plain = world.pool()
    told = replace_guessing(world, 0.25)
    doubt = item_pool(told, CUTS, Draw(LONGEST), Doubt(slope=0.4, difficulty=0.3))
    models = {
        "plain Rasch": (plain, COST),
        "told of guessing": (item_pool(told, CUTS, Draw(LONGEST)), COST),
        "told of guessing, with doubt": (doubt, COST),
    }
    for model, (pool, cost) in models.items():
        stopping = ending(optimal(stop_table(pool, CUTS, cost)))
        print(model)
        for name, (answers, levels) in worlds.items():
            if model == "plain Rasch" or "guessing" in name or "all" in name:
                line("  " + name, simulate(pool, stopping, world.priors, answers, np.random.default_rng(1)), levels)


def replace_guessing(world: World, share: float) -> list[MadeItem]:
    return [replace(i, guessing=share) for i in world.items]


def speed(world: World, options: argparse.Namespace) -> None:
    print("\nNext item for one pupil, median of 2,000 (milliseconds)")
    for count in (500, 10_000):
        items = rasch_items(count)
        started = time.perf_counter()
        pool = item_pool(items, CUTS, Draw(LONGEST))
        made = time.perf_counter() - started
        sitting, times = begin(pool, [Prior(0.0, SD, PriorSource.NONE)]), {"choice": [], "answer and choice": []}
        random = np.random.default_rng(1)
        for n in range(2000):
            if n % 30 == 0:
                sitting = begin(pool, [Prior(0.0, SD, PriorSource.NONE)])
                item, now, uniform = np.array([0]), known(pool, sitting), draw([1], n)
            started = time.perf_counter()
            sitting = answered(pool, sitting, item, random.random(1) < 0.5)
            now, uniform = known(pool, sitting), draw([1], n)
            between = time.perf_counter()
            item = choose(pool, sitting, now.mean, uniform)
            ended = time.perf_counter()
            times["choice"].append(ended - between)
            times["answer and choice"].append(ended - started)
        figures = ", ".join(f"{name} {1000 * np.median(t):.3f}" for name, t in times.items())
        print(f"{count:>7,} items: {figures}; tables made in {made:.2f} s")
    started = time.perf_counter()
    stop_table(world.pool(), CUTS, COST)
    print(f"stopping table for 500 items: {time.perf_counter() - started:.2f} s")


def ending(rule: Rule, reason: ItemStop = ItemStop.NOT_WORTH_MORE, limits: Limits = LIMITS) -> Stopping:
    return Stopping(reason, rule, limits)


def heading() -> None:
    print(
        f"{'':38}{'items':>7}{'exact %':>8}{'adjacent':>10}{'÷bound':>8}"
        f"{'shown':>8}{'stated':>8}{'ECE':>7}{'.90 is':>8}{'(n)':>7}"
    )


def row(
    name: str,
    world: World,
    pool: ItemPool,
    stopping: Stopping,
    bounds: Bound,
    priors: list[Prior] | None = None,
) -> Simulated:
    found = simulate(pool, stopping, priors or world.priors, world.rasch, np.random.default_rng(1))
    line(name, found, world.level, bounds.at(found.items.mean()))
    return found


def exact(found: Simulated, level: np.ndarray) -> float:
    return float((found.level == level).mean())


def line(name: str, found: Simulated, level: np.ndarray, bound: float = np.nan) -> None:
    away, word = np.abs(found.level - level), honesty(found.stated, found.level == level)
    print(
        f"{name:38}{found.items.mean():>7.1f}{100 * (away == 0).mean():>8.1f}{100 * (away <= 1).mean():>10.1f}"
        f"{(away == 0).mean() / bound:>8.3f}{100 * found.exposure:>7.1f}%{word.stated:>8.3f}{word.error:>7.3f}"
        f"{word.right_at_90:>8.3f}{word.sayers:>7}",
        flush=True,
    )


def fixed_form(world: World) -> float:
    """30 items with difficulties in even steps of the abilities' distribution, all answers scored by the posterior."""
    random = np.random.default_rng(6)
    spread = np.quantile(np.random.default_rng(7).normal(0, SD, 100_000), (np.arange(30) + 0.5) / 30)
    items = [MadeItem(f"f{k}", STRANDS[k % 4], 1.0, float(b)) for k, b in enumerate(spread)]
    pool, right = item_pool(items, CUTS, Draw(30)), 0
    for part in np.array_split(np.arange(len(world.theta)), max(1, len(world.theta) // 2000)):
        sitting = begin(pool, [world.priors[0]] * len(part))
        for k, b in enumerate(spread):
            truth = random.random(len(part)) < logistic(world.theta[part] - b)
            sitting = answered(pool, sitting, np.full(len(part), k), truth)
        right += int((known(pool, sitting).levels.argmax(axis=1) == world.level[part]).sum())
    return right / len(world.theta)


class Bound:
    """Share exact that no test can pass, by mean number of items."""

    COSTS = (0.0035, 0.0045, 0.0055, 0.0065, 0.0075, 0.009, 0.012, 0.018)
    MOST = 300

    def __init__(self, sd: float, spread: bool = False) -> None:
        """`spread`: pupils begin with means spread over the population, not all with 0."""
        self.mean = np.linspace(-9, 9, 601)
        variance = max(SD**2 - sd**2, 0.0) if spread else 0.0
        begin = np.exp(-0.5 * np.square(self.mean) / variance) if spread else (self.mean == 0).astype(float)
        begin /= begin.sum()
        found = [self._programme(sd, cost, begin) for cost in self.COSTS]
        self.items, self.share = np.array(sorted(found)).T

    def at(self, items: float) -> float:
        return float(np.interp(items, self.items, self.share))

    def _programme(self, sd: float, cost: float, begin: np.ndarray) -> tuple[float, float]:
        variance = 1 / (sd**-2 + 0.25 * np.arange(self.MOST + 1))
        worth = share = self._known(variance[-1])
        items = np.zeros_like(worth)
        nodes, weights = np.polynomial.hermite_e.hermegauss(15)
        for now, then in zip(variance[-2::-1], variance[:0:-1], strict=True):
            reached = (self.mean[:, None] + np.sqrt(now - then) * nodes - self.mean[0]) / (self.mean[1] - self.mean[0])
            left = np.clip(reached.astype(int), 0, len(self.mean) - 2)
            part = np.clip(reached, 0, len(self.mean) - 1) - left
            table = np.stack([worth, share, items])
            later = (table[:, left] * (1 - part) + table[:, left + 1] * part) @ (weights / weights.sum())
            stop = self._known(now)
            ask = later[0] - cost > stop
            worth, share = np.where(ask, later[0] - cost, stop), np.where(ask, later[1], stop)
            items = np.where(ask, later[2] + 1, 0.0)
        return float(begin @ items), float(begin @ share)

    def _known(self, variance: float) -> np.ndarray:
        edges = np.array([-np.inf, *CUTS, np.inf])
        return np.diff(ndtr((edges - self.mean[:, None]) / np.sqrt(variance)), axis=1).max(axis=1)


def catsim(world: World, pupils: int, bounds: Bound) -> None:
    """catsim as it comes: maximum likelihood, randomesque of 8, confidence interval over the same cuts."""
    from catsim.estimation import NumericalSearchEstimator
    from catsim.initialization import FixedPointInitializer
    from catsim.item_bank import ItemBank
    from catsim.selection import RandomesqueSelector
    from catsim.simulation import Simulator
    from catsim.stopping import ConfidenceIntervalStopper

    bank = ItemBank(np.column_stack([np.ones(500), world.difficulty]))
    simulator = Simulator(bank, world.theta[:pupils].tolist(), seed=1)
    stopper = ConfidenceIntervalStopper(list(CUTS), confidence=0.6, max_items=LONGEST)
    started = time.perf_counter()
    simulator.simulate(FixedPointInitializer(0), RandomesqueSelector(8), NumericalSearchEstimator(), stopper)
    seconds = time.perf_counter() - started
    items = np.mean([len(given) for given in simulator.administered_items])
    away = np.abs(np.searchsorted(CUTS, [e[-1] for e in simulator.estimations]) - world.level[:pupils])
    shown = np.bincount(np.concatenate(simulator.administered_items)).max() / pupils
    print(
        f"{f'catsim, confidence .6 ({pupils} pupils)':38}{items:>7.1f}{100 * (away == 0).mean():>8.1f}"
        f"{100 * (away <= 1).mean():>10.1f}{(away == 0).mean() / bounds.at(items):>8.3f}{100 * shown:>7.1f}%"
        f"   ± {46 / pupils**0.5:.1f} points; {1000 * seconds / pupils:.0f} ms a pupil"
    )


PARTS = {"methods": methods, "retest": retest, "misspecified": misspecified, "speed": speed}

if __name__ == "__main__":
    sys.exit(main())
