"""How well the shipped bank places pupils, by simulation: `python benchmarks/placement.py [--pupils N]`.

Simulated pupils, no real ones. Three questions: how good is the test if the item model is true, what happens
if pupils answer otherwise than the model thinks, and are the stated probabilities honest. Every pupil's grade
says a level that is off by one on average (`--off` levels, standard deviation).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from phonics_app.calibration.simulation import ResponseModel, SimulatedAttempt, simulate_attempts  # noqa: E402
from phonics_app.content import load_content  # noqa: E402
from phonics_app.domain.attempt import PriorSource  # noqa: E402
from phonics_app.domain.bank import Blueprint  # noqa: E402
from phonics_app.domain.plan import Plan  # noqa: E402
from phonics_app.engine.assembly import assemble_plan  # noqa: E402
from phonics_app.engine.priors import from_level  # noqa: E402

Array = npt.NDArray[np.float64]
Levels = npt.NDArray[np.intp]
World = Callable[[Plan, Levels, np.random.Generator], ResponseModel]


@dataclass(frozen=True)
class Outcome:
    """Indices of true and proposed levels, and the attempts."""

    true: Levels
    proposed: Levels
    attempts: list[SimulatedAttempt]
    seconds: float

    @property
    def stated(self) -> Array:
        return np.array([max(a.state.ability.probabilities) for a in self.attempts])


def curves_world(slope: float) -> World:
    """Answers by logistic curves of a given slope; each item's true difficulty is off by its standard error."""

    def world(plan: Plan, true: Levels, random: np.random.Generator) -> ResponseModel:
        columns = np.array([(i.difficulty, i.standard_error, i.guessing) for i in plan.items]).T
        b, c = columns[0] + columns[1] * random.normal(size=columns[0].size), columns[2]
        cuts = true_cuts(plan, slope, b, c)
        low, high = np.append(2 * cuts[0] - cuts[1], cuts[:-1]), np.append(cuts[:-1], 2 * cuts[-2] - cuts[-3])
        theta = low[true] + (high - low)[true] * random.random(true.size)
        return lambda p, i: c[i] + (1 - c[i]) / (1 + np.exp(-slope * (theta[p][:, None] - b[i])))

    return world


def true_cuts(plan: Plan, slope: float, b: Array, c: Array) -> Array:
    """Where the expected score on each level's items reaches mastery in that world."""
    grid = np.linspace(-15, 15, 3001)
    right = c + (1 - c) / (1 + np.exp(-slope * (grid[:, None] - b)))
    own = np.array([i.level for i in plan.items])
    masks = [own == level.number for level in plan.levels]
    return np.array([grid[np.argmax(right[:, mask].mean(axis=1) >= plan.mastery)] for mask in masks])


def ladder_world(below: float, just_below: float, own: float, above: float, far_above: float) -> World:
    """Answers by level alone: how much a pupil knows of what he was taught, is taught, and was not."""

    def world(plan: Plan, true: Levels, random: np.random.Generator) -> ResponseModel:
        order = {level.number: k for k, level in enumerate(plan.levels)}
        level = np.array([order[i.level] for i in plan.items])
        c = np.array([i.guessing for i in plan.items])
        known = np.array([below, just_below, own, above, far_above])

        def model(pupils: Levels, items: Levels) -> Array:
            step = np.clip(level[items][None, :] - true[pupils][:, None], -2, 2) + 2
            return np.asarray(c[items] + (1 - c[items]) * known[step])

        return model

    return world


WORLDS: dict[str, World] = {
    "curves, slope 4 (as the model expects)": curves_world(4.0),
    "curves, slope 8": curves_world(8.0),
    "curves, slope 2": curves_world(2.0),
    "curves, slope 1 (flatter than the model allows)": curves_world(1.0),
    "levels known wholly or not at all": ladder_world(1, 1, 0, 0, 0),
    "levels known .97 .93 | .40 | .08 .02": ladder_world(0.97, 0.93, 0.4, 0.08, 0.02),
    "the same, careless: .90 .85 | .35 | .15 .05": ladder_world(0.9, 0.85, 0.35, 0.15, 0.05),
}


