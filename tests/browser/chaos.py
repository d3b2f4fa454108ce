"""A teacher who marks on whatever happens, and a server that is killed again and again at moments left to chance."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field

from tests.browser.faults import forwards, marks_of
from tests.browser.player import Player
from tests.browser.record import events_stored
from tests.browser.settling import PATIENCE_MS

BLOCK_TAPS = 25
"""So many marks at most before the next block is shown."""
PAUSE_SECONDS = 0.05
"""Between two taps: nobody is quicker, and a server that is down stays so for some of them."""


@dataclass
class Outcome:
    """What was tapped, and what the database holds of it."""

    seed: int
    taps: int = 0
    kills: int = 0
    tests: int = 0
    events: int = 0
    tapped: int = 0
    """Marks that the screen showed: a touch on an item that is right makes it wrong, and the other way round."""
    stored: int = 0
    missing: int = 0
    duplicates: int = 0
    disordered: int = 0
    taps_while_down: int = 0
    longest_outage: float = 0.0

    @property
    def whole(self) -> bool:
        lost = self.missing or self.duplicates or self.disordered
        return not lost and self.tapped == self.stored


@dataclass
class Chaos:
    """`taps` touches of items, through as many tests as that takes, with `kills` kills of the server in between."""

    page: object
    server: object
    pupils: tuple[str, ...]
    seed: int
    taps: int = 500
    kills: int = 10
    tapped: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def run(self) -> Outcome:
        self.chance = random.Random(self.seed)
        self.outcome = Outcome(self.seed)
        self.when = sorted(self.chance.sample(range(5, self.taps), self.kills), reverse=True)
        self.starting = threading.Thread()
        while self.outcome.taps < self.taps:
            self._one_test(self.pupils[self.outcome.tests % len(self.pupils)])
        self._up()
        for attempt, tapped in self.tapped.items():
            self._compare(attempt, tapped)
        return self.outcome

    def _one_test(self, pupil: str) -> None:
        """To its end, or until there are taps enough; then nothing of it is left on the device alone."""
        self._up()
        player = Player(self.page, self.server).start(pupil)
        self.tapped[player.attempt] = []
        self.outcome.tests += 1
        while not player.complete() and self.outcome.taps < self.taps:
            self._mark_block(player, self.tapped[player.attempt])
            player.finish_block()
        if player.complete():
            attempt = player.attempt
            player.page.click("#finish-test")
            self._up()
            player.page.wait_for_url(f"**/result?attempt={attempt}", timeout=PATIENCE_MS)
        else:
            self._up()
            player.chip("sent")

    def _mark_block(self, player: Player, tapped: list[tuple[str, str]]) -> None:
        """The first item stays right, so that no rule ends the block."""
        marks = dict(zip(player.item_ids(), player.marks(), strict=True))
        items = list(marks)
        for _ in range(min(BLOCK_TAPS, self.taps - self.outcome.taps)):
            index = self.chance.randrange(1, len(items))
            item = items[index]
            player.items().nth(index).click()
            marks[item] = "incorrect" if marks[item] == "none" else "none"
            tapped.append((item, marks[item]))
            self._after_tap()
        shown = player.page.wait_for_function(_SHOWN, arg=list(marks.values()), timeout=PATIENCE_MS)
        assert shown

    def _after_tap(self) -> None:
        self.outcome.taps += 1
        self.outcome.taps_while_down += self.starting.is_alive()
        if self.when and self.outcome.taps >= self.when[-1]:
            self.when.pop()
            self._up()
            self._kill()
        time.sleep(PAUSE_SECONDS * self.chance.random())

    def _kill(self) -> None:
        """Killed now, started again by itself a moment later, while the marking goes on."""
        self.server.kill()
        self.outcome.kills += 1
        began, pause = time.monotonic(), self.chance.random()

        def start() -> None:
            time.sleep(pause)
            self.server.start()
            self.outcome.longest_outage = max(self.outcome.longest_outage, time.monotonic() - began)

        self.starting = threading.Thread(target=start)
        self.starting.start()

    def _up(self) -> None:
        if self.starting.ident is not None:
            self.starting.join()

    def _compare(self, attempt: str, tapped: list[tuple[str, str]]) -> None:
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while marks_of(events := events_stored(self.server, attempt)) != tapped and time.monotonic() < deadline:
            time.sleep(0.1)
        found, outcome = marks_of(events), self.outcome
        numbers = [event["seq"] for event in events]
        outcome.events += len(events)
        outcome.tapped += len(tapped)
        outcome.stored += len(found)
        outcome.missing += max(0, len(tapped) - len(found))
        outcome.duplicates += len(numbers) - len(set(numbers))
        in_order = numbers == list(range(1, len(numbers) + 1)) and forwards(events)
        outcome.disordered += found != tapped or not in_order


_SHOWN = """(marks) => {
  const shown = [...document.querySelectorAll('.item')].map((cell) => cell.dataset.mark);
  return JSON.stringify(shown) === JSON.stringify(marks);
}"""
