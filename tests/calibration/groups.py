"""Simulated answers where something is wrong with some items: for one school, within passages, or for everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from phonics_app.calibration.dif import Grouping
from phonics_app.calibration.responses import Responses, responses_from


@dataclass(frozen=True, eq=False)
class Class:
    """Every person answered every item. `ability` in logits."""

    responses: Responses
    ability: np.ndarray
    slope: np.ndarray
    difficulty: np.ndarray


def answered(random, odds, ability, slope, difficulty) -> Class:
    score = random.random(odds.shape) < 1 / (1 + np.exp(-odds))
    person, item = np.indices(score.shape)
    people, items = np.char.mod("p%05d", person.ravel()), np.char.mod("i%03d", item.ravel())
    return Class(responses_from(people, items, score.ravel().astype(float)), ability, slope, difficulty)


def schools(
    seed: int, sizes: tuple[int, ...], skill: np.ndarray, shift: np.ndarray, unlike: float = 0.0, tests: int = 1
) -> tuple[Class, Grouping, dict[str, str]]:
    """Schools differ in mean ability; `shift` (logits, of each item) makes items easier in the first. `unlike`: how far
    pupils differ in single skills, in all of their `tests`."""
    random = np.random.default_rng(seed)
    code = np.repeat(np.arange(len(sizes)), sizes)
    pupil = np.repeat(np.arange(len(code)), tests)
    ability = (random.normal(0, 1, len(code)) + random.normal(0, 0.5, len(sizes))[code])[pupil]
    difficulty, slope = random.normal(0, 1, len(skill)), np.exp(random.normal(0, 0.2, len(skill)))
    own = random.normal(0, unlike, (len(code), int(skill.max()) + 1)) if unlike else np.zeros((1, int(skill.max()) + 1))
    own = own[pupil] if unlike else own
    odds = slope * (ability[:, None] - difficulty) + own[:, skill] + np.outer(code[pupil] == 0, shift)
    grouping = Grouping(tuple(f"s{g}" for g in range(len(sizes))), code[pupil], pupil)
    return (
        answered(random, odds, ability, slope, difficulty),
        grouping,
        {f"i{j:03d}": f"k{s}" for j, s in enumerate(skill)},
    )


def passages(seed: int, persons: int, blocks: int, size: int, deviation: float) -> tuple[Class, dict[str, str]]:
    """Each pupil finds each passage easier or harder by a chance of `deviation` logits."""
    random = np.random.default_rng(seed)
    block = np.repeat(np.arange(blocks), size)
    ability, chance = random.normal(0, 1, persons), random.normal(0, 1, (persons, blocks)) * deviation
    difficulty, slope = random.normal(0, 1, len(block)), np.exp(random.normal(0, 0.2, len(block)))
    odds = slope * (ability[:, None] + chance[:, block] - difficulty)
    return answered(random, odds, ability, slope, difficulty), {f"i{j:03d}": f"b{b}" for j, b in enumerate(block)}
