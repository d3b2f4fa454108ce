"""From the state of a self-run test to its result. It says no more than the items can tell: levels that they can't
tell apart are one, and stand under the lowest of them."""

from __future__ import annotations

from phonics_app.domain.item_plan import ItemPlan
from phonics_app.domain.result import ItemScore, LevelProbability, Result
from phonics_app.engine.item_administration import ItemAttemptState
from phonics_app.engine.item_sitting import most_probable
from phonics_app.engine.version import ENGINE_VERSION
from phonics_app.levelling.placement import between_levels, evidence_of


def make_item_result(attempt_id: str, state: ItemAttemptState, rubric_version: str) -> Result:
    """The result of a test in any state; `stop_reason` is None while it goes on."""
    plan, known = state.ready.plan, state.test.known
    level = plan.base.levels[int(most_probable(known.levels)[0])].number
    scores = tuple(ItemScore(given.item, "", int(given.right), False) for given in state.given)
    return Result(
        attempt_id=attempt_id,
        theta=float(known.mean[0]),
        standard_error=float(known.deviation[0]),
        probabilities=tuple(
            LevelProbability(each.number, p) for each, p in zip(plan.base.levels, state.levels, strict=True)
        ),
        proposed_level=level,
        between=_between(plan, state.levels, level),
        stop_reason=state.ended,
        scores=scores,
        evidence=evidence_of(state.ready.items, scores),
        auto_stops=(),
        flags=tuple(dict.fromkeys(flag.code for flag in state.flags)),
        seconds=state.seconds,
        engine_version=ENGINE_VERSION,
        bank_version=plan.base.bank_version,
        rubric_version=rubric_version,
    )


def _between(plan: ItemPlan, levels: tuple[float, ...], level: int) -> tuple[int, int] | None:
    """The levels that the items can't tell apart, or else the two between which the answers don't decide."""
    band = plan.band_of(level)
    return (band[0], band[-1]) if len(band) > 1 else between_levels(plan.base, levels)
