"""Everything that a result says of itself, at once; and what it does not touch."""

from __future__ import annotations

import json

from phonics_app.calibration.worlds import WORLDS
from phonics_app.domain import codec
from phonics_app.domain.explanation import Explanation
from phonics_app.engine.administration import apply, replay, start
from phonics_app.levelling.explaining import explain
from phonics_app.levelling.placement import make_result
from tests.engine import synthetic
from tests.levelling.pupils import plan, sat, transfer


def attempts():
    return sat(WORLDS["model"], 90).attempts


def test_it_speaks_of_the_level_proposed_and_survives_its_json():
    for attempt in attempts()[:20]:
        told = explain(attempt.state, transfer())
        assert told.level == attempt.state.proposed_level
        assert told.allowance is None or told.allowance.strict == told.level
        assert codec.decode(Explanation, json.loads(json.dumps(codec.encode(told)))) == told


def test_a_replay_is_explained_alike():
    attempt = attempts()[7]
    again = replay(plan(), attempt.sitting.spec, attempt.events)
    assert explain(again, transfer()) == explain(attempt.state, transfer())


def test_the_result_stays_what_it_was():
    state = attempts()[7].state
    before = make_result("id", state, "r")
    explain(state, transfer())
    assert make_result("id", state, "r") == before


def test_without_answers_nothing_is_claimed():
    told = explain(start(synthetic.plan(), synthetic.spec()), {})
    assert (told.fit, told.allowance, told.higher, told.lower, told.answers_alone) == (None,) * 5
    assert told.strands == ()
    assert told.not_asked


def test_a_ladder_of_one_level_has_nothing_to_change():
    one = synthetic.plan(levels=1)
    state = start(one, synthetic.spec(1))
    block = one.blocks[0]
    diary = synthetic.Diary()
    kinds = synthetic.EventKind
    for event in (
        diary.add(kinds.ATTEMPT_STARTED),
        diary.add(kinds.BLOCK_SHOWN, block=block.id),
        diary.add(kinds.ITEM_MARKED, block=block.id, item=block.items[0], mark="incorrect"),
        diary.add(kinds.BLOCK_FINISHED, block=block.id, last_item=block.items[-1]),
    ):
        state = apply(state, event)
    told = explain(state, {})
    assert (told.level, told.higher, told.lower, told.answers_alone) == (1, None, None, 1)
