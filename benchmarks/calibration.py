"""Calibration side by side with mirt (PyPI): time, memory, and how near the estimates come to known parameters.

`python benchmarks/calibration.py [--persons 18000] [--items 1000] [--each 50] [--no-mirt]`. All answers are simulated.
Each measurement runs in a process of its own, so that its peak of memory (of the whole process) is its own.
The floor is what the same answers would give if every ability were known.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from scipy import sparse

from phonics_app.calibration.estimation import Settings, calibrate
from phonics_app.calibration.item_model import GroupParameters, ItemParameters, Model
from phonics_app.calibration.responses import Responses
from phonics_app.calibration.scoring import abilities
from phonics_app.calibration.standard_errors import standard_errors
from tests.calibration.answers import World, error, levelled_world, random_world, with_known_abilities

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=18_000)
    parser.add_argument("--items", type=int, default=1_000)
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--no-mirt", action="store_true")
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part[0]](Path(options.part[1]))))
        return 0
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} cores, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        at_random(options, Path(folder) / "random.npz")
        levelled(options, Path(folder) / "levelled.npz")
        growth(options, Path(folder) / "ten.npz")
    return 0


def at_random(options: argparse.Namespace, file: Path) -> None:
    world = random_world(1, options.persons, options.items, options.each)
    slope, difficulty = with_known_abilities(world)
    floor = error(difficulty, world.difficulty), error(slope, world.slope)
    save(world, file)
    print(f"\n{options.persons:,} × {options.items:,}, {options.each} answers each, items at random, 2PL")
    print(
        f"{'':24}{'seconds':>9}{'peak MB':>9}{'iterations':>12}{'log likelihood':>17}{'RMSE b/floor':>14}{'a/floor':>9}"
    )
    ours = line("phonics_app", run("ours", file), world, floor)
    if not options.no_mirt:
        theirs = line("mirt", run("mirt", file), world, floor)
        print(f"{theirs / ours:.1f} times as fast as mirt")
    rasch_world = World(
        np.ones_like(world.slope), world.difficulty, world.ability, world.person, world.item, world.score, world.group
    )
    rasch(rasch_world, options, file.with_name("rasch.npz"))
    more = run("more", file)
    print(f"standard errors of all parameters: {more['errors']:.2f} s; scoring all persons: {more['scoring']:.3f} s")


def rasch(world: World, options: argparse.Namespace, file: Path) -> None:
    """Slopes are 1 in truth as well."""
    random = np.random.default_rng(2)
    odds = world.ability[world.person] - world.difficulty[world.item]
    score = (random.random(len(odds)) < 1 / (1 + np.exp(-odds))).astype(float)
    world = World(world.slope, world.difficulty, world.ability, world.person, world.item, score, world.group)
    save(world, file)
    line("phonics_app, Rasch", run("rasch", file), world, (known_difficulty(world), np.nan))


def known_difficulty(world: World) -> float:
    """The floor for slopes known to be 1."""
    count, theta, found = len(world.slope), world.ability[world.person], np.zeros(len(world.slope))
    for _ in range(30):
        share = 1 / (1 + np.exp(found[world.item] - theta))
        found -= np.bincount(world.item, world.score - share, count) / np.bincount(
            world.item, share * (1 - share), count
        )
    return error(found, world.difficulty)


def levelled(options: argparse.Namespace, file: Path) -> None:
    world = levelled_world(3, options.persons, options.items, options.each)
    slope, difficulty = with_known_abilities(world)
    floor = error(difficulty, world.difficulty), error(slope, world.slope)
    print("\nThe same number, items near the level at which a person was tested (abilities N(0, 2))")
    for name, grouped in (("one population", False), ("groups by level", True)):
        save(world, file, grouped)
        found = run("ours", file)
        on_truth(found, world, grouped)
        line(name, found, world, floor)
        print(f"{'':24}true difficulty grows by 1 where the estimate grows by {found['stretch']:.3f}")


def on_truth(found: dict, world: World, grouped: bool) -> None:
    """Puts the estimates on the true scale by the first group's true mean and deviation."""
    first = world.ability[world.group == 0] if grouped else world.ability
    found["b"] = (first.mean() + first.std() * np.array(found["b"])).tolist()
    found["a"] = (np.array(found["a"]) / first.std()).tolist()
    found["stretch"] = np.polyfit(world.difficulty, found["b"], 1)[0]


