"""Rules of `blueprints.toml`: numbers that make sense, rules and levels that exist."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from phonics_app.domain.bank import BlockRule, Blueprint
from phonics_app.domain.errors import Place, Problem

AUTO_STOP_RULES = ("EGRA-STOP-N", "EGRA-STOP-LINE1", "")
"""Names that `auto_stop` may have; empty for none."""
_MUCH = 100_000


@dataclass(frozen=True, slots=True)
class _Limit:
    field: str
    value: float
    low: float
    high: float = _MUCH


def blueprint_problems(blueprints: Iterable[Blueprint], levels: Iterable[int]) -> Iterator[Problem]:
    """Everything wrong with the blueprints, each fault named by its path in the file."""
    known = sorted(levels)
    seen: set[str] = set()
    for index, blueprint in enumerate(blueprints):
        path = f"blueprints[{index}]"
        if blueprint.id in seen:
            yield _problem("content.id_repeated", f"{path}.id", blueprint.id)
        seen.add(blueprint.id)
        yield from _levels(path, blueprint, known)
        yield from _limits(path, _blueprint_limits(blueprint))
        yield from _guessers(path, blueprint)
        for number, block in enumerate(blueprint.blocks):
            yield from _block(f"{path}.blocks[{number}]", block)
        yield from _repeated_strands(path, blueprint)


def _problem(code: str, path: str, value: object, expected: str = "") -> Problem:
    return Problem(code, Place(file="blueprints.toml", column=path), str(value), expected)


def _levels(path: str, blueprint: Blueprint, known: list[int]) -> Iterator[Problem]:
    expected = ", ".join(str(number) for number in known)
    for grade, level in blueprint.expected_level.items():
        if level not in known:
            yield _problem("content.level_unknown", f"{path}.expected_level.{grade.value}", level, expected)


def _blueprint_limits(blueprint: Blueprint) -> tuple[_Limit, ...]:
    stopping = blueprint.stopping
    return (
        _Limit("variants", blueprint.variants, 1),
        _Limit("prior_sd_grade", blueprint.prior_sd_grade, 0.01, 20),
        _Limit("prior_sd_result", blueprint.prior_sd_result, 0.01, 20),
        _Limit("prior_sd_growth_per_term", blueprint.prior_sd_growth_per_term, 0, 20),
        _Limit("stopping.sure_probability", stopping.sure_probability, 0.01, 1),
        _Limit("stopping.between_probability", stopping.between_probability, 0.01, 1),
        _Limit("stopping.between_items", stopping.between_items, 1),
        _Limit("stopping.minimum_blocks", stopping.minimum_blocks, 1),
        _Limit("stopping.minimum_strands", stopping.minimum_strands, 1),
        _Limit("stopping.maximum_items", stopping.maximum_items, 1),
        _Limit("stopping.maximum_seconds", stopping.maximum_seconds, 1),
        _Limit("stopping.item_cost", stopping.item_cost, 0, 1),
    )


def _guessers(path: str, blueprint: Blueprint) -> Iterator[Problem]:
    for number, each in enumerate(blueprint.guessers):
        limits = (_Limit("share", each.share, 0.01, 1), _Limit("guessing", each.guessing, 0, 0.5))
        yield from _limits(f"{path}.guessers[{number}]", limits)
    together = sum(each.share for each in blueprint.guessers)
    if not math.isclose(together, 1, abs_tol=1e-6):
        yield _problem("content.number", f"{path}.guessers.share", f"{together:g}", "1")


def _block(path: str, block: BlockRule) -> Iterator[Problem]:
    yield from _limits(
        path,
        (
            _Limit("size", block.size, 1),
            _Limit("line_length", block.line_length, 1, block.size),
            _Limit("auto_stop_count", block.auto_stop_count, 0, block.size),
        ),
    )
    if block.auto_stop not in AUTO_STOP_RULES:
        yield _problem("content.choice", f"{path}.auto_stop", block.auto_stop, ", ".join(AUTO_STOP_RULES[:-1]))
    for name, text in (("instruction", block.instruction), ("say", block.say), ("hint", block.hint)):
        for language in ("th", "en"):
            if not getattr(text, language).strip():
                yield _problem("content.empty", f"{path}.{name}.{language}", "")


def _limits(path: str, limits: Iterable[_Limit]) -> Iterator[Problem]:
    for limit in limits:
        if not limit.low <= limit.value <= limit.high:
            range_ = f"{limit.low:g} …" if limit.high == _MUCH else f"{limit.low:g} … {limit.high:g}"
            yield _problem("content.number", f"{path}.{limit.field}", limit.value, range_)


def _repeated_strands(path: str, blueprint: Blueprint) -> Iterator[Problem]:
    strands = [block.strand for block in blueprint.blocks]
    for number, strand in enumerate(strands):
        if strand in strands[:number]:
            yield _problem("content.strand_repeated", f"{path}.blocks[{number}].strand", strand.value)
