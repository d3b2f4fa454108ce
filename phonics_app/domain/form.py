"""Fixed forms: what a test with chosen items is made of, and the forms that were assembled for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.bank import Item
from phonics_app.domain.errors import Problem
from phonics_app.domain.strand import SPOKEN_TASKS, Strand, Task
from phonics_app.domain.text import Text

_CODE_DIGITS = 6


class FormKind(Enum):
    LEVEL_CHECK = "level_check"
    """Promotion test of one level, one to one."""
    PROBE = "probe"
    """One minute, one to one: a grid or a passage."""
    LISTENING = "listening"
    """A whole class hears and chooses."""
    PAPER = "paper"
    """A whole class hears, and writes or ticks on paper."""

    @property
    def for_a_class(self) -> bool:
        """Given to many pupils at once, not one to one."""
        return self in (FormKind.LISTENING, FormKind.PAPER)


@dataclass(frozen=True, slots=True)
class FormPart:
    """Items of one strand that stand together in a form."""

    strand: Strand
    minimum: int
    maximum: int
    tasks: tuple[Task, ...] = ()
    """Tasks of the strand; empty for all that are answered aloud. Oral reading fluency takes passages."""
    levels: tuple[int, ...] = ()
    """The highest level of a form in which this part stands; empty for every level."""

    def takes(self, item: Item) -> bool:
        """Whether the item may stand in this part."""
        return item.strand is self.strand and item.task in (self.tasks or SPOKEN_TASKS)


@dataclass(frozen=True, slots=True)
class FormBlueprint:
    """What forms of one kind are made of."""

    id: str
    version: int
    name: Text
    kind: FormKind
    forms: int
    """Parallel forms: A, B, C …"""
    length: int
    """Items of a form; passages where they are read."""
    seconds: int
    """Time limit; 0 for none."""
    line_length: int
    """Items on one line of the grid or the sheet."""
    rules: tuple[str, ...]
    """Rules of administration and scoring, by name."""
    parts: tuple[FormPart, ...]
    bands: tuple[tuple[int, ...], ...] = ()
    """The levels of each set of forms, lowest first; empty for each level of the ladder by itself."""
    separate: bool = True
    """No item stands in two forms."""
    recur: bool = False
    """A grid longer than what there is to ask is filled by asking again, line after line."""
    cover_new: int = 0
    """Items wanted in each form for every new correspondence, where the bank has them and the form has room."""
    transfer_neutral: float = 0.0
    """Least share of items that no Thai habit of speech disturbs."""
    tolerance: float = 0.02
    """Most by which expected scores may differ, as a share of the highest score."""

    def parts_at(self, level: int) -> tuple[FormPart, ...]:
        """The parts of a form whose highest level is `level`."""
        return tuple(part for part in self.parts if not part.levels or level in part.levels)

    def level_sets(self, ladder: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
        """The levels of each set of forms."""
        return self.bands or tuple((number,) for number in ladder)


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its items in the order in which they are given, and the score expected of each ability."""

    id: str
    letter: str
    items: tuple[str, ...]
    """Ids of items or passages; in a grid that is filled up an id may recur."""
    expected: tuple[float, ...]
    """Expected score at each of the set's `thetas` under the middle slope, in points."""

    @property
    def code(self) -> str:
        """Six signs made from what is asked and in which order: a print with another code is another form."""
        asked = " ".join((self.id, *self.items))
        return hashlib.sha256(asked.encode()).hexdigest()[:_CODE_DIGITS].upper()


@dataclass(frozen=True, slots=True)
class FormSet:
    """Parallel forms, and how alike they are."""

    blueprint_id: str
    blueprint_version: int
    bank_version: str
    assembly_version: str
    levels: tuple[int, ...]
    cut: float | None
    """Ability at which the highest of the levels counts as mastered, logits; None where passages are read."""
    thetas: tuple[float, ...]
    forms: tuple[Form, ...]
    maximum: float
    """The highest score."""
    difference: float
    """Largest difference between two forms' expected scores at any ability and slope, as a share of `maximum`."""
    difference_at: float | None
    """Ability at which it is that large."""
    gap: float
    """Points by which forms that are more alike might still be found; 0: as alike as was sought."""
    notes: tuple[Problem, ...]
    """What could not be had: new correspondences without an item in a form, a difference beyond the tolerance."""


@dataclass(frozen=True, slots=True)
class NewCorrespondence:
    """A correspondence that is first taught at the levels of the forms."""

    name: str
    """Grapheme and sound: "sh /ʃ/"."""
    letters: tuple[str, ...]
    """The forms that test it."""
    in_bank: bool
    """Whether an item that may stand in these forms has it."""


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What a teacher wants to know of the forms of a set; empty where passages are read."""

    cuts: tuple[tuple[int, float], ...]
    """The ability at which each level counts as mastered, logits."""
    thetas: tuple[float, ...]
    scores: tuple[tuple[float, ...], ...]
    """Of each form, the score expected at each of `thetas`."""
    at_cut: tuple[float, ...]
    """Of each form, the score expected of a pupil who just masters the highest level."""
    new: tuple[NewCorrespondence, ...]
    """In the order of the table of graphemes."""
