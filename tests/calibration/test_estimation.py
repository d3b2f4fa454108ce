"""Calibration against known parameters, another program's maximum of the likelihood, and the literature."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize

from phonics_app.calibration import answers
from phonics_app.calibration.estimation import Settings, calibrate, without_spread
from phonics_app.calibration.item_model import Model
from phonics_app.calibration.maximisation import MOST_SLOPE, ItemPriors, at_bound
from phonics_app.calibration.responses import responses_from
from phonics_app.calibration.standard_errors import standard_errors
from tests.calibration.answers import error, levelled_world, random_world, with_known_abilities


def literature(name: str):
    """One of the classic tables; they are not ours to pass on, so they are looked for beside the repository."""
    for folder in Path(__file__).resolve().parents:
        if (file := folder / "shared" / "data" / f"{name}_freq.csv").exists():
            break
    else:
        pytest.skip(f"{name}_freq.csv is not beside this repository (folder shared/data)")
    with file.open(encoding="utf-8", newline="") as lines:
        patterns = [[int(cell) for cell in row] for row in list(csv.reader(lines))[1:]]
    rows = [pattern[:5] for pattern in patterns for _ in range(pattern[5])]
    person = np.repeat([f"{number:04}" for number in range(len(rows))], 5)
    return responses_from(person, np.tile([str(k) for k in range(1, 6)], len(rows)), np.ravel(rows))


LITERATURE = [
    # Bock & Aitkin's LSAT sections 6 and 7: model, slopes, intercepts, variance, log likelihood
    ("lsat6", Model.RASCH, [1] * 5, [2.73002, 0.99861, 0.23985, 1.30645, 2.09941], 0.57024, -2466.938),
    (
        "lsat6",
        Model.TWO_PL,
        [0.82566, 0.72274, 0.89087, 0.68837, 0.65686],
        [2.77323, 0.99020, 0.24914, 1.28476, 2.05327],
        1.0,
        -2466.653,
    ),
    ("lsat7", Model.RASCH, [1] * 5, [1.86826, 0.79100, 1.46098, 0.52150, 1.99297], 1.02265, -2664.901),
    (
        "lsat7",
        Model.TWO_PL,
        [0.98755, 1.08084, 1.70748, 0.76499, 0.73567],
        [1.85586, 0.80797, 1.80521, 0.48600, 1.85446],
        1.0,
        -2658.805,
    ),
]


@pytest.mark.parametrize(("name", "model", "slope", "intercept", "variance", "likelihood"), LITERATURE)
def test_the_tables_of_the_literature(name, model, slope, intercept, variance, likelihood):
    found = calibrate(literature(name), Settings(model))
    assert found.converged
    assert found.log_likelihood == pytest.approx(likelihood, abs=1e-3)
    assert found.items.slope == pytest.approx(np.array(slope, dtype=float), abs=1e-3)
    assert found.items.intercept == pytest.approx(np.array(intercept), abs=1e-3)
    assert found.groups.deviation**2 == pytest.approx([variance], abs=1e-3)
    assert found.groups.mean == pytest.approx([0.0])


def marginal(responses, slope, intercept, deviation):
    """The marginal log likelihood, written plainly: each person against each of many nodes."""
    theta = np.linspace(-8, 8, 321)
    right, answered = responses.right.toarray(), responses.answered.toarray()
    odds = slope[:, None] * theta + intercept[:, None]
    log = right @ odds - answered @ np.logaddexp(0, odds)
    weight = np.exp(-0.5 * (theta / deviation) ** 2)
    return float(np.log(np.exp(log) @ (weight / weight.sum())).sum())


def test_another_program_finds_no_higher_likelihood():
    responses = random_world(3, persons=400, items=8, each=6).responses()
    found = calibrate(responses, Settings(tolerance=1e-5))
    start = np.concatenate([found.items.slope, found.items.intercept])
    rival = optimize.minimize(lambda v: -marginal(responses, v[:8], v[8:], 1.0), start * 0 + 0.5, method="BFGS")
    assert found.log_likelihood == pytest.approx(-rival.fun, abs=1e-4)
    assert start == pytest.approx(rival.x, abs=2e-3)


@pytest.mark.parametrize("model", Model)
def test_standard_errors_are_those_of_the_curvature(model):
    responses = random_world(4, persons=500, items=6, each=5).responses()
    found = calibrate(responses, Settings(model, tolerance=1e-5))
    two_pl = model is Model.TWO_PL
    at = np.concatenate([found.items.slope if two_pl else found.groups.deviation, found.items.intercept])
    first = 6 if two_pl else 1

    def value(v):
        slope, deviation = (v[:6], 1.0) if two_pl else (np.ones(6), v[0])
        return marginal(responses, slope, v[first:], deviation)

    covariance = np.linalg.inv(-curvature(value, at))
    errors = standard_errors(found)
    b, a = found.items.difficulty, found.items.slope
    variance = np.diag(covariance)[first:] / a**2
    if two_pl:
        assert errors.slope == pytest.approx(np.sqrt(np.diag(covariance)[:6]), rel=2e-3)
        both = covariance[np.arange(6), np.arange(6) + 6]
        variance = variance + (b**2 * np.diag(covariance)[:6] + 2 * b * both) / a**2
    else:
        assert np.isnan(errors.slope).all()
        assert errors.group_deviation == pytest.approx(np.sqrt([covariance[0, 0]]), rel=2e-3)
    assert errors.difficulty == pytest.approx(np.sqrt(variance), rel=2e-3)


def curvature(value, at, step=1e-3):
    size = len(at)
    found = np.empty((size, size))
    unit = np.eye(size) * step
    for i in range(size):
        for j in range(i + 1):
            signs = ((1, 1), (1, -1), (-1, 1), (-1, -1))
            parts = [s * t * value(at + s * unit[i] + t * unit[j]) for s, t in signs]
            found[i, j] = found[j, i] = sum(parts) / (4 * step**2)
    return found


def test_sparse_answers_give_nearly_what_known_abilities_would():
    world = random_world(5, persons=4_000, items=200, each=50)
    found = calibrate(world.responses())
    slope, difficulty = with_known_abilities(world)
    assert found.converged
    assert error(found.items.difficulty, world.difficulty) <= 1.1 * error(difficulty, world.difficulty)
    assert error(found.items.slope, world.slope) <= 1.15 * error(slope, world.slope)


def test_groups_keep_the_scale_that_one_population_would_squeeze():
    world = levelled_world(6, persons=4_000, items=250, each=40)
    together, apart = (calibrate(world.responses(grouped)) for grouped in (False, True))
    # On the first group's scale; put on the true one by that group's true mean and deviation.
    first = world.ability[world.group == 0]
    there = first.mean() + first.std() * apart.items.difficulty
    assert np.polyfit(world.difficulty, there, 1)[0] == pytest.approx(1, abs=0.1)
    straight = np.corrcoef(apart.items.difficulty, world.difficulty)[0, 1]
    assert straight > np.corrcoef(together.items.difficulty, world.difficulty)[0, 1]
    assert np.all(np.diff(apart.groups.mean) > 0)


def test_the_order_of_rows_changes_nothing():
    world = levelled_world(7, persons=300, items=60, each=10, levels=3)
    plain = calibrate(world.responses(grouped=True))
    mixed = calibrate(world.responses(grouped=True, order=np.random.default_rng(1).permutation(len(world.score))))
    assert np.array_equal(plain.items.slope, mixed.items.slope)
    assert np.array_equal(plain.items.intercept, mixed.items.intercept)
    assert plain.log_likelihood == mixed.log_likelihood


def test_blocks_of_persons_change_nothing(monkeypatch):
    responses = random_world(16, persons=2_500, items=60, each=15).responses()
    kept = calibrate(responses)
    monkeypatch.setattr(answers, "FEW", 0)
    made_anew = calibrate(responses)
    assert np.array_equal(made_anew.items.intercept, kept.items.intercept)
    monkeypatch.setattr(answers, "PERSONS_TOGETHER", 400)
    smaller = calibrate(responses)
    assert smaller.log_likelihood == pytest.approx(kept.log_likelihood, abs=1e-6)
    assert smaller.items.slope == pytest.approx(kept.items.slope, abs=1e-6)
    assert smaller.items.intercept == pytest.approx(kept.items.intercept, abs=1e-6)


def test_anchors_stay_and_carry_the_scale():
    world = random_world(8, persons=3_000, items=40, each=25)
    anchors = {f"i{j:04}": (float(world.slope[j]), float(world.difficulty[j])) for j in range(10)}
    shifted = {item: (a / 2, 2 * b + 3) for item, (a, b) in anchors.items()}
    found = calibrate(world.responses(), Settings(anchors=shifted))
    assert found.items.difficulty[:10] == pytest.approx(world.difficulty[:10] * 2 + 3)
    assert found.items.slope[:10] == pytest.approx(world.slope[:10] / 2)
    assert found.groups.mean == pytest.approx([3], abs=0.15)
    assert found.groups.deviation == pytest.approx([2], abs=0.15)
    assert error(found.items.difficulty[10:], world.difficulty[10:] * 2 + 3) < 0.3


def test_guessing_is_taken_into_account():
    world = random_world(9, persons=6_000, items=30, each=25, guessing=0.25)
    guessing = {f"i{j:04}": 0.25 for j in range(30)}
    blind, knowing = (calibrate(world.responses(), Settings(guessing=g)) for g in ({}, guessing))
    assert knowing.log_likelihood > blind.log_likelihood + 10
    assert error(knowing.items.difficulty, world.difficulty) < 0.5 * error(blind.items.difficulty, world.difficulty)


def test_priors_hold_items_with_few_answers():
    world = random_world(10, persons=40, items=20, each=10)
    wide = np.full(20, 0.3)
    priors = ItemPriors(world.difficulty, wide, np.zeros(20), wide)
    free, held = calibrate(world.responses()), calibrate(world.responses(), Settings(priors=priors))
    assert held.converged
    assert error(held.items.difficulty, world.difficulty) < 0.3 < error(free.items.difficulty, world.difficulty)


def test_priors_of_the_scale_in_use_place_the_group():
    world = random_world(10, persons=400, items=40, each=20)
    wide = np.full(40, 0.5)
    priors = ItemPriors(world.difficulty + 3, wide, np.zeros(40), np.full(40, 0.3))
    found = calibrate(world.responses(), Settings(priors=priors, priors_hold_scale=True))
    assert found.converged
    assert found.groups.mean == pytest.approx([3], abs=0.25)
    # Each prior tells the place of the scale within .5; 40 of them within .5/√40.
    assert 0.05 < standard_errors(found).group_mean[0] < 0.2


def test_priors_and_groups_end_at_the_top_and_not_on_the_way():
    """A move of all items and groups together is hardly seen by an EM step; the work must not end in such a creep."""
    world = random_world(15, persons=2_000, items=30, each=12)
    world.group[:] = np.digitize(world.ability, [-0.7, 0.7])
    wide = ItemPriors(np.zeros(30), np.full(30, 2.0), np.zeros(30), np.full(30, 0.3))
    priors = ItemPriors(wide.difficulty + 1.5, wide.difficulty_error, wide.log_slope, wide.log_slope_error)
    for beliefs, holds in ((wide, False), (priors, True)):
        quick, exact = (
            calibrate(
                world.responses(grouped=True), Settings(priors=beliefs, priors_hold_scale=holds, tolerance=tolerance)
            )
            for tolerance in (2e-3, 1e-5)
        )
        assert exact.converged
        assert quick.groups.mean == pytest.approx(exact.groups.mean, abs=5e-3)
        assert quick.iterations < 100


def test_everybody_right_tells_no_difficulty():
    responses = responses_from(["a", "a", "b", "b"], ["x", "y", "x", "y"], [1, 1, 1, 0])
    assert without_spread(responses) == ("x",)


def test_a_slope_without_peak_stops_at_the_bound_and_has_no_error():
    world = random_world(14, persons=400, items=8, each=8)
    others = np.bincount(world.person, world.score * (world.item != 7))
    # Exactly those with more than four others right get the last one right: the steeper its curve, the better it fits.
    last = world.item == 7
    world.score[last] = others[world.person[last]] > 4
    found = calibrate(world.responses())
    assert found.converged
    assert found.items.slope.max() >= MOST_SLOPE
    errors = standard_errors(found)
    assert np.isnan(errors.slope[at_bound(found.items.slope)]).all()


@pytest.mark.parametrize(
    ("person", "item", "score", "group"),
    [
        (["a", "a"], ["x", "x"], [0, 1], None),
        (["a", "b"], ["x", "x"], [0, 2], None),
        (["a", "a"], ["x", "y"], [0, 1], ["1", "2"]),
    ],
)
def test_answers_that_contradict_themselves_are_refused(person, item, score, group):
    with pytest.raises(ValueError, match=r"a (person|score)"):
        responses_from(person, item, score, group)
