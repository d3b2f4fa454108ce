"""The item bank: levels, grapheme–phoneme correspondences, items, blueprint."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from phonics_app.domain.grade import Grade
from phonics_app.domain.spelling import GraphemeTable
from phonics_app.domain.strand import SPOKEN_TASKS, Strand, Task
from phonics_app.domain.text import Text


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of the ladder. `number` orders levels; nothing assumes how many there are."""

    number: int
    name: Text
    focus: Text
    """One sentence for teachers: what is new at this level."""
    entry_grades: tuple[Grade, ...]
    skills: tuple[str, ...] = ()
    """Codes of skills that are new at this level and are not correspondences (e.g. "initial_cluster")."""


@dataclass(frozen=True, slots=True)
class Correspondence:
    """One grapheme–phoneme correspondence and the level at which it is taught."""

    id: str
    grapheme: str
    """As spelled; a split digraph has an underscore: "a_e"."""
    phonemes: tuple[str, ...]
    """ARPAbet without stress; more than one for x (K S) or qu (K W)."""
    ipa: str
    position: str
    """"any", "initial", "medial", "final"."""
    level: int
    example: str
    notes: str = ""
    transfer: str = ""
    """Code of a Thai-transfer pattern (`item_bank/transfer.csv`), or empty."""


class ItemStatus(Enum):
    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class DifficultySource(Enum):
    EXPERT = "expert"
    PREDICTED = "predicted"
    CALIBRATED = "calibrated"


@dataclass(frozen=True, slots=True)
class Difficulty:
    """Difficulty on the common logit scale, with its standard error and where it comes from."""

    value: float
    standard_error: float
    source: DifficultySource


class Confusion(Enum):
    """The error that a wrong option catches, where it is not a Thai-transfer pattern."""

    VISUAL = "visual"
    """Letters that look alike: b d p q, m n, u n."""
    SOUND = "sound"
    """A neighbouring sound, hard to tell apart for any learner."""
    VOWEL = "vowel"
    """Another vowel between the same consonants."""
    ORDER = "order"
    """The right letters in another order."""
    OMISSION = "omission"
    """A letter or sound left out, as one of a cluster."""
    ADDITION = "addition"
    """A letter or sound too many."""
    SPELLING = "spelling"
    """A spelling that sounds right and is not the word's."""
    PART = "part"
    """Only the beginning, or only the end, is right."""
    MEANING = "meaning"
    """A thing of the same kind."""
    UNRELATED = "unrelated"
    """Nothing in common: chosen by one who guesses."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from: a grapheme, a spelling, or a picture (emoji) with its English name."""

    value: str
    name: str = ""
    error: str = ""
    """Value of a `Confusion`, or code of a Thai-transfer pattern; empty for the right answer."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `stimulus` is what the pupil sees ("" for tasks by ear); `prompt` is what the teacher says."""

    id: str
    level: int
    strand: Strand
    task: Task
    prompt: Text
    stimulus: str
    key: str
    accepted: tuple[str, ...]
    """Further right answers (rule PSC-ALT), in the notation of `key`."""
    graphemes: tuple[str, ...]
    phonemes: tuple[str, ...]
    """ARPAbet, one entry per grapheme; several phonemes of one grapheme joined by "+"; "-" for a silent one."""
    difficulty: Difficulty
    guessing: float
    """Chance of a right answer without the skill: 0 for open answers, 1/k for k choices."""
    skills: tuple[str, ...]
    transfer: tuple[str, ...]
    status: ItemStatus
    version: int
    since: str
    """ISO date from which this version is in use."""
    options: tuple[Option, ...] = ()
    """Of choice tasks; `key` is the value of the right one."""


@dataclass(frozen=True, slots=True)
class BlockRule:
    """How items of one strand are put into blocks, and the auto-stop rule of such a block."""

    strand: Strand
    size: int
    line_length: int
    """Items on one line of the grid."""
    auto_stop: str
    """Name of the rule: "EGRA-STOP-N", "EGRA-STOP-LINE1" or "" for none."""
    auto_stop_count: int
    instruction: Text
    """For the teacher, before the block."""
    say: Text
    """What the teacher says to the pupil."""
    hint: Text
    """A reminder that stays on screen (self-correction, hesitation, accent)."""
    tasks: tuple[Task, ...] = ()
    """Tasks of the strand that the blocks take; empty for all that are answered aloud."""

    def takes(self, item: Item) -> bool:
        """Whether the item may stand in a block of this rule."""
        return item.strand is self.strand and item.task in (self.tasks or SPOKEN_TASKS)


@dataclass(frozen=True, slots=True)
class StoppingLimits:
    """When an adaptive test ends. Probabilities in 0–1, times in seconds."""

    sure_probability: float
    between_probability: float
    """Two neighbouring levels together at least this probable, after `between_items`: stop as "between"."""
    between_items: int
    minimum_blocks: int
    minimum_strands: int
    maximum_items: int
    maximum_seconds: int
    item_cost: float = 0.0
    """What an item costs, in probability of naming the right level. "Sure" and "between" end a test only when another
    block is not worth its items; 0 (as in plans of before): that is not weighed, and they end it at once."""


@dataclass(frozen=True, slots=True)
class Guessers:
    """Some pupils, by what becomes of answers that they do not know."""

    share: float
    """Of pupils, beforehand, 0–1."""
    guessing: float
    """Share of unknown answers that count as right: guessed, or wrong and marked by nobody. 0–1."""


NO_GUESSERS = (Guessers(share=1.0, guessing=0.0),)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What a test is made of. `variants`: how many shuffled assemblies of blocks exist per bank version."""

    id: str
    name: Text
    version: int
    variants: int
    blocks: tuple[BlockRule, ...]
    stopping: StoppingLimits
    expected_level: dict[Grade, int] = field(default_factory=dict)
    """Grade → level expected of it (also the dashboards' "expected level")."""
    prior_sd_grade: float = 2.0
    """Standard deviation in logits of the prior made from the grade alone."""
    prior_sd_result: float = 0.8
    """The same for a prior made from a result of this term."""
    prior_sd_growth_per_term: float = 0.4
    """Added (in quadrature) for each term since that result."""
    guessers: tuple[Guessers, ...] = NO_GUESSERS
    """What pupils do with items they do not know; shares sum to 1."""
    slopes: tuple[float, ...] = (1.0,)
    """Slopes (per logit) that uncalibrated items may have, equally likely: how sharply a level is known or not."""


@dataclass(frozen=True, slots=True)
class Bank:
    """A validated item bank. `version` is a hash of the content, so equal content has equal versions."""

    version: str
    levels: tuple[Level, ...]
    table: GraphemeTable = field(compare=False, repr=False)
    items: tuple[Item, ...]
    blueprints: tuple[Blueprint, ...]

    @property
    def correspondences(self) -> tuple[Correspondence, ...]:
        return self.table.correspondences

    def level(self, number: int) -> Level:
        return next(level for level in self.levels if level.number == number)

    def item(self, item_id: str) -> Item:
        return next(item for item in self.items if item.id == item_id)

    @property
    def placement(self) -> Blueprint:
        """The test that places pupils: the first blueprint."""
        return self.blueprints[0]

    def blueprint(self, blueprint_id: str) -> Blueprint:
        return next(b for b in self.blueprints if b.id == blueprint_id)

    def active(self, level: int | None = None) -> tuple[Item, ...]:
        """Active items, of one level or of all."""
        return tuple(i for i in self.items if i.status is ItemStatus.ACTIVE and level in (None, i.level))
