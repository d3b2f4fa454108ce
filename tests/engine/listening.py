"""Self-run tests for tests: a plan of the shipped bank, and pupils who take it as a device records them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from phonics_app.domain.attempt import AttemptSpec, Prior, PriorSource
from phonics_app.domain.event import Event, EventKind
from phonics_app.engine.item_administration import ItemAttemptState, apply, start
from phonics_app.engine.item_plan import ReadyPlan, assemble_item_plan, ready
from tests import sites

AT = "2026-06-15T09:00:00+07:00"
ATTEMPT = "a" * 32
SPEC = AttemptSpec(Prior(0.0, 2.5, PriorSource.GRADE), 5)


@cache
def listening(levels: frozenset[int] = frozenset(range(1, 10))) -> ReadyPlan:
    """All items of `levels` can be heard."""
    content = sites.content()
    audio = {item.id: f"{n:032x}" for n, item in enumerate(content.bank.active()) if item.level in levels}
    return ready(assemble_item_plan(content.bank, content.rubrics, audio, 0))


@dataclass
class Device:
    """Records events as a device does; `pace` seconds from an item to its answer."""

    known: ReadyPlan
    spec: AttemptSpec = SPEC
    attempt: str = ATTEMPT
    pace: float = 4.0
    mono: float = 100.0
    events: list[Event] = field(default_factory=list)
    state: ItemAttemptState = field(init=False)

    def __post_init__(self) -> None:
        self.state = start(self.known, self.spec, self.attempt)

    def record(self, kind: EventKind, seconds: float = 0.0, **data: object) -> None:
        self.mono += seconds * 1000
        event = Event(len(self.events) + 1, kind, AT, self.mono, data)
        self.events.append(event)
        self.state = apply(self.state, event)

    def answer(self, right: bool, place: int | None = None) -> None:
        """Shows the item that comes next and answers it; at `place` if that is given."""
        item = self.known.items[self.state.test.next_item or ""]
        self.record(EventKind.ITEM_SHOWN, item=item.id)
        wrong = next(option.value for option in item.options if option.value != item.key)
        value = item.options[place].value if place is not None else item.key if right else wrong
        self.record(EventKind.ITEM_ANSWERED, self.pace, item=item.id, value=value)

    def sit(self, knows: Callable[[float], bool]) -> ItemAttemptState:
        """To the end of the test; `knows` an item of this difficulty."""
        self.record(EventKind.ATTEMPT_STARTED)
        while self.state.test.next_item is not None:
            self.answer(knows(self.known.items[self.state.test.next_item].difficulty))
        assert self.state.test.ended is not None
        self.record(EventKind.ATTEMPT_FINISHED, reason=self.state.test.ended.value)
        return self.state
