"""Calibration side by side with mirt (PyPI): time, memory, and how near the estimates come to known parameters.

`python benchmarks/calibration.py [--persons 18000] [--items 1000] [--each 50] [--seeds 3] [--slopes 0.2] [--no-mirt]`.
All answers are simulated. Each measurement runs in a process of its own, so that its peak of memory (of the whole
process) is its own. The floor is what the same answers would give if every ability were known.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
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
from phonics_app.calibration.item_model import GroupParameters, Model
from phonics_app.calibration.responses import Responses
from phonics_app.calibration.scoring import abilities
from phonics_app.calibration.standard_errors import standard_errors
from tests.calibration.answers import World, error, levelled_world, random_world, with_known_abilities

ROOT = Path(__file__).resolve().parents[1]
REPEATS, ENOUGH = 3, 5.0
"""Measurements, and seconds after which there is no further one."""
COLUMNS = f"{'':26}{'seconds':>9}{'peak MB':>9}{'steps':>7}{'log likelihood':>17}{'b ÷ floor':>11}{'a ÷ floor':>11}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=18_000)
    parser.add_argument("--items", type=int, default=1_000)
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--slopes", type=float, nargs="+", default=[0.2, 0.3])
    parser.add_argument("--no-mirt", action="store_true")
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part[0]](Path(options.part[1]))))
        return 0
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} cores, {platform.machine()}")
    print(f"Simulated: {options.persons:,} persons × {options.items:,} items, {options.each} answers each")
    with tempfile.TemporaryDirectory() as folder:
        for slopes in options.slopes:
            at_random(options, slopes, Path(folder) / "random.npz")
        rasch(options, Path(folder) / "rasch.npz")
        levelled(options, Path(folder) / "levelled.npz")
        growth(options, Path(folder) / "ten.npz")
    return 0


def at_random(options: argparse.Namespace, slopes: float, file: Path) -> None:
    print(f"\n2PL, items at random; logs of slopes N(0, {slopes}), difficulties and abilities N(0, 1)\n{COLUMNS}")
    programs = {"phonics_app": "ours", "mirt": "mirt"} if not options.no_mirt else {"phonics_app": "ours"}
    found: dict[str, list[dict]] = {name: [] for name in programs}
    floors = []
    for seed in range(1, options.seeds + 1):
        world = random_world(seed, options.persons, options.items, options.each, slopes=slopes)
        save(world, file)
        floors.append(floor_of(world))
        for name, part in programs.items():
            found[name].append(against(run(part, file), world, floors[-1]))
            line(f"{name}, seed {seed}", found[name][-1])
    for name, runs in found.items():
        line(f"{name}, all seeds", together(runs))
    if len(found) > 1:
        times = [min(one["seconds"] for one in runs) for runs in found.values()]
        print(f"{times[1] / times[0]:.1f} times as fast as mirt")
    floor = np.sqrt(np.mean(np.square(floors), axis=0))
    more = run("more", file)
    print(
        f"floor: RMSE of b {floor[0]:.4f}, of a {floor[1]:.4f}; standard errors of the last seed's estimates ÷ floor:"
        f" b {more['b'] / floors[-1][0]:.3f}, a {more['a'] / floors[-1][1]:.3f}"
    )
    print(
        f"standard errors of all parameters: {more['errors']:.2f} s, peak {more['peak']:.0f} MB;"
        f" scoring all persons: {more['scoring']:.3f} s"
    )


def rasch(options: argparse.Namespace, file: Path) -> None:
    print(f"\nRasch, items at random; difficulties and abilities N(0, 1)\n{COLUMNS}")
    found = []
    for seed in range(1, options.seeds + 1):
        world = random_world(seed, options.persons, options.items, options.each, slopes=0.0)
        save(world, file)
        found.append(against(run("rasch", file), world, floor_of(world, slopes_free=False), unit=1.0))
        line(f"phonics_app, seed {seed}", found[-1])
    line("phonics_app, all seeds", together(found))


def levelled(options: argparse.Namespace, file: Path) -> None:
    print(f"\nItems near the level at which a person was tested; abilities N(0, 2)\n{COLUMNS}")
    size = (options.persons, options.items, options.each)
    for name, model, normal, grouped in (
        ("2PL, one population", Model.TWO_PL, False, False),
        ("2PL, groups by level", Model.TWO_PL, False, True),
        ("2PL, normal groups", Model.TWO_PL, True, True),
        ("Rasch, groups by level", Model.RASCH, False, True),
        ("Rasch, normal groups", Model.RASCH, True, True),
    ):
        runs, slopes_free = [], model is Model.TWO_PL
        for seed in range(1, options.seeds + 1):
            world = levelled_world(seed, *size, normal=normal, slopes=0.3 if slopes_free else 0.0)
            save(world, file, grouped)
            found = run("ours" if slopes_free else "rasch", file)
            runs.append(against(found, world, floor_of(world, slopes_free), None if slopes_free else 1.0))
        slopes = ", ".join(f"{found['stretch']:.3f}" for found in runs)
        line(name, together(runs), f"   slopes {slopes}")
    print("slope: how much the estimate grows where the true difficulty grows by 1 (one for each seed)")
    print("groups by level: whoever is far below or above all levels is at the lowest or highest: not a normal group")


def growth(options: argparse.Namespace, file: Path) -> None:
    print("\n2PL, ten times the persons")
    before: dict | None = None
    for factor in (1, 10):
        save(random_world(4, options.persons * factor, options.items, options.each), file)
        found = run("ours", file)
        above = found["peak"] - found["data"]
        print(
            f"{options.persons * factor:>9,} persons: {found['seconds']:.2f} s, {found['iterations']} steps, answers"
            f" {found['answers']:.0f} MB; peak {found['peak']:.0f} MB, {above:.0f} above what the process had with them"
        )
        if before:
            print(f"{'':>9} {found['seconds'] / before['seconds']:.1f} times the time")
        before = found


def floor_of(world: World, slopes_free: bool = True) -> tuple[float, float]:
    slope, difficulty = with_known_abilities(world, slopes_free)
    return error(difficulty, world.difficulty), error(slope, world.slope) if slopes_free else np.nan


def against(found: dict, world: World, floor: tuple[float, float], unit: float | None = None) -> dict:
    """The estimates on the scale of the true abilities: which 0 and which logit are meant is a convention, and here
    these persons' own mean and deviation say so, for every program alike. `unit`: the model has logits of its own."""
    share = np.array(found["persons"]) / sum(found["persons"])
    mean = share @ found["mean"]
    deviation = np.sqrt(share @ (np.square(found["sd"]) + np.square(found["mean"] - mean)))
    stretch = unit or world.ability.std() / deviation
    found["b"] = world.ability.mean() + stretch * (np.array(found["b"]) - mean)
    found["a"] = np.array(found["a"]) / stretch
    found["b ÷ floor"] = error(found["b"], world.difficulty) / floor[0]
    found["a ÷ floor"] = error(found["a"], world.slope) / floor[1]
    found["stretch"] = float(np.polyfit(world.difficulty, found["b"], 1)[0])
    return found


