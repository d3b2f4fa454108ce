"""Events in, state out: regular sittings, every irregular event, and the replay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.result import StopReason
from phonics_app.engine.administration import apply, replay, start
from phonics_app.engine.rules import auto_stop
from phonics_app.engine.state import BlockStatus, Finished, Show
from tests.engine.synthetic import Diary, plan, spec
from tests.golden.sessions import make

K = EventKind
PLAN = plan()
SPEC = spec(2)
BLOCKS = {b.id: b for b in PLAN.blocks}


class Desk(Diary):
    """A diary that keeps the state beside its events."""

    def __init__(self, the_spec=SPEC, the_plan=PLAN):
        super().__init__()
        self.plan, self.spec = the_plan, the_spec
        self.state = start(the_plan, the_spec)

    def add(self, kind, **data):
        event = super().add(kind, **data)
        self.state = apply(self.state, event)
        return event

    def begin(self):
        self.add(K.ATTEMPT_STARTED)
        return self.show()

    def show(self):
        block = next(b for b in self.plan.blocks if b.id == self.state.next.block_id)
        self.add(K.BLOCK_SHOWN, block=block.id)
        return block

    def mark(self, block, index, mark="incorrect"):
        self.add(K.ITEM_MARKED, block=block.id, item=block.items[index], mark=mark)

    def finish(self, block, tried=None):
        last = block.items[-1 if tried is None else tried - 1] if tried != 0 else None
        self.add(K.BLOCK_FINISHED, block=block.id, last_item=last)

    @property
    def codes(self):
        return [flag.code for flag in self.state.flags]


@pytest.fixture
def desk():
    return Desk()


def test_the_first_block_is_at_the_start_level_in_the_first_strand_there(desk):
    block = BLOCKS[desk.state.next.block_id]
    assert (block.level, block.strand.value) == (2, "grapheme_sounds")
    assert BLOCKS[start(PLAN, spec(1)).next.block_id].strand.value == "phonemic_awareness"


def test_a_regular_block(desk):
    block = desk.begin()
    desk.mark(block, 0)
    desk.mark(block, 1)
    desk.mark(block, 1, "none")
    desk.mark(block, 2, "self_corrected")
    before = desk.state.ability
    desk.finish(block, 5)
    (counted,) = desk.state.counted
    assert (counted.attempted, desk.state.items) == (5, 5)
    assert [m.value for m in counted.marks[:3]] == ["incorrect", "none", "self_corrected"]
    assert desk.state.ability.theta != before.theta
    assert isinstance(desk.state.next, Show)
    assert desk.state.next.block_id != block.id
    assert desk.state.flags == ()


def test_a_block_in_which_nothing_was_tried_does_not_count_and_does_not_come_back(desk):
    block, before = desk.begin(), desk.state.ability
    desk.finish(block, 0)
    assert desk.state.counted == ()
    assert desk.state.ability.theta == before.theta
    while isinstance(desk.state.next, Show):
        other = desk.show()
        assert other.id != block.id
        desk.finish(other)


@pytest.mark.parametrize("kind", [K.BLOCK_FINISHED, K.ATTEMPT_STOPPED])
def test_a_block_that_the_teacher_leaves_out_is_no_irregularity_whatever_its_marks(desk, kind):
    block = desk.begin()
    desk.mark(block, 1)
    desk.add(kind, block=block.id, last_item=None)
    assert (desk.state.items, desk.codes) == (0, [])


def test_auto_stop_and_its_undoing(desk):
    block = desk.begin()
    assert block.auto_stop == "EGRA-STOP-LINE1"
    for i in range(4):
        desk.mark(block, i)
    last = auto_stop(block, desk.state.current.marks)
    desk.add(K.BLOCK_AUTO_STOPPED, block=block.id, rule=block.auto_stop, last_item=block.items[last])
    assert desk.state.current.auto_stop == block.auto_stop
    desk.add(K.AUTO_STOP_UNDONE, block=block.id)
    assert desk.state.current.auto_stop == ""
    desk.add(K.BLOCK_AUTO_STOPPED, block=block.id, rule=block.auto_stop, last_item=block.items[last])
    desk.mark(block, 0, "self_corrected")
    assert desk.state.current.auto_stop == "", "the rule does not hold any more"
    assert desk.state.flags == ()


def test_one_block_back(desk):
    first = desk.begin()
    desk.mark(first, 0)
    desk.finish(first)
    after_first = desk.state.ability
    second = desk.show()
    desk.mark(second, 1)
    desk.add(K.BLOCK_REOPENED, block=first.id)
    assert desk.state.next == Show(first.id)
    assert desk.state.counted == ()
    assert [b.status for b in desk.state.blocks] == [BlockStatus.OPEN, BlockStatus.AWAY]
    desk.mark(first, 0)
    desk.finish(first)
    assert desk.state.ability.theta == pytest.approx(after_first.theta)
    assert desk.state.next == Show(second.id)
    desk.show()
    assert desk.state.current.marks[1].value == "incorrect", "its marks have waited"
    assert desk.codes == []


def test_the_last_block_can_be_taken_back_when_the_engine_has_finished():
    desk = Desk()
    desk.add(K.ATTEMPT_STARTED)
    while isinstance(desk.state.next, Show):
        block = desk.show()
        desk.finish(block)
    desk.add(K.BLOCK_REOPENED, block=block.id)
    assert desk.state.next == Show(block.id)
    desk.finish(block)
    desk.add(K.ATTEMPT_FINISHED, reason=desk.state.next.reason.value)
    assert desk.codes == []
    assert desk.state.ended is desk.state.next.reason


@pytest.mark.parametrize("tried", [0, 3])
def test_the_teacher_stops_in_a_block(desk, tried):
    block = desk.begin()
    last = block.items[tried - 1] if tried else None
    desk.add(K.ATTEMPT_STOPPED, block=block.id, last_item=last)
    assert desk.state.ended is StopReason.TEACHER
    assert desk.state.items == tried
    assert desk.state.flags == ()


def test_the_teacher_stops_between_blocks(desk):
    block = desk.begin()
    desk.finish(block)
    desk.add(K.ATTEMPT_STOPPED, block=None, last_item=None)
    assert (desk.state.ended, desk.state.next) == (StopReason.TEACHER, Finished(StopReason.TEACHER))
    assert desk.state.flags == ()


def test_time_counts_within_openings_of_the_page_only(desk):
    desk.add(K.ATTEMPT_STARTED)
    desk.add(K.BLOCK_SHOWN, block=desk.state.next.block_id, wait=30_000)
    desk.mono = 500_000.0
    desk.add(K.ATTEMPT_RESUMED)
    desk.add(K.ATTEMPT_RESUMED, wait=-400_000)
    desk.add(K.BLOCK_SHOWN, block=desk.state.next.block_id, wait=5_000)
    assert desk.state.flags == ()
    desk.add(K.BLOCK_SHOWN, block=desk.state.next.block_id, wait=-1_000)
    assert desk.state.seconds == pytest.approx(35.0), "a clock that runs backwards takes no time away"
    assert desk.codes == ["time_backwards"]


IRREGULAR = {
    "not_started": lambda d, b: d.show(),
    "started_twice": lambda d, b: [d.begin(), d.add(K.ATTEMPT_STARTED)],
    "unknown_block": lambda d, b: [d.begin(), d.add(K.BLOCK_SHOWN, block="nowhere")],
    "unexpected_block": lambda d, b: [d.add(K.ATTEMPT_STARTED), d.add(K.BLOCK_SHOWN, block=PLAN.blocks[-1].id)],
    "block_not_finished": lambda d, b: [d.begin(), d.add(K.BLOCK_SHOWN, block=PLAN.blocks[-1].id)],
    "repeated_block": lambda d, b: [d.finish(d.begin()), d.add(K.BLOCK_SHOWN, block=b.id)],
    "block_not_on_screen": lambda d, b: [d.begin(), d.mark(PLAN.blocks[-1], 0)],
    "unknown_item": lambda d, b: [d.begin(), d.add(K.ITEM_MARKED, block=b.id, item="nothing", mark="none")],
    "unknown_mark": lambda d, b: [d.begin(), d.mark(b, 0, "half")],
    "unexpected_auto_stop": lambda d, b: [
        d.begin(),
        d.add(K.BLOCK_AUTO_STOPPED, block=b.id, rule=b.auto_stop, last_item=b.items[3]),
    ],
    "no_auto_stop": lambda d, b: [d.begin(), d.add(K.AUTO_STOP_UNDONE, block=b.id)],
    "marks_beyond_last_item": lambda d, b: [d.begin(), d.mark(b, 3), d.finish(b, 2)],
    "unexpected_reopening": lambda d, b: [d.finish(d.begin()), d.finish(d.show()), d.add(K.BLOCK_REOPENED, block=b.id)],
    "after_end": lambda d, b: [
        d.add(K.ATTEMPT_STARTED),
        d.add(K.ATTEMPT_STOPPED, block=None, last_item=None),
        d.add(K.BLOCK_SHOWN, block=b.id),
    ],
    "unexpected_end": lambda d, b: [d.begin(), d.add(K.ATTEMPT_FINISHED, reason="sure")],
}


@pytest.mark.parametrize("code", IRREGULAR)
def test_irregular_events_are_flagged(code):
    desk = Desk()
    first = BLOCKS[desk.state.next.block_id]
    IRREGULAR[code](desk, first)
    assert desk.codes == [code]
    assert desk.state.flags[0].seq <= len(desk.events)


def test_events_out_of_sequence(desk):
    block = desk.begin()
    repeated = apply(desk.state, desk.events[0])
    assert [f.code for f in repeated.flags] == ["out_of_sequence"]
    ahead = Event(9, K.ITEM_MARKED, "", 9e3, {"block": block.id, "item": block.items[0], "mark": "incorrect"})
    jumped = apply(desk.state, ahead)
    assert [f.code for f in jumped.flags] == ["out_of_sequence"]
    assert jumped.last_seq == 9
    assert jumped.current.marks[0].value == "incorrect"


def test_another_reason_than_the_engines_is_flagged_and_the_engines_counts():
    desk = Desk()
    desk.add(K.ATTEMPT_STARTED)
    while isinstance(desk.state.next, Show):
        desk.finish(desk.show())
    own = desk.state.next.reason
    desk.add(K.ATTEMPT_FINISHED, reason="time_limit")
    assert (desk.codes, desk.state.ended) == (["other_reason"], own)


def test_a_block_the_engine_did_not_choose_is_flagged_but_its_answers_count(desk):
    desk.add(K.ATTEMPT_STARTED)
    other = PLAN.blocks[-1]
    desk.add(K.BLOCK_SHOWN, block=other.id)
    desk.finish(other)
    assert desk.codes == ["unexpected_block"]
    assert [b.block.id for b in desk.state.counted] == [other.id]


def test_a_test_does_not_begin_with_a_block_seen_lately():
    usual = Desk()
    usual.begin()
    seen = Desk(spec(2, seen=BLOCKS[usual.state.next.block_id].items))
    assert seen.begin().id != usual.state.next.block_id


def test_no_block_twice():
    given = []
    desk = Desk(the_plan=plan())
    desk.add(K.ATTEMPT_STARTED)
    while isinstance(desk.state.next, Show):
        given.append(desk.show())
        desk.finish(given[-1], 1)
    assert len({b.id for b in given}) == len(given)


def test_evidence_comes_from_two_strands():
    for seed in range(30):
        state = make(PLAN, seed).state
        if state.ended is StopReason.SURE and not state.flags:
            assert len({b.block.strand for b in state.counted}) >= 2


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_a_replay_is_the_live_test_and_totals_stay_possible(seed):
    desk = make(PLAN, seed)
    replayed = replay(PLAN, desk.spec, desk.events)
    assert (replayed.blocks, replayed.next, replayed.flags) == (desk.state.blocks, desk.state.next, desk.state.flags)
    assert (replayed.ended, replayed.seconds) == (desk.state.ended, desk.state.seconds)
    assert replayed.ability.theta == desk.state.ability.theta
    assert sum(replayed.ability.probabilities) == pytest.approx(1)
    assert replayed.seconds >= 0
    assert all(0 <= b.attempted <= len(b.block.items) == len(b.marks) for b in replayed.blocks)


garbage = st.one_of(st.none(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(K)),
            st.integers(-1, 5),
            st.floats(-1e6, 1e6),
            st.dictionaries(st.sampled_from(["block", "item", "mark", "last_item", "rule", "reason"]), garbage),
        ),
        max_size=12,
    )
)
@settings(max_examples=80, deadline=None)
def test_no_event_ever_raises(raw):
    events = [Event(seq, kind, "", mono, data) for kind, seq, mono, data in raw]
    assert replay(PLAN, SPEC, events).items == 0
