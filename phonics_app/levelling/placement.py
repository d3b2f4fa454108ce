"""From the state of a test to its result: the level proposed, how sure that is, and the evidence in countable form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from phonics_app.domain.event import Mark
from phonics_app.domain.plan import Plan, PlannedItem
from phonics_app.domain.result import Evidence, ItemScore, LevelProbability, Result
from phonics_app.domain.strand import Strand
from phonics_app.engine.decision import scores
from phonics_app.engine.state import AttemptState
from phonics_app.engine.stopping import best_pair
from phonics_app.engine.tables import tables_of
from phonics_app.engine.version import ENGINE_VERSION


def make_result(attempt_id: str, state: AttemptState, rubric_version: str) -> Result:
    """The result of a test in any state; `stop_reason` is None while it goes on."""
    plan, ability = state.tables.plan, state.ability
    item_scores = tuple(_item_scores(state))
    return Result(
        attempt_id=attempt_id,
        theta=ability.theta,
        standard_error=ability.standard_error,
        probabilities=tuple(
            LevelProbability(level.number, p) for level, p in zip(plan.levels, ability.probabilities, strict=True)
        ),
        proposed_level=state.proposed_level,
        between=between_levels(plan, ability.probabilities),
        stop_reason=state.ended,
        scores=item_scores,
        evidence=make_evidence(plan, item_scores),
        auto_stops=tuple(b.auto_stop for b in state.counted if b.auto_stop),
        flags=tuple(dict.fromkeys(flag.code for flag in state.flags)),
        seconds=state.seconds,
        engine_version=ENGINE_VERSION,
        bank_version=plan.bank_version,
        rubric_version=rubric_version,
    )


def between_levels(plan: Plan, probabilities: Sequence[float]) -> tuple[int, int] | None:
    """The two neighbouring levels between which the test can't tell, by the plan's own limits; else None."""
    lower, together = best_pair(probabilities)
    if max(probabilities) >= plan.stopping.sure_probability or together < plan.stopping.between_probability:
        return None
    return plan.levels[lower].number, plan.levels[lower + 1].number


def _item_scores(state: AttemptState) -> Iterator[ItemScore]:
    for block in state.counted:
        for item, score, mark in zip(block.block.items, scores(block), block.marks, strict=False):
            yield ItemScore(item, block.block.id, score, mark is Mark.SELF_CORRECTED)


def make_evidence(plan: Plan, item_scores: Sequence[ItemScore]) -> tuple[Evidence, ...]:
    """Right of attempted for each level, strand and kind of content, in the order of levels and strands.

    "Kind": the graphemes that are new at the item's level ("reads 9 of 10 words with sh, ch, th"), or, for
    items that test none, their first skill, or else their task.
    """
    return evidence_of(tables_of(plan).items, item_scores)


def evidence_of(items: Mapping[str, PlannedItem], item_scores: Sequence[ItemScore]) -> tuple[Evidence, ...]:
    """The same, for items that are known by their ids."""
    groups: dict[tuple[int, Strand, str], list[tuple[PlannedItem, int]]] = {}
    for answer in item_scores:
        item = items[answer.item_id]
        groups.setdefault((item.level, item.strand, _skill(item)), []).append((item, answer.score))
    order = {strand: i for i, strand in enumerate(Strand)}
    keys = sorted(groups, key=lambda key: (key[0], order[key[1]], key[2]))
    return tuple(_evidence(key, groups[key]) for key in keys)


def _skill(item: PlannedItem) -> str:
    if item.new_graphemes:
        return ""
    return item.skills[0] if item.skills else item.task.value


def _evidence(key: tuple[int, Strand, str], answers: Sequence[tuple[PlannedItem, int]]) -> Evidence:
    level, strand, skill = key
    graphemes = dict.fromkeys(g for item, _ in answers for g in item.new_graphemes)
    right = sum(score for _, score in answers)
    return Evidence(level, strand, skill, tuple(graphemes), right, len(answers))
