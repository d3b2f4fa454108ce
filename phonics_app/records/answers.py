"""Answers of finished tests, as the engine scored them: what items are calibrated on."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from phonics_app.domain import codec
from phonics_app.domain.attempt import AttemptSpec, AttemptStatus, Prior
from phonics_app.domain.calendar import Round
from phonics_app.records import schema
from phonics_app.records.attempts import by_items

_attempt, _result = schema.attempt.c, schema.result.c
# What pupils chose by themselves is left out: items that are guessed at need another model than those said aloud.
_COUNTED = and_(_attempt.status == AttemptStatus.FINISHED.value, ~by_items())


@dataclass(frozen=True, slots=True)
class AnsweredSitting:
    """One finished test that was not discarded. `answers`: (block, item, 1 or 0) in the order asked.

    `spec` is without the items seen before: they decide what is asked, not what answers tell.
    """

    key: int
    pupil_id: str
    plan_hash: str
    spec: AttemptSpec
    simulated: bool
    round: Round
    proposed_level: int
    answers: tuple[tuple[str, str, int], ...]


def count_sittings(connection: Connection, counts: Callable[[str], bool] = lambda plan_hash: True) -> int:
    """Those of real pupils; where there are none, of simulated ones. Of the plans for which `counts`."""
    tests = schema.result.join(schema.attempt)
    found = select(_attempt.simulated, _attempt.plan_hash, func.count().label("tests")).select_from(tests)
    rows = connection.execute(found.where(_COUNTED).group_by(_attempt.simulated, _attempt.plan_hash))
    total = Counter[bool]()
    for row in rows:
        total[row.simulated] += row.tests if counts(row.plan_hash) else 0
    return total[False] or total[True]


def last_round(connection: Connection, now: Round) -> Round | None:
    """The present round, or else the last one before it, of those that have finished tests."""
    query = select(_result.year, _result.term).join(schema.attempt).where(_COUNTED).distinct()
    rounds = [Round(row.year, row.term) for row in connection.execute(query)]
    return max((round_ for round_ in rounds if round_ <= now), default=None)


def answered_sittings(connection: Connection, round_: Round | None = None) -> Iterator[AnsweredSitting]:
    """Oldest first; of one round or of all."""
    wanted = [] if round_ is None else [_result.year == round_.year, _result.term == round_.term]
    query = (
        select(
            _attempt.key,
            _attempt.pupil_id,
            _attempt.plan_hash,
            _attempt.spec,
            _attempt.simulated,
            _result.year,
            _result.term,
            _result.proposed_level,
            _result.content,
        )
        .join(schema.attempt, _attempt.key == _result.attempt_key)
        .where(_COUNTED, *wanted)
        .order_by(_attempt.created_at, _attempt.key)
    )
    for row in connection.execute(query):
        # Read as plain JSON: of thousands of results little is wanted.
        scores = json.loads(zlib.decompress(row.content))["scores"]
        yield AnsweredSitting(
            row.key,
            row.pupil_id,
            row.plan_hash,
            AttemptSpec(codec.decode(Prior, row.spec["prior"]), row.spec["start_level"]),
            row.simulated,
            Round(row.year, row.term),
            row.proposed_level,
            tuple((score["block_id"], score["item_id"], score["score"]) for score in scores),
        )
