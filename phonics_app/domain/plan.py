"""A test plan: everything a device needs to give a test without asking the server.

Plans are shared: they hold no pupil's data, are stored once under the hash of their content, and
make any attempt replayable for ever. What differs between pupils stands in `AttemptSpec`.
`codec.encode(plan)` is the JSON that the player receives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from phonics_app.domain.bank import NO_GUESSERS, Guessers, Option, StoppingLimits
from phonics_app.domain.codec import SPARSE
from phonics_app.domain.form import FormKind
from phonics_app.domain.strand import Strand, Task
from phonics_app.domain.text import Text


class Order(Enum):
    """Which block comes next."""

    ADAPTIVE = "adaptive"
    """The one that tells most about the level, until a stopping rule holds."""
    FIXED = "fixed"
    """The plan's own order, all of them, unless the teacher stops."""


class BlockKind(Enum):
    """How a block is shown and marked."""

    GRID = "grid"
    PASSAGE = "passage"
    """Running words of a text, read aloud; each word is an item."""
    QUESTIONS = "questions"
    """Asked about the passage before."""
    DICTATION = "dictation"
    """The pupil writes what he hears."""


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """What the player shows of an item, and the parameters with which it is scored (logits)."""

    id: str
    level: int
    strand: Strand
    task: Task
    prompt: Text
    stimulus: str
    key: str
    accepted: tuple[str, ...]
    graphemes: tuple[str, ...]
    skills: tuple[str, ...]
    slope: float
    """0: the answer counts in totals and says nothing of ability (words of a passage, an item asked again)."""
    difficulty: float
    standard_error: float
    guessing: float
    new_graphemes: tuple[str, ...] = ()
    """Those of `graphemes` that are first taught with this sound at the item's level, as the evidence names them: "sh",
    or "a /eɪ/" where the letters had another sound before."""
    options: tuple[Option, ...] = field(default=(), metadata=SPARSE)
    """Of choice tasks; `key` is the value of the right one."""
    spellings: tuple[tuple[str, ...], ...] = field(default=(), metadata=SPARSE)
    """Of dictation: for each sound in order the graphemes that may spell it."""
    after: int = field(default=0, metadata=SPARSE)
    """Of a question about a passage: it is asked of who has read so many words of it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A small grid of items of one strand at one level."""

    id: str
    level: int
    strand: Strand
    items: tuple[str, ...]
    line_length: int
    auto_stop: str
    auto_stop_count: int
    seconds: int = field(default=0, metadata=SPARSE)
    """Time limit, 0 for none; 60 is the rule EGRA-TIME-60."""
    kind: BlockKind = field(default=BlockKind.GRID, metadata=SPARSE)
    lines: tuple[int, ...] = field(default=(), metadata=SPARSE)
    """Of a passage the number of words on each line as printed; empty where every line has `line_length` items."""


@dataclass(frozen=True, slots=True)
class StrandGuide:
    """What the teacher does, says and minds in every block of a strand; a plan has hundreds of blocks."""

    strand: Strand
    instruction: Text
    say: Text
    hint: Text
    task: Task | None = field(default=None, metadata=SPARSE)
    """Of the blocks with this task alone; it goes before the guide of the strand."""


@dataclass(frozen=True, slots=True)
class PlanLevel:
    """A level with its cut: the theta at which the expected score on its item domain is the mastery criterion."""

    number: int
    name: Text
    cut: float
    cuts: tuple[float, ...] = ()
    """The same for each of the plan's kinds of pupils; empty where there is only one."""


@dataclass(frozen=True, slots=True)
class PupilKind:
    """Pupils of one sharpness who guess alike."""

    sharpness: float
    guessing: float
    share: float
    """Beforehand; those of a plan sum to 1."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Equally spaced theta points, both ends included."""

    minimum: float
    maximum: float
    points: int


@dataclass(frozen=True, slots=True)
class PlannedForm:
    """The fixed form that a plan gives: by this a printed sheet is known again."""

    id: str
    """With levels and letter: "level-check-3-A"."""
    name: Text
    kind: FormKind
    levels: tuple[int, ...]
    letter: str
    code: str
    """`domain.form.Form.code`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Blocks, items, cuts and rules of a test by blocks: the adaptive placement test, or a fixed form."""

    schema: int
    engine_version: str
    bank_version: str
    blueprint_id: str
    blueprint_version: int
    variant: int
    mastery: float
    """Share of a level's item domain that counts as mastery: from the rubric, 0–1."""
    grid: Grid
    levels: tuple[PlanLevel, ...]
    items: tuple[PlannedItem, ...]
    blocks: tuple[Block, ...]
    guides: tuple[StrandGuide, ...]
    """One for each strand that has blocks."""
    stopping: StoppingLimits
    sharpness: tuple[float, ...] = (1.0,)
    """Factors on every slope, equally likely beforehand: some pupils know a level wholly or not at all, others half."""
    order: Order = field(default=Order.ADAPTIVE, metadata=SPARSE)
    form: PlannedForm | None = field(default=None, metadata=SPARSE)
    """What is given in a fixed order."""
    guessers: tuple[Guessers, ...] = field(default=NO_GUESSERS, metadata=SPARSE)
    """Which of them a pupil belongs to the answers tell. In plans of before nobody guesses, beyond what items say."""
    unseen_first: bool = False
    """Whether a block with items that the pupil saw lately waits until the others tell next to nothing; else (as in
    plans of before) its information counts for less."""

    @property
    def kinds(self) -> tuple[PupilKind, ...]:
        """Every sharpness with every kind of guessers, in the order of the grid's parts and of the levels' cuts."""
        each = 1 / len(self.sharpness)
        return tuple(PupilKind(s, g.guessing, g.share * each) for s in self.sharpness for g in self.guessers)