def sit(plan: Plan, blueprint: Blueprint, world: World, pupils: int, off: float, seed: int) -> Outcome:
    """As many pupils of each level."""
    random = np.random.default_rng(seed)
    count = len(plan.levels)
    true = np.arange(pupils) % count
    expected = np.clip(np.rint(true + off * random.normal(size=pupils)), 0, count - 1).astype(int)
    specs = [from_level(plan, blueprint, plan.levels[k].number, PriorSource.GRADE) for k in expected]
    model = world(plan, true, random)
    begun = time.perf_counter()
    attempts = simulate_attempts(plan, specs, np.zeros(pupils), seed, model=model)
    seconds = time.perf_counter() - begun
    proposed = np.array([int(np.argmax(a.state.ability.probabilities)) for a in attempts])
    return Outcome(true, proposed, attempts, seconds)


def report(name: str, plan: Plan, out: Outcome) -> None:
    """Prints what became of the pupils of one world."""
    away = np.abs(out.proposed - out.true)
    high, low = _percent(out.proposed > out.true), _percent(out.proposed < out.true)
    print(f"\n{name}")
    print(f"  exact {_percent(away == 0)}   within one level {_percent(away <= 1)}   too high {high}   too low {low}")
    by_level = [f"{level.number}: {_percent(away[out.true == k] == 0)}" for k, level in enumerate(plan.levels)]
    print("  exact by true level  " + "  ".join(by_level))
    _length(out)
    _reasons(out)
    _reliability(out)
    print(f"  {1000 * out.seconds / len(out.attempts):.2f} ms per simulated attempt")


def _length(out: Outcome) -> None:
    items = np.array([a.state.items for a in out.attempts])
    blocks = np.array([len(a.state.counted) for a in out.attempts])
    minutes = np.array([a.state.seconds for a in out.attempts]) / 60
    print(
        f"  items: mean {items.mean():.1f}, 95 % up to {np.quantile(items, 0.95):.0f}, most {items.max()};"
        f"  blocks: mean {blocks.mean():.1f};"
        f"  minutes at 4 s an item: mean {minutes.mean():.1f}, most {minutes.max():.1f}"
    )


def _reasons(out: Outcome) -> None:
    reasons = [a.state.ended.value for a in out.attempts if a.state.ended]
    shares = ", ".join(f"{reason} {n / len(reasons):.0%}" for reason, n in Counter(reasons).most_common())
    between = [(a, t) for a, t, r in zip(out.attempts, out.true, reasons, strict=True) if r == "between"]
    hits = np.array([_in_best_pair(a, t) for a, t in between], dtype=bool)
    print(f"  stopped: {shares}; of those between two levels, the true one is one of the two in {_percent(hits)}")


def _in_best_pair(attempt: SimulatedAttempt, true: int) -> bool:
    p = attempt.state.ability.probabilities
    lower = int(np.argmax([a + b for a, b in pairwise(p)]))
    return int(true) in (lower, lower + 1)


def _reliability(out: Outcome) -> None:
    """Stated against observed: a calibrated engine is right as often as it says."""
    stated, right = out.stated, out.proposed == out.true
    edges = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
    cells = []
    for low, high in pairwise(edges):
        here = (stated >= low) & (stated < high)
        if here.sum() >= 20:
            cells.append(f"{stated[here].mean():.2f}→{right[here].mean():.2f} (n {here.sum()})")
    print(f"  stated → right: {stated.mean():.2f} → {right.mean():.2f};  by band  " + "  ".join(cells))


def _percent(flags: npt.NDArray[np.bool_]) -> str:
    return f"{np.mean(flags):.0%}" if flags.size else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pupils", type=int, default=1800, help="simulated pupils in each world (default 1800)")
    parser.add_argument("--off", type=float, default=1.0, help="how far the grade's level is off, levels (default 1)")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    content = load_content(ROOT)
    blueprint = content.bank.blueprints[0]
    plan = assemble_plan(content.bank, content.rubrics, blueprint.id, 0)
    print(f"Bank {content.bank.version}: {len(plan.items)} items in {len(plan.blocks)} blocks; simulated pupils only")
    print("cuts " + "  ".join(f"{level.number}: {level.cut:.2f}" for level in plan.levels))
    for name, world in WORLDS.items():
        report(name, plan, sit(plan, blueprint, world, chosen.pupils, chosen.off, chosen.seed))


if __name__ == "__main__":
    main()
