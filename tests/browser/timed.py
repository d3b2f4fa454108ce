"""A test with clocks for the browser: put into the site as an attempt of its own, and driven as a teacher does."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime

from phonics_app.domain.attempt import Attempt, AttemptSpec, AttemptStatus, Prior, PriorSource
from phonics_app.domain.codec import decode
from phonics_app.domain.event import Event
from phonics_app.domain.plan import Block, BlockKind, Order, Plan, PlannedItem
from phonics_app.domain.strand import Strand, Task
from phonics_app.domain.text import Text
from phonics_app.engine.administration import replay
from phonics_app.engine.assembly import assemble_plan, plan_hash
from phonics_app.engine.totals import block_totals
from phonics_app.records import attempts as records
from phonics_app.records import open_store
from tests import sites
from tests.browser.player import Player

STORY = (
    "Sam had a red hat . The hat was on the bed . A cat sat on it . Sam ran to get the hat . "
    "The cat ran and Sam fell . Then the hat was flat"
).replace(" .", ".")
LETTERS = 40


def plan_with_clocks(*wanted: str, seconds: int = 60, letters: int = LETTERS) -> Plan:
    """Blocks named in `wanted`, in that order: letters, words, passage, questions, dictation."""
    content = sites.content()
    base = assemble_plan(content.bank, content.rubrics, content.bank.blueprints[0].id, 0)
    makers = {
        "letters": lambda: _letters(base, seconds, letters),
        "words": lambda: _words(base),
        "passage": lambda: _passage(base, seconds),
        "questions": lambda: _questions(base),
        "dictation": lambda: _dictation(base),
    }
    parts = [makers[name]() for name in wanted]
    items = {item.id: item for _, own in parts for item in own}
    return replace(base, items=tuple(items.values()), blocks=tuple(b for b, _ in parts), order=Order.FIXED)


def _some(base: Plan, strand: Strand, count: int) -> list[PlannedItem]:
    return sorted((i for i in base.items if i.strand is strand), key=lambda i: i.difficulty)[:count]


def _block(name: str, strand: Strand, items: list[PlannedItem], line: int, **values: object) -> Block:
    made = Block(name, 2, strand, tuple(i.id for i in items), line, "", 0)
    return replace(made, **values)


def _letters(base: Plan, seconds: int, count: int) -> tuple[Block, list[PlannedItem]]:
    known = _some(base, Strand.GRAPHEME_SOUNDS, 20)
    items = [replace(known[n % len(known)], id=f"L{n + 1:02}", slope=0.0) for n in range(count)]
    stop = {"auto_stop": "EGRA-STOP-LINE1", "seconds": seconds}
    return _block("letters", Strand.GRAPHEME_SOUNDS, items, 8, **stop), items


def _words(base: Plan) -> tuple[Block, list[PlannedItem]]:
    items = _some(base, Strand.WORD_READING, 6)
    return _block("words", Strand.WORD_READING, items, 3), items


def _passage(base: Plan, seconds: int) -> tuple[Block, list[PlannedItem]]:
    model = _some(base, Strand.WORD_READING, 1)[0]
    strand = Strand.ORAL_READING_FLUENCY
    items = [
        replace(model, id=f"P{n:02}", strand=strand, task=Task.READ_WORD, stimulus=w, key=w, accepted=(), slope=0.0)
        for n, w in enumerate(STORY.split(), start=1)
    ]
    return _block("passage", strand, items, 9, kind=BlockKind.PASSAGE, seconds=seconds, lines=(5, 6, 5, 6)), items


def _questions(base: Plan) -> tuple[Block, list[PlannedItem]]:
    model = _some(base, Strand.WORD_READING, 1)[0]
    asked = [("หมวกสีอะไร", "What colour is the hat?", "red"), ("ใครนั่งบนหมวก", "Who sat on the hat?", "a cat")]
    items = [
        replace(model, id=f"Q{n}", strand=Strand.COMPREHENSION, prompt=Text(th, en), stimulus="", key=key, slope=0.0)
        for n, (th, en, key) in enumerate(asked, start=1)
    ]
    return _block("questions", Strand.COMPREHENSION, items, 1, kind=BlockKind.QUESTIONS), items


def _dictation(base: Plan) -> tuple[Block, list[PlannedItem]]:
    known = _some(base, Strand.WORD_READING, 4)
    items = [
        replace(i, id=f"D{n}", strand=Strand.SPELLING, task=Task.SPELL_WORD, key=i.stimulus, slope=0.0)
        for n, i in enumerate(known)
    ]
    return _block("dictation", Strand.SPELLING, items, 1, kind=BlockKind.DICTATION), items


class TimedPlayer(Player):
    def open(self, pupil_id: str, plan: Plan) -> TimedPlayer:
        """Puts an attempt on `plan` into the database and opens its page."""
        attempt = uuid.uuid4().hex
        prior = Prior(plan.levels[1].cut, 2.0, PriorSource.GRADE)
        store = open_store(f"sqlite:///{self.server.database}")
        with store.write() as connection:
            records.save_plan(connection, plan_hash(plan), plan)
            made = Attempt(
                attempt,
                pupil_id,
                sites.SCHOOLS[0].id,
                plan_hash(plan),
                AttemptSpec(prior, plan.levels[1].number),
                AttemptStatus.OPEN,
                datetime.now(UTC),
                "0" * 32,
            )
            records.insert_attempts(connection, [made])
        store.close()
        self.page.goto(f"/play/{attempt}")
        self.page.locator("#block-title").wait_for()
        return self

    def wait_for_block(self) -> None:
        self.page.locator("#block-title").wait_for()

    def begin(self) -> TimedPlayer:
        self.page.locator("#start-clock:enabled").click()
        self.page.locator('#clock:is([data-phase="running"], [data-phase="soon"])').wait_for()
        return self

    def mark(self, index: int, expected: str = "incorrect") -> None:
        self.tap(index, expected)

    def events(self, kind: str) -> list[dict]:
        """Data of the events of that kind on the device, in order."""
        return [event["data"] for event in self.on_device() if event["kind"] == kind]


def totals(player):
    """What the server's engine counts of what it has stored, block by block, and its flags."""
    sitting = player.page.request.get(f"/api/v1/attempts/{player.attempt}").json()
    events = [decode(Event, event) for event in player.wait_until_stored()]
    spec = decode(AttemptSpec, sitting["attempt"]["spec"])
    state = replay(player.plan, spec, events)
    return {b.block.id: block_totals(b) for b in state.blocks}, [flag.code for flag in state.flags]


def to_the_end(player):
    player.page.locator("#finish:enabled").click()
    player.page.locator("#complete").wait_for()
