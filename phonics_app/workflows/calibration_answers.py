"""A site's answers as a table to calibrate on.

A person of the calibration is one sitting, since pupils grow between tests. Of an item that a pupil met in several
sittings only the first answer counts: at the second one he may remember. Answers to an item that asked something else
then are left out, and so are items that are not active any more. Beside real pupils the simulated ones do not count.
Nor does what was answered under a clock: it tells how fast a pupil is, while the level test asks what he knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from phonics_app.calibration.responses import Responses, responses_from
from phonics_app.domain.bank import Bank, Item
from phonics_app.domain.plan import PlannedItem
from phonics_app.records.answers import AnsweredSitting, answered_sittings, count_sittings
from phonics_app.workflows.sittings import stored_plan

LEAST_IN_GROUP = 40
"""Sittings: with fewer a group is put together with the next one, or its mean and spread would be guesses."""
_STEP = 0.5
_TELL_EVERY = 500


@dataclass(frozen=True, slots=True)
class GroupBy:
    """By what sittings are put into groups: a whole number, whose neighbours are alike; how it is named."""

    number: Callable[[AnsweredSitting], int]
    name: Callable[[int], str]
    between: str


START_LEVEL = GroupBy(lambda sitting: sitting.spec.start_level, str, "-")
BELIEF = GroupBy(lambda sitting: round(sitting.spec.prior.mean / _STEP), lambda n: f"{n * _STEP:+.1f}", " … ")
"""Ability expected by the grade or an earlier result, logits. In such a group abilities are nearest to a normal curve,
and it is by this belief and the answers alone that a test chooses its items."""


@dataclass(frozen=True, slots=True)
class SiteAnswers:
    """`sittings`: those that have a person in `responses`."""

    responses: Responses
    sittings: tuple[AnsweredSitting, ...]
    pupils: int
    simulated: bool


def site_answers(
    connection: Connection, bank: Bank, progress: Callable[[float], object] = lambda share: None
) -> SiteAnswers | None:
    """In groups of like BELIEF; None where nothing was answered yet. `progress`: share of the tests read."""
    every = tuple(_told(answered_sittings(connection), count_sittings(connection), progress))
    real = tuple(sitting for sitting in every if not sitting.simulated)
    sittings = real or every
    rows = list(_rows(connection, bank, sittings))
    if not rows:
        return None
    keys, items, scores = zip(*rows, strict=True)
    present = set(keys)
    counted = tuple(sitting for sitting in sittings if sitting.key in present)
    groups = dict(zip((sitting.key for sitting in counted), groups_of(counted, BELIEF), strict=True))
    responses = responses_from([str(key) for key in keys], items, scores, [groups[key] for key in keys])
    return SiteAnswers(responses, counted, len({sitting.pupil_id for sitting in counted}), not real)


def count_calibrated(connection: Connection) -> int:
    """Finished tests with answers to calibrate on, as far as their plans tell."""
    return count_sittings(connection, lambda plan_hash: not _is_timed(connection, plan_hash))


_timed: dict[str, bool] = {}
"""By the hash of a plan: whether there is a clock in all of its blocks."""


def _is_timed(connection: Connection, plan_hash: str) -> bool:
    if plan_hash not in _timed:
        _timed[plan_hash] = all(block.seconds for block in stored_plan(connection, plan_hash).blocks)
    return _timed[plan_hash]


def _told(
    sittings: Iterator[AnsweredSitting], count: int, progress: Callable[[float], object]
) -> Iterator[AnsweredSitting]:
    for done, sitting in enumerate(sittings):
        if done % _TELL_EVERY == 0:
            progress(min(done / max(count, 1), 1.0))
        yield sitting


def _rows(connection: Connection, bank: Bank, sittings: Sequence[AnsweredSitting]) -> Iterator[tuple[int, str, int]]:
    active = {item.id: item for item in bank.active()}
    fitting: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    met: set[tuple[str, str]] = set()
    for sitting in sittings:
        if sitting.plan_hash not in fitting:
            plan = stored_plan(connection, sitting.plan_hash)
            same = frozenset(item.id for item in plan.items if _is_same(item, active))
            fitting[sitting.plan_hash] = same, frozenset(block.id for block in plan.blocks if block.seconds)
        fits, timed = fitting[sitting.plan_hash]
        for block, item, score in sitting.answers:
            if item in fits and (sitting.pupil_id, item) not in met:
                met.add((sitting.pupil_id, item))
                if block not in timed:
                    yield sitting.key, item, score


def _is_same(planned: PlannedItem, active: Mapping[str, Item]) -> bool:
    item = active.get(planned.id)
    return item is not None and _asked(planned) == _asked(item)


def _asked(item: PlannedItem | Item) -> tuple[object, ...]:
    """What makes a question this one. Where nothing is shown, it is what the teacher says."""
    said = "" if item.stimulus else item.prompt
    return item.task, item.stimulus, said, item.key, item.accepted, item.guessing


def groups_of(sittings: Sequence[AnsweredSitting], by: GroupBy) -> list[str]:
    """Of each sitting the label of its group."""
    numbers = [by.number(sitting) for sitting in sittings]
    labels = _groups(numbers, by)
    return [labels[number] for number in numbers]


def _groups(numbers: Sequence[int], by: GroupBy) -> dict[int, str]:
    """Number → label of its group: neighbours together until there are enough sittings."""
    found: list[list[int]] = []
    size = LEAST_IN_GROUP
    for number in sorted(set(numbers)):
        if size < LEAST_IN_GROUP:
            found[-1].append(number)
        else:
            found.append([number])
            size = 0
        size += numbers.count(number)
    if size < LEAST_IN_GROUP and len(found) > 1:
        found[-2:] = [found[-2] + found[-1]]
    return {number: by.between.join(map(by.name, dict.fromkeys((g[0], g[-1])))) for g in found for number in g}
