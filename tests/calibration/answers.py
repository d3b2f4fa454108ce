"""Simulated answers of persons and items whose parameters are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from phonics_app.calibration.responses import Responses, responses_from


@dataclass(frozen=True, eq=False)
class World:
    slope: np.ndarray
    difficulty: np.ndarray
    ability: np.ndarray
    person: np.ndarray
    item: np.ndarray
    score: np.ndarray
    group: np.ndarray
    """Of each person."""

    def responses(self, grouped: bool = False, order: np.ndarray | None = None) -> Responses:
        rows = np.arange(len(self.score)) if order is None else order
        persons = np.char.add("p", np.char.zfill(self.person[rows].astype(str), 6))
        items = np.char.add("i", np.char.zfill(self.item[rows].astype(str), 4))
        groups = np.char.add("g", self.group[self.person[rows]].astype(str)) if grouped else None
        return responses_from(persons, items, self.score[rows], groups)


def random_world(seed: int, persons: int, items: int, each: int, guessing: float = 0.0, slopes: float = 0.3) -> World:
    """Abilities and difficulties N(0, 1), logs of slopes N(0, `slopes`); every person answers `each` items drawn at
    random."""
    random = np.random.default_rng(seed)
    slope, difficulty = np.exp(random.normal(0, slopes, items)), random.normal(0, 1, items)
    ability = random.normal(0, 1, persons)
    item = np.concatenate([random.choice(items, each, replace=False) for _ in range(persons)])
    return _answered(random, slope, difficulty, ability, np.repeat(np.arange(persons), each), item, guessing)


def levelled_world(
    seed: int, persons: int, items: int, each: int, levels: int = 9, normal: bool = False, slopes: float = 0.3
) -> World:
    """Abilities N(0, 2); persons are tested at the level that somebody took them to be at, with items near it. Those
    at the lowest and the highest level are then skewed; `normal`: abilities of each level are N(its middle, 0.6)."""
    random = np.random.default_rng(seed)
    slope = np.exp(random.normal(0, slopes, items))
    difficulty = np.sort(random.uniform(-4.2, 4.2, items))
    ability = random.normal(0, 2, persons)
    middles = np.linspace(-3.5, 3.5, levels)
    believed = ability + random.normal(0, 0.5, persons)
    group = np.abs(believed[:, None] - middles).argmin(axis=1)
    if normal:
        ability = middles[group] + random.normal(0, 0.6, persons)
    near = [np.flatnonzero(np.abs(difficulty - middle) < 1.1) for middle in middles]
    item = np.concatenate([random.choice(near[g], each, replace=False) for g in group])
    person = np.repeat(np.arange(persons), each)
    return _answered(random, slope, difficulty, ability, person, item, 0.0, group)


def _answered(random, slope, difficulty, ability, person, item, guessing, group=None) -> World:
    odds = slope[item] * (ability[person] - difficulty[item])
    right = guessing + (1 - guessing) / (1 + np.exp(-odds))
    score = (random.random(len(item)) < right).astype(float)
    return World(
        slope, difficulty, ability, person, item, score, np.zeros(len(ability), int) if group is None else group
    )


def with_known_abilities(world: World, slopes_free: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Slopes (else 1) and difficulties that fit best if every ability were known: nobody can do better than that."""
    count = len(world.slope)

    def total(values):
        return np.bincount(world.item, values, count)

    # From the middle of those who answered each item, or Newton's steps overshoot.
    middle = total(world.ability[world.person]) / np.bincount(world.item, minlength=count)
    theta = world.ability[world.person] - middle[world.item]
    slope, level = np.ones(count), np.zeros(count)
    for _ in range(40):
        share = 1 / (1 + np.exp(-(slope[world.item] * theta + level[world.item])))
        weight, residual = share * (1 - share), world.score - share
        by_slope, by_level = total(residual * theta), total(residual)
        own, both, other = total(weight * theta**2), total(weight * theta), total(weight)
        if not slopes_free:
            by_slope, both = np.zeros(count), np.zeros(count)
        determinant = own * other - both**2
        slope = slope + np.clip((other * by_slope - both * by_level) / determinant, -0.5, 0.5)
        level = level + np.clip((own * by_level - both * by_slope) / determinant, -1, 1)
    return slope, middle - level / slope


def error(found: np.ndarray, true: np.ndarray) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(np.square(found - true))))
