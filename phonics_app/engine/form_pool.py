"""What may stand in a fixed form: each item with its curve, the words that it gives away, and what is new in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from phonics_app.domain.bank import Bank, Correspondence, Item, ItemStatus
from phonics_app.domain.form import FormBlueprint
from phonics_app.domain.passage import Passage
from phonics_app.domain.spelling import GraphemeTable, pronunciation
from phonics_app.domain.strand import CHOICE_TASKS, Strand, Task
from phonics_app.engine.ability import Array, right_probability

_BY_LETTERS = frozenset({Task.SAY_SOUND, Task.CHOOSE_GRAPHEME})
_TASK_ORDER = {task: number for number, task in enumerate(Task)}
_PASSAGE = "passage"

Token = tuple[str, ...]
"""Something that an item asks for or shows: its kind, then letters or sounds."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item or a passage that may be chosen. `part` is the index of its part, `task` its kind within it."""

    id: str
    part: int
    task: str
    order: tuple[int, float]
    """Items of one task stand together, so that one instruction serves them; easier ones come first."""
    neutral: bool
    """No Thai habit of speech disturbs it."""
    new: frozenset[str] = frozenset()
    """Correspondences in it that are new at the form's levels, as `new_at` names them."""
    words: frozenset[Token] = frozenset()
    """What it asks for, as sounds and as letters: two items that ask for the same are enemies."""
    shown: frozenset[Token] = frozenset()
    """What its wrong options show: an enemy of the items that ask for that."""
    points: float = 1.0
    item: Item | None = None
    """None for a passage: all its words are to be read, whatever the ability."""

    def curve(self, theta: Array, slope: float) -> Array:
        """Points to be expected at each ability."""
        if self.item is None:
            return np.full_like(theta, self.points)
        difficulty = self.item.difficulty
        return right_probability(theta, slope, difficulty.value, difficulty.standard_error, self.item.guessing)


def candidates(
    blueprint: FormBlueprint, levels: Sequence[int], bank: Bank, passages: Iterable[Passage]
) -> tuple[Candidate, ...]:
    """Everything that may stand in forms of `levels`, in the order of ids."""
    new = _New(bank.table, levels)
    found = []
    for number, part in enumerate(blueprint.parts_at(levels[-1])):
        if part.strand is Strand.ORAL_READING_FLUENCY:
            active = (p for p in passages if p.status is ItemStatus.ACTIVE and p.level in levels)
            found += [_of_passage(passage, number) for passage in active]
        else:
            items = (i for level in levels for i in bank.active(level) if part.takes(i))
            found += [_of_item(item, number, new) for item in items]
    return tuple(sorted(found, key=lambda c: c.id))


def new_at(correspondences: Iterable[Correspondence], levels: Sequence[int]) -> frozenset[str]:
    """The correspondences first taught at `levels`, named by grapheme and sound: rows for several places are one."""
    first: dict[str, int] = {}
    for c in correspondences:
        first[name_of(c)] = min(c.level, first.get(name_of(c), c.level))
    return frozenset(name for name, level in first.items() if level in levels)


def name_of(correspondence: Correspondence) -> str:
    """Grapheme and sound: "sh /ʃ/"."""
    return f"{correspondence.grapheme} /{correspondence.ipa}/"


class _New:
    """Finds what is new in items."""

    def __init__(self, table: GraphemeTable, levels: Sequence[int]) -> None:
        self._table = table
        self._new = new_at(table.correspondences, levels)

    def within(self, item: Item) -> frozenset[str]:
        return self._new & {name_of(c) for c in self._table.rows(item) if c is not None}


def _of_item(item: Item, part: int, new: _New) -> Candidate:
    return Candidate(
        id=item.id,
        part=part,
        task=item.task.value,
        order=(_TASK_ORDER[item.task], item.difficulty.value),
        neutral=not item.transfer,
        new=new.within(item),
        words=words_of(item),
        shown=_shown(item),
        item=item,
    )


def _of_passage(passage: Passage, part: int) -> Candidate:
    """A passage counts for its length: parallel ones are equally long."""
    count = float(len(passage.words))
    return Candidate(passage.id, part, _PASSAGE, order=(0, count), neutral=True, points=count)


def words_of(item: Item) -> frozenset[Token]:
    """What the item asks for: a grapheme with its sound, or a word by its letters and by its sounds."""
    if item.task in _BY_LETTERS:
        grapheme = (item.stimulus or item.key).lower()
        return frozenset({("grapheme", grapheme, *pronunciation(item))})
    key = next((o.name for o in item.options if o.value == item.key and o.name), item.key)
    written = {word.lower() for word in (item.stimulus, key) if word.isascii() and word.isalpha()}
    sounds = pronunciation(item)
    heard = {("sounds", *sounds)} if len(sounds) > 1 else set()
    return frozenset({("word", word) for word in written} | heard)


def _shown(item: Item) -> frozenset[Token]:
    """Words among the wrong options. Not graphemes: where eight letters are new, each item shows most of them."""
    if item.task not in CHOICE_TASKS or item.task in _BY_LETTERS:
        return frozenset()
    return frozenset(("word", (o.name or o.value).lower()) for o in item.options if o.value != item.key)
