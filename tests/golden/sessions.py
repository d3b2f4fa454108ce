"""Random sittings with all that happens at a desk: slips of a finger, a reload, a block taken back, an early end."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from phonics_app.domain.attempt import AttemptSpec, Prior, PriorSource
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.plan import Plan
from phonics_app.engine.administration import apply, start
from phonics_app.engine.rules import auto_stop
from phonics_app.engine.state import AttemptState, Finished, Show

K = EventKind
LONGEST = 200


class Desk:
    """Drives a sitting through the engine and writes down its events."""

    def __init__(self, plan: Plan, random: Random) -> None:
        self.random = random
        self.plan = plan
        self.spec = _spec(plan, random)
        self.state: AttemptState = start(plan, self.spec)
        self.events: list[Event] = []
        self.mono = 0.0
        self.ability = random.uniform(plan.levels[0].cut - 2, plan.levels[-1].cut + 1)

    def happens(self, chance: float) -> bool:
        return self.random.random() < chance

    def add(self, kind: EventKind, *, skip: int = 0, **data: object) -> None:
        self.mono += self.random.randint(200, 4000)
        event = Event(len(self.events) + 1 + skip, kind, "2026-06-01T09:00:00+07:00", self.mono, data)
        self.events.append(event)
        self.state = apply(self.state, event)

    def sit(self) -> None:
        self.add(K.ATTEMPT_STARTED)
        while isinstance(self.state.next, Show) and len(self.events) < LONGEST:
            if self.block(self.state.next.block_id):
                return
        if isinstance(self.state.next, Finished):
            wrong = self.happens(0.05)
            self.add(K.ATTEMPT_FINISHED, reason="sure" if wrong else self.state.next.reason.value)
        if self.happens(0.1):
            self.add(K.ATTEMPT_RESUMED)
            self.add(K.BLOCK_SHOWN, block=self.plan.blocks[0].id)

    def block(self, block_id: str) -> bool:
        """One block; True if the teacher stopped the test."""
        if self.happens(0.03):
            block_id = self.random.choice([b.id for b in self.plan.blocks] + ["nowhere"])
        self.add(K.BLOCK_SHOWN, block=block_id)
        current = self.state.current
        if current is None:
            return False
        for item in current.block.items:
            self.answer(current.block.id, item)
            if self.stopped_by_rule(current.block.id):
                return False
            if self.happens(0.004):
                self.add(K.ATTEMPT_STOPPED, block=current.block.id, last_item=item)
                return True
        return self.close(current.block.id, current.block.items)

    def close(self, block: str, items: tuple[str, ...]) -> bool:
        last: str | None = items[-1]
        if self.happens(0.06):
            last = self.random.choice([*items, None, "no-such-item"])
        self.add(K.BLOCK_FINISHED, block=block, last_item=last)
        if self.happens(0.05):
            self.add(K.ATTEMPT_RESUMED)
        if self.happens(0.08):
            self.take_back(block)
        if self.happens(0.015):
            self.add(K.ATTEMPT_STOPPED, block=None, last_item=None)
            return True
        return False

    def take_back(self, block: str) -> None:
        if isinstance(self.state.next, Show) and self.happens(0.5):
            self.add(K.BLOCK_SHOWN, block=self.state.next.block_id)
        self.add(K.BLOCK_REOPENED, block=block)
        current = self.state.current
        if current is not None:
            self.answer(current.block.id, current.block.items[0])
            self.add(K.BLOCK_FINISHED, block=current.block.id, last_item=current.block.items[-1])

    def answer(self, block: str, item: str) -> None:
        planned = next(i for i in self.plan.items if i.id == item)
        if self.happens(0.02):
            self.mono = 0.0
            self.add(K.ATTEMPT_RESUMED)
        if self.happens(1 / (1 + 2.718281828 ** (self.ability - planned.difficulty))):
            self.add(K.ITEM_MARKED, block=block, item=item, mark="incorrect")
        if self.happens(0.08):
            mark = self.random.choice(["none", "self_corrected", "incorrect", "none", "what"])
            where = self.random.choice([item, item, item, "no-such-item"])
            self.add(K.ITEM_MARKED, block=block, item=where, mark=mark, skip=0)

    def stopped_by_rule(self, block: str) -> bool:
        """Obeys the block's rule, or takes it back."""
        current = self.state.current
        last = None if current is None or current.auto_stop else auto_stop(current.block, current.marks)
        if current is None or last is None:
            return False
        item = current.block.items[last]
        rule = current.block.auto_stop if self.happens(0.95) else "EGRA-STOP-X"
        self.add(K.BLOCK_AUTO_STOPPED, block=block, rule=rule, last_item=item)
        if self.happens(0.3):
            self.add(K.AUTO_STOP_UNDONE, block=block)
            return False
        self.add(K.BLOCK_FINISHED, block=block, last_item=item)
        return True


def _spec(plan: Plan, random: Random) -> AttemptSpec:
    level = random.choice(plan.levels)
    seen = random.sample([i.id for i in plan.items], random.choice([0, 0, 30]))
    prior = Prior(level.cut - 0.5, random.choice([0.8, 1.5, 2.0, 3.0]), PriorSource.GRADE)
    return AttemptSpec(prior, random.choice([level.number, level.number, 99]), tuple(seen))


def make(plan: Plan, seed: int) -> Desk:
    """One sitting, finished or broken off."""
    desk = Desk(plan, Random(seed))
    desk.sit()
    return desk


def all_right(plan: Plan, spec: AttemptSpec, blocks: int, left_out: int) -> list[Event]:
    """The first blocks of a pupil who knows everything; the teacher leaves out the one of that number, from 0."""
    events = [Event(1, EventKind.ATTEMPT_STARTED, "2026-06-01T09:00:00+07:00", 0.0, {})]
    state = apply(start(plan, spec), events[0])
    for number in range(blocks):
        block = next(b for b in plan.blocks if Show(b.id) == state.next)
        last = None if number == left_out else block.items[-1]
        for kind, data in ((K.BLOCK_SHOWN, {}), (K.BLOCK_FINISHED, {"last_item": last})):
            event = replace(events[-1], seq=len(events) + 1, kind=kind, data={"block": block.id, **data})
            events.append(event)
            state = apply(state, event)
    return events