def together(runs: list[dict]) -> dict:
    """Least time, most memory, mean of the rest."""
    found = {name: float(np.mean([one[name] for one in runs])) for name in ("b ÷ floor", "a ÷ floor", "likelihood")}
    steps = round(np.mean([one["iterations"] for one in runs]))
    seconds, peak = min(one["seconds"] for one in runs), max(one["peak"] for one in runs)
    return {**found, "seconds": seconds, "peak": peak, "iterations": steps}


def line(name: str, found: dict, note: str = "") -> None:
    print(
        f"{name:26}{found['seconds']:>9.2f}{found['peak']:>9.0f}{found['iterations']:>7}{found['likelihood']:>17,.1f}"
        f"{found['b ÷ floor']:>11.3f}{found['a ÷ floor']:>11.3f}{note}",
        flush=True,
    )


def run(part: str, file: Path) -> dict:
    command = [sys.executable, str(Path(__file__).resolve()), "--part", part, str(file)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])


def save(world: World, file: Path, grouped: bool = False) -> None:
    """In the form in which `load` can take it without a copy, so that what is measured is the calibration."""
    group = world.group if grouped else np.zeros_like(world.group)
    shape = (len(group), len(world.slope))
    answered = sparse.csr_matrix((np.ones(len(world.score)), (world.person, world.item)), shape=shape)
    some = world.score > 0
    right = sparse.csr_matrix((np.ones(some.sum()), (world.person[some], world.item[some])), shape=shape)
    tables = {
        f"{name}_{part}": getattr(table, part)
        for name, table in (("answered", answered), ("right", right))
        for part in ("data", "indices", "indptr")
    }
    np.savez(file, group=group, items=shape[1], **tables)


def load(file: Path) -> Responses:
    with np.load(file) as data:
        group, items = data["group"], int(data["items"])
        answered, right = (
            sparse.csr_matrix(
                (data[f"{name}_data"], data[f"{name}_indices"], data[f"{name}_indptr"]), shape=(len(group), items)
            )
            for name in ("answered", "right")
        )
    return Responses(
        tuple(f"{n:07}" for n in range(len(group))),
        tuple(f"{n:05}" for n in range(items)),
        tuple(str(g) for g in range(int(group.max()) + 1)),
        group,
        answered,
        right,
    )


def ours(file: Path, model: Model = Model.TWO_PL) -> dict:
    responses = load(file)
    data, seconds = peak(), []
    while len(seconds) < REPEATS and sum(seconds) < ENOUGH:
        started = time.perf_counter()
        found = calibrate(responses, Settings(model))
        seconds.append(time.perf_counter() - started)
    tables = (responses.answered, responses.right)
    return {
        "seconds": min(seconds),
        "data": data,
        "answers": sum(part.nbytes for t in tables for part in (t.data, t.indices, t.indptr)) / 2**20,
        "peak": peak(),
        "iterations": found.iterations,
        "likelihood": found.log_likelihood,
        "b": found.items.difficulty.tolist(),
        "a": found.items.slope.tolist(),
        "mean": found.groups.mean.tolist(),
        "sd": found.groups.deviation.tolist(),
        "persons": np.bincount(responses.group).tolist(),
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
        "mean": [0.0],
        "sd": [1.0],
        "persons": [len(responses.persons)],
    }


def more(file: Path) -> dict:
    """Standard errors, with their root mean squares, and scoring."""
    responses = load(file)
    found = calibrate(responses)
    started = time.perf_counter()
    errors = standard_errors(found)
    seconds, times = time.perf_counter() - started, []
    for _ in range(REPEATS):
        started = time.perf_counter()
        abilities(responses, found.items, GroupParameters(np.zeros(1), np.ones(1)))
        times.append(time.perf_counter() - started)
    b, a = (float(np.sqrt(np.nanmean(np.square(part)))) for part in (errors.difficulty, errors.slope))
    return {"errors": seconds, "scoring": min(times), "peak": peak(), "b": b, "a": a}


def peak() -> float:
    """Most memory that this process has held, MB. Linux's `ru_maxrss` would count what its parent held as well."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


PARTS: dict[str, Callable[[Path], dict]] = {
    "ours": ours,
    "rasch": lambda file: ours(file, Model.RASCH),
    "mirt": mirt,
    "more": more,
}

if __name__ == "__main__":
    sys.exit(main())
