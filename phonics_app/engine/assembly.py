"""From the item bank to a plan: deterministic, so that equal content and variant give an equal hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from phonics_app.domain import codec
from phonics_app.domain.bank import Bank, BlockRule, Blueprint, Item
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.plan import Block, Grid, Plan, PlanLevel, PlannedItem, StrandGuide
from phonics_app.domain.rubric import Rubrics
from phonics_app.domain.strand import Strand
from phonics_app.engine.cuts import level_cuts
from phonics_app.engine.kept import KeptForPlan
from phonics_app.engine.rules import AUTO_STOP_RULES
from phonics_app.engine.taught import Taught
from phonics_app.engine.version import ENGINE_VERSION, PLAN_SCHEMA

GRID = Grid(-9.0, 9.0, 121)
"""±9 logits: a vertical scale over all levels; ±6 lost likelihood in our own measurements."""


def plan_hash(plan: Plan) -> str:
    """SHA-256 of the plan's canonical JSON, 64 hex digits; kept while the plan is in use."""
    return _hashes(plan)


def _hash(plan: Plan) -> str:
    text = json.dumps(codec.encode(plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


_hashes = KeptForPlan(_hash)


def assemble_plan(bank: Bank, rubrics: Rubrics, blueprint_id: str, variant: int) -> Plan:
    """The plan of one blueprint and variant.

    Raises `ProblemsFound` for unknown auto-stop rules, levels without items and cuts that do not increase.
    """
    blueprint = bank.blueprint(blueprint_id)
    _check_rules(blueprint)
    by_level = {level.number: _askable(bank, blueprint, level.number) for level in bank.levels}
    slope = blueprint.slopes[len(blueprint.slopes) // 2]
    of_kind = [(s, g.guessing) for s in blueprint.slopes for g in blueprint.guessers]
    cuts = [level_cuts(by_level, s, rubrics.mastery, guessing) for s, guessing in of_kind]
    middle = level_cuts(by_level, slope, rubrics.mastery)
    random = Random(f"{bank.version}/{blueprint_id}/{blueprint.version}/{variant}")
    blocks = tuple(block for n in sorted(by_level) for block in _level_blocks(n, by_level[n], blueprint, random))
    used = {item for block in blocks for item in block.items}
    taught = Taught(bank.table)
    return Plan(
        schema=PLAN_SCHEMA,
        engine_version=ENGINE_VERSION,
        bank_version=bank.version,
        blueprint_id=blueprint_id,
        blueprint_version=blueprint.version,
        variant=variant,
        mastery=rubrics.mastery,
        grid=GRID,
        levels=tuple(_level(bank, n, middle[n], [c[n] for c in cuts]) for n in sorted(by_level)),
        items=tuple(planned_item(i, slope, taught) for n in sorted(by_level) for i in by_level[n] if i.id in used),
        blocks=blocks,
        guides=tuple(_guide(rule) for rule in blueprint.blocks if any(b.strand is rule.strand for b in blocks)),
        stopping=blueprint.stopping,
        sharpness=tuple(s / slope for s in blueprint.slopes),
        guessers=blueprint.guessers,
        unseen_first=True,
    )


_PLANS_KEPT = 64
_plans: dict[tuple[str, str, str, int], Plan] = {}


def plan_for(bank: Bank, rubrics: Rubrics, blueprint_id: str, variant: int) -> Plan:
    """`assemble_plan`, once for each version of bank and rubrics; those of versions long past are forgotten."""
    key = (bank.version, rubrics.version, blueprint_id, variant)
    plan = _plans.get(key)
    if plan is None:
        plan = assemble_plan(bank, rubrics, blueprint_id, variant)
        while len(_plans) >= _PLANS_KEPT:
            _plans.pop(next(iter(_plans)), None)
        _plans[key] = plan
    return plan


def _askable(bank: Bank, blueprint: Blueprint, level: int) -> list[Item]:
    return [item for item in bank.active(level) if any(rule.takes(item) for rule in blueprint.blocks)]


def _check_rules(blueprint: Blueprint) -> None:
    problems = [
        Problem("engine.auto_stop_unknown", Place(), rule.auto_stop, " | ".join(AUTO_STOP_RULES))
        for rule in blueprint.blocks
        if rule.auto_stop and rule.auto_stop not in AUTO_STOP_RULES
    ]
    if problems:
        raise ProblemsFound(problems)


def _level(bank: Bank, number: int, cut: float, cuts: Sequence[float]) -> PlanLevel:
    """`cut`: of pupils of middling sharpness who do not guess; it stands for all where one figure is wanted."""
    return PlanLevel(number, bank.level(number).name, cut, tuple(cuts))


def planned_item(item: Item, slope: float, taught: Taught) -> PlannedItem:
    return PlannedItem(
        id=item.id,
        level=item.level,
        strand=item.strand,
        task=item.task,
        prompt=item.prompt,
        stimulus=item.stimulus,
        key=item.key,
        accepted=item.accepted,
        graphemes=item.graphemes,
        skills=item.skills,
        slope=slope,
        difficulty=item.difficulty.value,
        standard_error=item.difficulty.standard_error,
        guessing=item.guessing,
        new_graphemes=taught.new_in(item),
    )


def _level_blocks(level: int, items: Sequence[Item], blueprint: Blueprint, random: Random) -> Iterator[Block]:
    for rule in blueprint.blocks:
        number = 0
        for group in _groups(rule, [i for i in items if rule.takes(i)]):
            for chosen in _deal(group, rule.size, random):
                number += 1
                yield _block(f"{level}-{rule.strand.value}-{number}", level, rule, chosen)


def _groups(rule: BlockRule, items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    """Sound tasks are not mixed within a block, so that one instruction serves it."""
    if rule.strand is not Strand.PHONEMIC_AWARENESS:
        return [items] if items else []
    tasks = sorted({i.task for i in items}, key=lambda task: task.value)
    return [[i for i in items if i.task is task] for task in tasks]


def _deal(items: Sequence[Item], size: int, random: Random) -> list[list[Item]]:
    """Parallel blocks: items of the same content and of like difficulty are dealt out to and fro.

    A remainder under half a block is left to the other variants. Within a block the easiest come first: a
    pupil starts with what he can do, and a rule that stops after the first line loses little.
    """
    shuffled = random.sample(sorted(items, key=lambda i: i.id), len(items))
    ordered = sorted(shuffled, key=lambda i: (i.skills[:1], i.difficulty.value))
    count = max(1, (2 * len(ordered) + size) // (2 * size))
    hands: list[list[Item]] = [[] for _ in range(count)]
    for n, item in enumerate(ordered):
        turn, seat = divmod(n, count)
        hands[seat if turn % 2 == 0 else count - 1 - seat].append(item)
    return [sorted(random.sample(h, min(size, len(h))), key=lambda i: i.difficulty.value) for h in hands]


def _block(block_id: str, level: int, rule: BlockRule, items: Sequence[Item]) -> Block:
    return Block(
        id=block_id,
        level=level,
        strand=rule.strand,
        items=tuple(i.id for i in items),
        line_length=rule.line_length,
        auto_stop=rule.auto_stop,
        auto_stop_count=rule.auto_stop_count,
    )


def _guide(rule: BlockRule) -> StrandGuide:
    return StrandGuide(rule.strand, rule.instruction, rule.say, rule.hint)
