"""From a finished test to its result."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from phonics_app.domain import codec
from phonics_app.domain.event import EventKind
from phonics_app.domain.result import ItemScore, Result, StopReason
from phonics_app.domain.strand import Strand
from phonics_app.engine.administration import replay
from phonics_app.engine.state import AttemptState
from phonics_app.engine.version import ENGINE_VERSION
from phonics_app.levelling.placement import between_levels, make_evidence, make_result
from tests.engine.synthetic import plan
from tests.engine.test_administration import Desk
from tests.golden.sessions import make

PLAN = plan()


def scores(*answers: tuple[str, int]) -> list[ItemScore]:
    return [ItemScore(item, "block", score, False) for item, score in answers]


def test_result_names_its_versions_and_survives_its_json():
    desk = make(PLAN, 3)
    result = make_result("id", desk.state, "rubrics-7")
    assert (result.engine_version, result.bank_version, result.rubric_version) == (
        ENGINE_VERSION,
        "synthetic",
        "rubrics-7",
    )
    assert codec.decode(Result, json.loads(json.dumps(codec.encode(result)))) == result
    assert sum(p.probability for p in result.probabilities) == pytest.approx(1)
    assert [p.level for p in result.probabilities] == [level.number for level in PLAN.levels]


def test_scores_are_those_of_counted_blocks():
    desk = Desk()
    block = desk.begin()
    desk.mark(block, 0)
    desk.mark(block, 1, "self_corrected")
    desk.finish(block, 3)
    desk.mark(desk.show(), 0)
    result = make_result("id", desk.state, "r")
    assert [(s.item_id, s.score, s.self_corrected) for s in result.scores] == [
        (block.items[0], 0, False),
        (block.items[1], 1, True),
        (block.items[2], 1, False),
    ]
    assert result.stop_reason is None
    assert result.auto_stops == ()


def test_auto_stops_and_flags_are_named():
    desk = Desk()
    block = desk.begin()
    for i in range(4):
        desk.mark(block, i)
    desk.add(EventKind.BLOCK_AUTO_STOPPED, block=block.id, rule=block.auto_stop, last_item=block.items[3])
    desk.finish(block, 4)
    desk.add(EventKind.BLOCK_SHOWN, block="nowhere")
    desk.add(EventKind.BLOCK_SHOWN, block="nowhere")
    desk.add(EventKind.ATTEMPT_STOPPED, block=None, last_item=None)
    result = make_result("id", desk.state, "r")
    assert (result.auto_stops, result.flags) == (("EGRA-STOP-LINE1",), ("unknown_block",))
    assert result.stop_reason is StopReason.TEACHER


def test_evidence_counts_graphemes_that_are_new_at_the_level():
    evidence = make_evidence(PLAN, scores(("3w00", 1), ("3w01", 0), ("3w03", 1), ("2g00", 1)))
    assert [(e.level, e.strand, e.skill, e.graphemes, e.correct, e.attempted) for e in evidence] == [
        (2, Strand.GRAPHEME_SOUNDS, "", ("g20",), 1, 1),
        (3, Strand.WORD_READING, "", ("g30", "g31"), 2, 3),
    ]


def test_items_without_new_graphemes_are_counted_by_skill_or_task():
    bare = {"3w00": {"new_graphemes": ()}, "3w01": {"new_graphemes": (), "skills": ()}}
    items = tuple(replace(i, **bare.get(i.id, {})) for i in PLAN.items)
    evidence = make_evidence(replace(PLAN, items=items), scores(("3w00", 1), ("3w01", 0)))
    assert [(e.skill, e.correct, e.attempted) for e in evidence] == [("read_word", 0, 1), ("skill0", 1, 1)]


@pytest.mark.parametrize(
    ("probabilities", "between"),
    [
        ((0.0, 0.5, 0.48, 0.02, 0.0), (2, 3)),
        ((0.0, 0.85, 0.13, 0.02, 0.0), None),
        ((0.1, 0.4, 0.4, 0.1, 0.0), None),
        ((0.0, 0.0, 0.0, 0.46, 0.54), (4, 5)),
    ],
)
def test_between_two_levels(probabilities, between):
    assert between_levels(PLAN, probabilities) == between


def test_no_answers_no_evidence():
    state: AttemptState = replay(PLAN, Desk().spec, [])
    result = make_result("id", state, "r")
    assert (result.scores, result.evidence, result.seconds) == ((), (), 0.0)
