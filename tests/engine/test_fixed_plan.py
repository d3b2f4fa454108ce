"""A fixed form as a plan: every item in its order, the same levels and events as the placement test."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from phonics_app.content.forms import load_form_blueprints
from phonics_app.domain import codec
from phonics_app.domain.attempt import AttemptSpec, Prior, PriorSource
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.form import Form, FormSet
from phonics_app.domain.plan import BlockKind, Order, Plan
from phonics_app.domain.result import StopReason
from phonics_app.domain.strand import Strand, Task
from phonics_app.engine.administration import replay, start
from phonics_app.engine.assembly import plan_for
from phonics_app.engine.fixed_plan import calibrated, fixed_plan
from phonics_app.engine.state import Finished, Show
from phonics_app.levelling.answers import answers_of
from phonics_app.levelling.placement import make_result
from tests import sites

CONTENT = sites.content()
BASE = plan_for(CONTENT.bank, CONTENT.rubrics, CONTENT.bank.placement.id, 0)
BLUEPRINTS = {b.id: b for b in load_form_blueprints(sites.ROOT / "item_bank")}
SPEC = AttemptSpec(Prior(0.0, 2.5, PriorSource.GRADE), 4)


def ids(task: Task, level: int, count: int) -> list[str]:
    return [item.id for item in CONTENT.bank.active(level) if item.task is task][:count]


def plan_of(blueprint: str, level: int, items: list[str]) -> Plan:
    form = Form(f"{blueprint}-{level}-A", "A", tuple(items), ())
    made = FormSet(blueprint, 1, CONTENT.bank.version, "1", (level,), None, (), (form,), 1, 0, None, 0, ())
    return fixed_plan(BASE, BLUEPRINTS[blueprint], made, form, CONTENT.bank, CONTENT.passages, {})


def events(*what: tuple[EventKind, dict[str, object]]) -> list[Event]:
    number = count(1)
    return [Event(next(number), kind, "2026-06-15T09:00:00+07:00", 0.0, data) for kind, data in what]


def given(plan: Plan, wrong: frozenset[str] = frozenset()) -> list[Event]:
    """Every block to its last item."""
    told: list[tuple[EventKind, dict[str, object]]] = [(EventKind.ATTEMPT_STARTED, {})]
    for block in plan.blocks:
        told.append((EventKind.BLOCK_SHOWN, {"block": block.id}))
        told += [
            (EventKind.ITEM_MARKED, {"block": block.id, "item": item, "mark": "incorrect"})
            for item in block.items
            if item in wrong
        ]
        told.append((EventKind.BLOCK_FINISHED, {"block": block.id, "last_item": block.items[-1]}))
    return events(*told, (EventKind.ATTEMPT_FINISHED, {"reason": "form_complete"}))


@pytest.fixture(scope="module")
def check() -> Plan:
    return plan_of(
        "level-check", 4, [*ids(Task.READ_WORD, 4, 6), *ids(Task.SPELL_WORD, 4, 3), *ids(Task.SAY_SOUND, 4, 2)]
    )


def test_sections_become_blocks_in_the_order_of_the_form(check):
    assert [(b.strand, len(b.items), b.kind) for b in check.blocks] == [
        (Strand.WORD_READING, 6, BlockKind.GRID),
        (Strand.SPELLING, 3, BlockKind.DICTATION),
        (Strand.GRAPHEME_SOUNDS, 2, BlockKind.GRID),
    ]
    assert [item.id for item in check.items] == [item for block in check.blocks for item in block.items]
    assert (check.order, check.levels, check.grid) == (Order.FIXED, BASE.levels, BASE.grid)
    assert check.form is not None
    assert (check.form.id, check.form.letter) == ("level-check-4-A", "A")
    assert {guide.task for guide in check.guides} == {item.task for item in check.items}


def test_blocks_are_given_in_order_until_the_form_is_complete(check):
    state = start(check, SPEC)
    assert state.next == Show(check.blocks[0].id)
    told = given(check)
    state = replay(check, SPEC, told[:3])
    assert state.next == Show(check.blocks[1].id)
    state = replay(check, SPEC, told[:-1])
    assert state.next == Finished(StopReason.FORM_COMPLETE)
    state = replay(check, SPEC, told)
    assert (state.ended, state.flags, state.items) == (StopReason.FORM_COMPLETE, (), 11)


def test_an_earlier_block_taken_up_again_is_followed_by_the_one_put_away(check):
    first, second = check.blocks[0].id, check.blocks[1].id
    told = given(check)[:4]
    again = events(*((e.kind, dict(e.data)) for e in told), (EventKind.BLOCK_REOPENED, {"block": first}))
    state = replay(check, SPEC, again)
    assert state.next == Show(first)
    done = {"block": first, "last_item": check.blocks[0].items[-1]}
    over = events(*((e.kind, dict(e.data)) for e in again), (EventKind.BLOCK_FINISHED, done))
    assert replay(check, SPEC, over).next == Show(second)


def test_wrong_answers_lower_the_ability(check):
    able, unable = (
        replay(check, SPEC, given(check, wrong)) for wrong in (frozenset(), frozenset(check.blocks[0].items))
    )
    assert able.ability.theta > unable.ability.theta + 1


def test_an_item_that_a_grid_asks_again_counts_and_says_nothing_of_ability():
    asked = ids(Task.SAY_SOUND, 2, 4)
    once, twice = plan_of("probe-sounds", 2, asked), plan_of("probe-sounds", 2, asked * 2)
    assert twice.blocks[0].items[4:] == tuple(f"{one}#2" for one in asked)
    assert twice.blocks[0].seconds == 60
    states = [replay(plan, SPEC, given(plan)) for plan in (once, twice)]
    assert states[0].ability.theta == pytest.approx(states[1].ability.theta, abs=1e-9)
    assert [state.items for state in states] == [4, 8]
    assert len(answers_of(states[1]).items) == 4


def test_a_passage_is_counted_word_by_word_and_leaves_the_ability_as_it_was():
    passage = next(p for p in CONTENT.passages if '"' in p.text or "“" in p.text)
    plan = plan_of("probe-passage", passage.level, [passage.id])
    words, questions = plan.blocks
    assert (words.kind, words.seconds, questions.kind, questions.seconds) == (
        BlockKind.PASSAGE,
        60,
        BlockKind.QUESTIONS,
        0,
    )
    assert words.lines == tuple(len(line.words) for line in passage.lines)
    assert sum(words.lines) == len(words.items)
    assert (words.auto_stop, words.line_length) == ("EGRA-STOP-LINE1", words.lines[0])
    shown = [item.stimulus for item in plan.items if item.id in words.items]
    assert " ".join(shown) == " ".join(passage.text.split())
    assert not calibrated(plan)
    state = replay(plan, SPEC, given(plan))
    assert state.ability.theta == pytest.approx(start(plan, SPEC).ability.theta, abs=1e-9)
    assert {e.strand for e in make_result("a" * 32, state, "1").evidence} == {
        Strand.ORAL_READING_FLUENCY,
        Strand.COMPREHENSION,
    }


def test_choice_items_bring_their_options():
    plan = plan_of("class-listening", 4, ids(Task.CHOOSE_GRAPHEME, 4, 4))
    assert all(item.key in {option.value for option in item.options} for item in plan.items)


def test_every_passage_of_the_bank_can_be_planned():
    for passage in CONTENT.passages:
        plan = plan_of("probe-passage", passage.level, [passage.id])
        assert codec.decode(Plan, codec.encode(plan)) == plan


def test_what_is_new_in_plans_is_not_written_where_it_is_as_before():
    written = codec.encode(BASE)
    assert isinstance(written, dict)
    assert not {"order", "form"} & written.keys()
    assert not {"seconds", "kind", "lines"} & written["blocks"][0].keys()
    assert "options" not in written["items"][0]
    assert codec.decode(Plan, written) == BASE
    assert "order" in codec.encode(replace(BASE, order=Order.FIXED))