def growth(options: argparse.Namespace, file: Path) -> None:
    print("\nTen times the persons")
    before = 0.0
    for factor in (1, 10):
        save(random_world(4, options.persons * factor, options.items, options.each), file)
        found = run("ours", file)
        note = f", {found['seconds'] / before:.1f} times the time" if before else ""
        per = found["peak"] - found["data"]
        print(
            f"{options.persons * factor:>9,} persons: {found['seconds']:.2f} s, {found['iterations']} iterations,"
            f" peak {found['peak']:.0f} MB of which {per:.0f} above the answers{note}"
        )
        before = found["seconds"]


def line(name: str, found: dict, world: World, floor: tuple[float, float]) -> float:
    b, a = error(np.array(found["b"]), world.difficulty), error(np.array(found["a"]), world.slope)
    print(
        f"{name:24}{found['seconds']:>9.2f}{found['peak']:>9.0f}{found['iterations']:>12}{found['likelihood']:>17,.1f}"
        f"{b / floor[0]:>14.3f}{a / floor[1]:>9.3f}"
    )
    return float(found["seconds"])


def run(part: str, file: Path) -> dict:
    command = [sys.executable, str(Path(__file__).resolve()), "--part", part, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])


def save(world: World, file: Path, grouped: bool = False) -> None:
    group = world.group if grouped else np.zeros_like(world.group)
    np.savez(file, person=world.person, item=world.item, score=world.score, group=group, items=len(world.slope))


def load(file: Path) -> Responses:
    with np.load(file) as data:
        shape = (len(data["group"]), int(data["items"]))
        person, item, score, group = data["person"], data["item"], data["score"], data["group"]
    answered = sparse.csr_matrix((np.ones(len(score)), (person, item)), shape=shape)
    right = score > 0
    return Responses(
        tuple(f"{n:07}" for n in range(shape[0])),
        tuple(f"{n:05}" for n in range(shape[1])),
        tuple(str(g) for g in range(int(group.max()) + 1)),
        group,
        answered,
        sparse.csr_matrix((np.ones(right.sum()), (person[right], item[right])), shape=shape),
    )


def ours(file: Path, model: Model = Model.TWO_PL) -> dict:
    responses = load(file)
    data, seconds = peak(), []
    for _ in range(REPEATS):
        started = time.perf_counter()
        found = calibrate(responses, Settings(model))
        seconds.append(time.perf_counter() - started)
    return {
        "seconds": min(seconds),
        "data": data,
        "peak": peak(),
        "iterations": found.iterations,
        "likelihood": found.log_likelihood,
        "b": found.items.difficulty.tolist(),
        "a": found.items.slope.tolist(),
    }


def mirt(file: Path) -> dict:
    from mirt import fit_mirt

    responses = load(file)
    table = np.where(responses.answered.toarray() > 0, responses.right.toarray(), -1).astype(int)
    started = time.perf_counter()
    found = fit_mirt(table, model="2PL", n_quadpts=41, compute_standard_errors=False)
    seconds = time.perf_counter() - started
    parameters = found.model.parameters
    return {
        "seconds": seconds,
        "peak": peak(),
        "iterations": int(found.n_iterations),
        "likelihood": float(found.log_likelihood),
        "b": np.ravel(parameters["difficulty"]).tolist(),
        "a": np.ravel(parameters["discrimination"]).tolist(),
    }


def more(file: Path) -> dict:
    responses = load(file)
    found = calibrate(responses)
    started = time.perf_counter()
    standard_errors(found)
    errors = time.perf_counter() - started
    items = ItemParameters(found.items.slope, found.items.intercept, found.items.guessing)
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        abilities(responses, items, GroupParameters(np.zeros(1), np.ones(1)))
        times.append(time.perf_counter() - started)
    return {"errors": errors, "scoring": min(times)}


def peak() -> float:
    """Most memory that this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


PARTS: dict[str, Callable[[Path], dict]] = {
    "ours": ours,
    "rasch": lambda file: ours(file, Model.RASCH),
    "mirt": mirt,
    "more": more,
}

if __name__ == "__main__":
    sys.exit(main())
