"""A site's answers as a table to calibrate on.

A person of the calibration is one sitting, since pupils grow between tests. Of an item that a pupil met in several
sittings only the first answer counts: at the second one he may remember. Answers to an item that asked something else
then are left out, and so are items that are not active any more. Beside real pupils the simulated ones do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from phonics_app.calibration.responses import Responses, responses_from
from phonics_app.domain.bank import Bank, Item
from phonics_app.domain.plan import PlannedItem
from phonics_app.records.answers import AnsweredSitting, answered_sittings
from phonics_app.workflows.sittings import stored_plan

LEAST_IN_GROUP = 40
"""Sittings: with fewer a group is put together with the next one, or its mean and spread would be guesses."""


@dataclass(frozen=True, slots=True)
class SiteAnswers:
    """`sittings`: those that have a person in `responses`."""

    responses: Responses
    sittings: tuple[AnsweredSitting, ...]
    pupils: int
    simulated: bool


def site_answers(connection: Connection, bank: Bank) -> SiteAnswers | None:
    """None where nothing was answered yet."""
    every = tuple(answered_sittings(connection))
    real = tuple(sitting for sitting in every if not sitting.simulated)
    sittings = real or every
    rows = list(_rows(connection, bank, sittings))
    if not rows:
        return None
    keys, items, scores = zip(*rows, strict=True)
    present = set(keys)
    counted = tuple(sitting for sitting in sittings if sitting.key in present)
    group_of = _groups([sitting.spec.start_level for sitting in counted])
    groups = {sitting.key: group_of[sitting.spec.start_level] for sitting in counted}
    responses = responses_from([str(key) for key in keys], items, scores, [groups[key] for key in keys])
    return SiteAnswers(responses, counted, len({sitting.pupil_id for sitting in counted}), not real)


def _rows(connection: Connection, bank: Bank, sittings: Sequence[AnsweredSitting]) -> Iterator[tuple[int, str, int]]:
    active = {item.id: item for item in bank.active()}
    fitting: dict[str, frozenset[str]] = {}
    met: set[tuple[str, str]] = set()
    for sitting in sittings:
        if sitting.plan_hash not in fitting:
            plan = stored_plan(connection, sitting.plan_hash)
            fitting[sitting.plan_hash] = frozenset(i.id for i in plan.items if _is_same(i, active))
        for _block, item, score in sitting.answers:
            if item in fitting[sitting.plan_hash] and (sitting.pupil_id, item) not in met:
                met.add((sitting.pupil_id, item))
                yield sitting.key, item, score


def _is_same(planned: PlannedItem, active: Mapping[str, Item]) -> bool:
    item = active.get(planned.id)
    return item is not None and _asked(planned) == _asked(item)


def _asked(item: PlannedItem | Item) -> tuple[object, ...]:
    """What makes a question this one. Where nothing is shown, it is what the teacher says."""
    said = "" if item.stimulus else item.prompt
    return item.task, item.stimulus, said, item.key, item.accepted, item.guessing


def _groups(start_levels: Sequence[int]) -> dict[int, str]:
    """Start level → label of its group: neighbouring levels together until there are enough sittings."""
    found: list[list[int]] = []
    size = LEAST_IN_GROUP
    for level in sorted(set(start_levels)):
        if size < LEAST_IN_GROUP:
            found[-1].append(level)
        else:
            found.append([level])
            size = 0
        size += start_levels.count(level)
    if size < LEAST_IN_GROUP and len(found) > 1:
        found[-2:] = [found[-2] + found[-1]]
    return {level: str(g[0]) if len(g) == 1 else f"{g[0]}-{g[-1]}" for g in found for level in g}
