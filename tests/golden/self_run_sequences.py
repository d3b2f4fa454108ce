"""What can come from a pupil's own device, in any order: sequences of events for property tests of both engines.

Half of it is what the player sends. The rest comes twice, too early or too late, names what is not there, or runs
backwards: nothing of it may ever count.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from phonics_app.domain.attempt import AttemptSpec, Prior, PriorSource
from phonics_app.domain.event import Event, EventKind
from phonics_app.engine.item_administration import apply
from tests.engine.listening import AT, Device, listening

K = EventKind
Step = tuple[str, int, float]
_REGULAR = ("right", "wrong", "right", "wrong", "show", "play", "whole", "whole")
_ACTIONS = ("other", "unknown", "no_value", "practice", "resume", "rest", "finish", "again", "foreign", "stop", "twice")
_WAITS = (0, 40, 900, 4_000, 4_000, 62_000, 200_000, -700)
LEVELS = (frozenset(range(1, 10)), frozenset({1, 2}))


@st.composite
def steps(draw: st.DrawFn) -> Step:
    action = draw(st.sampled_from((*_REGULAR, *_REGULAR, *_ACTIONS)))
    return action, draw(st.integers(0, 300)), draw(st.sampled_from(_WAITS))


sequences = st.tuples(st.integers(0, len(LEVELS) - 1), st.lists(steps(), min_size=20, max_size=60))


class _Tablet(Device):
    """A device whose clock and numbers may be anything."""

    def send(self, kind: EventKind, seq: int | None = None, **data: object) -> None:
        number = len(self.events) + 1 if seq is None else seq
        event = Event(number, kind, AT, max(0.0, self.mono), data)
        self.events.append(event)
        self.state = apply(self.state, event)

    def do(self, action: str, a: int) -> None:
        items = self.known.plan.base.items
        due = self.known.items[self.state.test.next_item or items[a % len(items)].id]
        values = [option.value for option in due.options]
        wrong = next(value for value in values if value != due.key)
        if action in ("show", "whole"):
            self.send(K.ITEM_SHOWN, item=due.id)
        if action == "whole":
            self.mono += 4_000
            action = "right" if a % 2 else "wrong"
        match action:
            case "right":
                self.send(K.ITEM_ANSWERED, item=due.id, value=due.key)
            case "wrong":
                self.send(K.ITEM_ANSWERED, item=due.id, value=wrong)
            case "twice" if self.events:
                again = self.events[a % len(self.events)]
                self.send(again.kind, again.seq, **again.data)
            case _:
                self.oddly(action, a, due.id)

    def oddly(self, action: str, a: int, due: str) -> None:
        items, practice = self.known.plan.base.items, self.known.plan.practice
        other = items[a % len(items)]
        match action:
            case "play":
                self.send(K.AUDIO_PLAYED, item=due)
            case "other":
                self.send(K.ITEM_ANSWERED, item=other.id, value=other.key)
            case "unknown":
                self.send(K.ITEM_ANSWERED, item=("constructor", "__proto__", "X-1")[a % 3], value="at")
            case "no_value":
                self.send(K.ITEM_ANSWERED, item=due, value=("length", "none of them")[a % 2])
            case "practice":
                self.send(K.ITEM_ANSWERED, item=practice[a % len(practice)].id, value=practice[0].key)
            case "resume":
                self.mono = float(a)
                self.send(K.ATTEMPT_RESUMED)
            case "rest":
                self.send(K.RESTED)
            case "finish":
                self.send(K.ATTEMPT_FINISHED, reason=("not_worth_more", "item_limit", "tea")[a % 3])
            case "again":
                self.send(K.ATTEMPT_STARTED, len(self.events) + 1 + a % 2)
            case "foreign":
                self.send(K.ROW_MARKED, block="a", line=1, mark="incorrect")
            case "stop" if a % 3 == 0:
                self.send(K.ATTEMPT_STOPPED, block=None, last_item=None)


def tablet(raw: tuple[int, Sequence[Step]]) -> Device:
    """A device that has done what `steps` drew."""
    plan, drawn = raw
    spec = AttemptSpec(Prior(plan - 0.5, 2.0, PriorSource.GRADE), 5)
    made = _Tablet(listening(LEVELS[plan]), spec, f"{len(drawn):032x}", mono=0.0)
    made.send(K.ATTEMPT_STARTED)
    for action, a, wait in drawn:
        made.mono = max(0.0, made.mono + wait)
        made.do(action, a)
    return made
