"""What can happen at a desk, in any order: sequences of events for property tests of both engines.

Two thirds are what a player may send, the rest is out of place. Every event names its block by its place in the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.plan import Plan
from phonics_app.engine.administration import apply, start
from phonics_app.engine.rules import auto_stop
from phonics_app.engine.state import AttemptState, Show
from tests.engine.timed import PLAN, SPEC

K = EventKind
_MARKS = ("incorrect", "incorrect", "incorrect", "none", "self_corrected", "half")
_ERRORS = (None, None, "decoding", "transfer", "no_answer", "said_as", "tired")
_BY = (None, None, None, "undo", "redo", "review", "magic")
_WHY = ("ended", "ended", "dialog", "interruption", "tea")
_WAITS = (0, 40, 700, 3_000, 9_000, 61_000, -500)


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, int, int, float]:
    """What is done, which item or line of which block, and how long after the step before."""
    action = draw(st.sampled_from((*_REGULAR, *_REGULAR, *_REGULAR, *_ACTIONS, *_FOREIGN)))
    wait = draw(st.sampled_from(_WAITS[:-2] * 4 + _WAITS))
    return action, draw(st.integers(0, 9)), draw(st.integers(0, 60)), wait


sequences = st.lists(steps(), min_size=20, max_size=60)

_REGULAR = ("mark", "mark", "mark", "row", "show", "time_up", "auto_stop", "finish", "start", "all_wrong")
_FOREIGN = ("no_item", "no_block", "of_another", "repeat", "gap")
_ACTIONS = ("pause", "resume", "undo_stop", "reopen", "reload", "review", "other_block", "finish_test")


class _Desk:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.events: list[Event] = []
        self.mono = 0.0
        self.state: AttemptState = start(plan, SPEC)
        self.add(K.ATTEMPT_STARTED)

    def add(self, kind: EventKind, **data: object) -> None:
        event = Event(len(self.events) + 1, kind, "2026-06-01T09:00:00+07:00", max(0.0, self.mono), data)
        self.events.append(event)
        self.state = apply(self.state, event)

    def do(self, action: str, a: int, b: int) -> None:
        wanted = self.state.next.block_id if isinstance(self.state.next, Show) else self.plan.blocks[0].id
        block = next(x for x in self.plan.blocks if x.id == wanted)
        if action == "other_block":
            block = self.plan.blocks[a % len(self.plan.blocks)]
        item = block.items[b % len(block.items)]
        said = {"error": _ERRORS[b % len(_ERRORS)], "by": _BY[(a + b) % len(_BY)]}
        extra = {name: value for name, value in said.items() if value}
        getattr(self, f"_{action}")(block, item, a, b, extra)

    def _show(self, block, item, a, b, extra):
        self.add(K.BLOCK_SHOWN, block=block.id)

    _other_block = _show

    def _mark(self, block, item, a, b, extra):
        self.add(K.ITEM_MARKED, block=block.id, item=item, mark=_MARKS[a % len(_MARKS)], **extra)

    def _row(self, block, item, a, b, extra):
        by = {"by": extra["by"]} if "by" in extra else {}
        self.add(K.ROW_MARKED, block=block.id, line=b % 4, mark=_MARKS[a % len(_MARKS)], **by)

    def _all_wrong(self, block, item, a, b, extra):
        for each in block.items[: 4 + a % 2]:
            self.add(K.ITEM_MARKED, block=block.id, item=each, mark="incorrect")
        self._auto_stop(block, item, a, b, extra)

    def _start(self, block, item, a, b, extra):
        self.add(K.TIMER_STARTED, block=block.id)

    def _pause(self, block, item, a, b, extra):
        self.add(K.TIMER_PAUSED, block=block.id, why=_WHY[a % len(_WHY)])

    def _resume(self, block, item, a, b, extra):
        self.add(K.TIMER_RESUMED, block=block.id, **({"asleep": float(b)} if a > 6 else {}))

    def _time_up(self, block, item, a, b, extra):
        self.add(K.TIME_UP, block=block.id)

    def _auto_stop(self, block, item, a, b, extra):
        current = self.state.current
        last = None if current is None else auto_stop(current.block, current.marks)
        named = item if current is None or last is None or a == 0 else current.block.items[last]
        self.add(K.BLOCK_AUTO_STOPPED, block=block.id, rule=block.auto_stop or "none", last_item=named)

    def _undo_stop(self, block, item, a, b, extra):
        self.add(K.AUTO_STOP_UNDONE, block=block.id)

    def _finish(self, block, item, a, b, extra):
        left = {"seconds_left": float(b)} if a > 6 else {}
        last = None if a == 0 else "nothing" if a == 1 else item
        by = {"by": extra["by"]} if "by" in extra else {}
        self.add(K.BLOCK_FINISHED, block=block.id, last_item=last, **left, **by)

    def _reopen(self, block, item, a, b, extra):
        some = self.plan.blocks[b % len(self.plan.blocks)]
        self.add(K.BLOCK_REOPENED, block=some.id, **({"by": "review"} if a % 2 else {}))

    def _review(self, block, item, a, b, extra):
        some = self.plan.blocks[b % len(self.plan.blocks)]
        mark = _MARKS[a % len(_MARKS)]
        self.add(K.ITEM_MARKED, block=some.id, item=some.items[b % len(some.items)], mark=mark, by="review")

    def _reload(self, block, item, a, b, extra):
        self.mono = float(a)
        self.add(K.ATTEMPT_RESUMED)

    def _no_item(self, block, item, a, b, extra):
        self.add(K.ITEM_MARKED, block=block.id, item=("X-1", "constructor", "__proto__")[a % 3], mark="incorrect")

    def _no_block(self, block, item, a, b, extra):
        name = ("nowhere", "constructor", "__proto__")[a % 3]
        self.add(K.ROW_MARKED if b % 2 else K.BLOCK_SHOWN, block=name, **({"line": 1, "mark": "none"} if b % 2 else {}))

    def _of_another(self, block, item, a, b, extra):
        other = self.plan.blocks[a % len(self.plan.blocks)]
        by = {"by": "review"} if b % 2 else {}
        self.add(K.ITEM_MARKED, block=block.id, item=other.items[b % len(other.items)], mark="self_corrected", **by)

    def _repeat(self, block, item, a, b, extra):
        """An event under a number that has been there, or (`_gap`) that is too high."""
        self._out_of_order(-1 - a, item)

    def _gap(self, block, item, a, b, extra):
        self._out_of_order(1 + a, item)

    def _out_of_order(self, by, item):
        block = self.state.current.block.id if self.state.current else self.plan.blocks[0].id
        data = {"block": block, "item": item, "mark": "incorrect"}
        event = Event(
            max(1, len(self.events) + 1 + by), K.ITEM_MARKED, "2026-06-01T09:00:00+07:00", max(0.0, self.mono), data
        )
        self.events.append(event)
        self.state = apply(self.state, event)

    def _finish_test(self, block, item, a, b, extra):
        if a == 9:
            self.add(K.ATTEMPT_FINISHED, reason="form_complete")


def sitting(raw: Sequence[tuple[str, int, int, float]], plan: Plan = PLAN) -> list[Event]:
    """The events of what `steps` drew."""
    desk = _Desk(plan)
    desk.add(K.BLOCK_SHOWN, block=plan.blocks[0].id)
    for action, a, b, wait in raw:
        desk.mono = max(0.0, desk.mono + wait)
        desk.do(action, a, b)
    return desk.events


def random_sitting(seed: int) -> list[Event]:
    """Of the same kind, by the plainest of generators: golden vectors must not hang on a version of hypothesis."""
    random = Random(seed)
    waits = _WAITS[:-2] * 4 + _WAITS
    draws = [
        (
            random.choice((*_REGULAR, *_REGULAR, *_ACTIONS)),
            random.randint(0, 9),
            random.randint(0, 60),
            random.choice(waits),
        )
        for _ in range(random.randint(10, 35))
    ]
    return sitting(draws)
