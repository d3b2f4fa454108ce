"""From the item bank to the plan of a self-run test, and from the plan to what the engine reckons with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from phonics_app.domain import codec
from phonics_app.domain.bank import Bank, Item
from phonics_app.domain.errors import Conflict
from phonics_app.domain.item_plan import ItemBlueprint, ItemDoubt, ItemLimits, ItemPlan, StopRule
from phonics_app.domain.plan import Grid, Plan, PlanLevel, PlannedItem
from phonics_app.domain.rubric import Rubrics
from phonics_app.domain.strand import CHOICE_TASKS, Strand, Task
from phonics_app.engine.assembly import plan_for, planned_item
from phonics_app.engine.item_curves import Doubt
from phonics_app.engine.item_json import JsonObject, for_device
from phonics_app.engine.item_pool import GRID, Draw, ItemPool, item_pool
from phonics_app.engine.item_stopping import Limits, NotWorthMore, Stopping
from phonics_app.engine.stop_table import StopTable, stop_table
from phonics_app.engine.taught import Taught
from phonics_app.engine.version import ENGINE_VERSION, PLAN_SCHEMA

_DECIMALS = 6
"""The numbers of the stopping rule enter the plan's hash, so they are rounded above the noise of floating point."""

LISTENING = ItemBlueprint(
    id="listening",
    version=1,
    tasks=tuple(task for task in Task if task in CHOICE_TASKS),
    variants=4,
    per_cell=8,
    least_at_level=4,
    practice=2,
    among=5,
    cost=0.006,
    doubt=ItemDoubt(slope=0.5, difficulty=0.3, lapse=0.02),
    limits=ItemLimits(maximum_items=36, maximum_seconds=1200, minimum_items=10, minimum_per_strand=2),
    rest_every=10,
)
"""A class listens and chooses. A slope of its own can't be told of each pupil as in the test by blocks, so the doubt
about slopes is wide; who knows may still slip on a screen."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadyPlan:
    """A plan with what is computed from it once."""

    plan: ItemPlan
    pool: ItemPool
    stopping: Stopping
    items: Mapping[str, PlannedItem]
    practice: frozenset[str]


def item_plan_hash(plan: ItemPlan) -> str:
    """SHA-256 of the plan's canonical JSON, 64 hex digits."""
    text = json.dumps(codec.encode(plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def assemble_item_plan(
    bank: Bank, rubrics: Rubrics, audio: Mapping[str, str], variant: int, blueprint: ItemBlueprint = LISTENING
) -> ItemPlan:
    """The plan of the items that can be heard. `audio`: item → key of its sound, of those for which there is audio.

    `Conflict` "self_run.no_audio" where too few items can be heard for any test.
    """
    heard = [item for item in bank.active() if item.task in blueprint.tasks and item.options and item.id in audio]
    practice = _practice(heard, blueprint)
    chosen = list(_chosen(heard, practice, blueprint, Random(f"{bank.version}/{blueprint.id}/{variant}")))
    if len(chosen) < blueprint.limits.minimum_items:
        raise Conflict("self_run.no_audio", {"items": len(chosen), "needed": blueprint.limits.minimum_items})
    ladder = plan_for(bank, rubrics, bank.placement.id, 0)
    bands = _bands(ladder.levels, chosen, blueprint.least_at_level)
    base = _base(ladder, bank, blueprint, variant, bands, chosen)
    strands = list(dict.fromkeys(item.strand for item in chosen))
    plan = ItemPlan(
        base=base,
        bands=bands,
        audio={item.id: audio[item.id] for item in [*chosen, *practice]},
        practice=_planned(bank, practice, _slope(bank)),
        among=blueprint.among,
        shares={strand: 1 / len(strands) for strand in Strand if strand in strands},
        doubt=blueprint.doubt,
        limits=blueprint.limits,
        stop=StopRule(blueprint.cost, Grid(GRID.minimum, GRID.maximum, 0), ()),
        rest_every=blueprint.rest_every,
    )
    return replace(plan, stop=_stop_rule(_pool(plan), blueprint.cost))


def _practice(heard: Sequence[Item], blueprint: ItemBlueprint) -> list[Item]:
    """The easiest pictures: the test's own items are not practised."""
    pictures = [item for item in heard if item.task is Task.CHOOSE_PICTURE]
    return sorted(pictures, key=lambda i: (i.difficulty.value, i.id))[: blueprint.practice]


def _chosen(
    heard: Sequence[Item], practice: Sequence[Item], blueprint: ItemBlueprint, random: Random
) -> Iterator[Item]:
    """Of each level and strand as many as one device should have to fetch, in the order of levels and ids."""
    cells: dict[tuple[int, str], list[Item]] = {}
    for item in sorted(heard, key=lambda i: i.id):
        if item not in practice:
            cells.setdefault((item.level, item.strand.value), []).append(item)
    for cell in sorted(cells):
        items = cells[cell]
        yield from sorted(random.sample(items, min(blueprint.per_cell, len(items))), key=lambda i: i.id)


def _bands(levels: Sequence[PlanLevel], items: Iterable[Item], least: int) -> tuple[tuple[int, ...], ...]:
    """Who masters a level is told from the next one by the level's own items: without them, they stand together."""
    counts: dict[int, int] = {}
    for item in items:
        counts[item.level] = counts.get(item.level, 0) + 1
    bands: list[list[int]] = [[]]
    for level in levels:
        bands[-1].append(level.number)
        if counts.get(level.number, 0) >= least and level is not levels[-1]:
            bands.append([])
    return tuple(tuple(band) for band in bands)


def _slope(bank: Bank) -> float:
    slopes = bank.placement.slopes
    return slopes[len(slopes) // 2]


def _base(
    ladder: Plan,
    bank: Bank,
    blueprint: ItemBlueprint,
    variant: int,
    bands: Sequence[Sequence[int]],
    items: Sequence[Item],
) -> Plan:
    """Levels have the cuts of the test by blocks: a level means the same, whatever told it."""
    levels = {level.number: level for level in ladder.levels}
    limits = blueprint.limits
    return Plan(
        schema=PLAN_SCHEMA,
        engine_version=ENGINE_VERSION,
        bank_version=bank.version,
        blueprint_id=blueprint.id,
        blueprint_version=blueprint.version,
        variant=variant,
        mastery=ladder.mastery,
        grid=GRID,
        levels=tuple(PlanLevel(band[0], levels[band[0]].name, levels[band[-1]].cut) for band in bands),
        items=_planned(bank, items, _slope(bank)),
        blocks=(),
        guides=(),
        stopping=replace(ladder.stopping, maximum_items=limits.maximum_items, maximum_seconds=limits.maximum_seconds),
    )


def _planned(bank: Bank, items: Sequence[Item], slope: float) -> tuple[PlannedItem, ...]:
    taught = Taught(bank.table)
    return tuple(replace(planned_item(item, slope, taught), options=item.options) for item in items)


def _pool(plan: ItemPlan) -> ItemPool:
    doubt = Doubt(plan.doubt.slope, plan.doubt.difficulty, plan.doubt.lapse)
    cuts = [level.cut for level in plan.base.levels[:-1]]
    return item_pool(plan.base.items, cuts, Draw(plan.among, plan.shares), doubt, plan.base.grid)


def _stop_rule(pool: ItemPool, cost: float) -> StopRule:
    table = stop_table(pool, cost)
    spacing = Grid(float(table.mean[0]), float(table.mean[-1]), len(table.mean))
    return StopRule(cost, spacing, tuple(round(d, _DECIMALS) for d in table.deviation.tolist()))


def ready(plan: ItemPlan) -> ReadyPlan:
    """What the engine reckons with; made once for a plan and kept by whoever keeps the plan."""
    mean = np.linspace(plan.stop.mean.minimum, plan.stop.mean.maximum, plan.stop.mean.points)
    table = StopTable(plan.stop.cost, mean, np.array(plan.stop.deviation))
    limits = Limits(
        plan.limits.maximum_items,
        plan.limits.maximum_seconds,
        plan.limits.minimum_items,
        plan.limits.minimum_per_strand,
    )
    items = {item.id: item for item in [*plan.base.items, *plan.practice]}
    practice = frozenset(item.id for item in plan.practice)
    return ReadyPlan(plan, _pool(plan), Stopping(NotWorthMore(table), limits), items, practice)


def plan_for_device(known: ReadyPlan) -> JsonObject:
    """All that a device needs: what `item_engine.js` reckons with, and what is shown and heard of each item."""
    plan = known.plan
    return {
        "pool": for_device(known.pool, known.stopping),
        "faces": {item.id: _face(plan, item) for item in known.items.values()},
        "practice": [item.id for item in plan.practice],
        "rest_every": plan.rest_every,
    }


def _face(plan: ItemPlan, item: PlannedItem) -> JsonObject:
    return {
        "task": item.task.value,
        "key": item.key,
        "options": [{"value": option.value, "name": option.name} for option in item.options],
        "audio": plan.audio[item.id],
    }
