"""Help while an item is being written: what follows from its word, and ways to mend what is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import islice
from pathlib import Path

from phonics_app.content.analysis_source import load_analyser
from phonics_app.content.bank_items import COLUMNS, read_item
from phonics_app.content.item_cells import cells_of, options_cell
from phonics_app.content.item_suggestion import GRAPHEME_TASKS, WRITTEN_TASKS, Suggester
from phonics_app.content.near_words import near_words
from phonics_app.content.tables import Row
from phonics_app.domain.account import Actor
from phonics_app.domain.bank import DifficultySource, Item, ItemStatus
from phonics_app.domain.errors import PhonicsError, Problem
from phonics_app.domain.strand import Task
from phonics_app.domain.text import Text
from phonics_app.workflows.bank_editor import LATER, check_form, rules_of
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.difficulty import predict_difficulty
from phonics_app.workflows.permissions import Action, require

__all__ = [
    "GRAPHEME_TASKS",
    "Mend",
    "MendKind",
    "cells_of",
    "example_prompts",
    "find_picture",
    "mends_of",
    "options_cell",
    "suggest_item",
    "transfer_names",
]

_WORDS_OFFERED, _WORDS_TRIED = 3, 20
_DIFFICULTY = ("difficulty", "standard_error", "difficulty_source")
_LEVEL_PROBLEMS = frozenset({"content.too_late", "content.nothing_new", "content.level_unknown"})
_WORD_PROBLEMS = frozenset({"content.pseudo_is_word", "content.pseudo_sounds_like", "content.blocked"})
_FILL_PROBLEMS = frozenset(
    {
        "content.spelling",
        "content.phonemes_count",
        "content.phoneme_unknown",
        "content.correspondence_unknown",
        "content.pronunciation",
        "content.key_sound",
        "content.key_word",
        "content.sounds_missing",
        "content.options_guessing",
        "content.guessing_open",
        "content.number",
        "content.task_strand",
    }
)


class MendKind(Enum):
    LEVEL = "level"
    """Move the item to another level."""
    WORD = "word"
    """Take another made-up word."""
    MADE_UP = "made_up"
    """Ask it as a made-up word."""
    FILL = "fill"
    """Fill in what follows from the word."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One way to mend a problem. `value`: the level or the word; "" for FILL."""

    kind: MendKind
    value: str = ""


@lru_cache(maxsize=4)
def suggester_of(content_dir: Path) -> Suggester:
    """Loaded when first asked for: it reads the dictionary."""
    rules = rules_of(content_dir)
    return Suggester(
        load_analyser(content_dir / "item_bank"),
        tuple(c for _, c in rules.source.correspondences),
        tuple(p for _, p in rules.source.transfer),
        rules.reference.lone,
    )


def transfer_names(phonics: Phonics) -> dict[str, Text]:
    """Code of each Thai-transfer pattern → its name."""
    patterns = rules_of(phonics.settings.content_dir).source.transfer
    return {pattern.code: Text(pattern.name_th, pattern.name_en) for _, pattern in patterns}


def suggest_item(
    phonics: Phonics, actor: Actor, task: Task, word: str, level: int | None = None, options: str = ""
) -> dict[str, str]:
    """Texts by column that follow from `word` (or grapheme) in this task. PROPOSE_ITEMS.

    `level`: where the teacher has chosen one. Nothing is refused: what can't be known is left out.
    """
    require(actor, Action.PROPOSE_ITEMS)
    suggester = suggester_of(phonics.settings.content_dir)
    found = suggester.suggest(task, word.strip(), level, options, phonics.content.bank.items)
    return found | _difficulty(phonics, actor, task, found, options)


def _difficulty(phonics: Phonics, actor: Actor, task: Task, found: Mapping[str, str], options: str) -> dict[str, str]:
    """Predicted from the features that the suggestion has; nothing of its wording goes in, so any will do."""
    wording = dict.fromkeys(("id", "prompt_th", "prompt_en", "key"), "-")
    rest = {"status": ItemStatus.DRAFT.value, "version": "1", "since": LATER, "difficulty": "0", "standard_error": "0"}
    cells = {**dict.fromkeys(COLUMNS, ""), **rest, **found, **wording, "task": task.value, "options": options}
    item = read_item(Row("", 1, cells | {"difficulty_source": DifficultySource.PREDICTED.value}), [])
    if item is None or not item.phonemes:
        return {}
    try:
        predicted = predict_difficulty(phonics, actor, [item])[0]
    except PhonicsError:
        return {}  # A site without a model: the person writes what is known.
    told = cells_of(replace(item, difficulty=predicted))
    return {column: told[column] for column in _DIFFICULTY}


def example_prompts(phonics: Phonics, actor: Actor, task: Task, level: int) -> dict[str, str]:
    """What the teacher says in an item of this task, one of this level if there is one, by column. PROPOSE_ITEMS."""
    require(actor, Action.PROPOSE_ITEMS)
    like = [item for item in phonics.content.bank.active() if item.task is task]
    nearest = min(like, key=lambda item: (abs(item.level - level), item.id), default=None)
    return {"prompt_th": nearest.prompt.th, "prompt_en": nearest.prompt.en} if nearest else {}


def find_picture(phonics: Phonics, actor: Actor, word: str) -> str:
    """The picture (emoji) of a word: as the bank has it, else as Unicode calls it; else "". PROPOSE_ITEMS."""
    require(actor, Action.PROPOSE_ITEMS)
    shown = (option for item in phonics.content.bank.items for option in item.options)
    known = next((option.value for option in shown if word and option.name.lower() == word.lower()), "")
    return known or _unicode_picture(word)


def _unicode_picture(name: str) -> str:
    try:
        sign = unicodedata.lookup(name)
    except KeyError:
        return ""
    # Astral symbols are drawn as coloured pictures; older ones ("CARET", "SUN") are often drawn as plain signs.
    return sign if unicodedata.category(sign) == "So" and ord(sign) > 0x1F300 else ""


def mends_of(phonics: Phonics, actor: Actor, item: Item | None, problem: Problem) -> tuple[Mend, ...]:
    """Ways to mend one problem of a form; none where only the person can know. PROPOSE_ITEMS."""
    require(actor, Action.PROPOSE_ITEMS)
    if problem.code in _LEVEL_PROBLEMS and item is not None:
        level = _fitting_level(phonics, actor, item)
        return (Mend(MendKind.LEVEL, level),) if level not in ("", str(item.level)) else ()
    if problem.code == "content.word_unknown" and item is not None and item.task is Task.READ_WORD:
        return (Mend(MendKind.MADE_UP),)
    if problem.code in _WORD_PROBLEMS and item is not None and item.task is Task.READ_PSEUDO_WORD:
        return tuple(islice(_other_words(phonics, actor, item), _WORDS_OFFERED))
    return (Mend(MendKind.FILL),) if problem.code in _FILL_PROBLEMS else ()


def _fitting_level(phonics: Phonics, actor: Actor, item: Item) -> str:
    """The level from which the word can be read; of a word with a part of no rule, where its last part is taught."""
    if item.task in WRITTEN_TASKS:
        suggested = suggest_item(phonics, actor, item.task, item.stimulus or item.key)
        if level := suggested.get("level", ""):
            return level
    reference = rules_of(phonics.settings.content_dir).reference
    levels = [row.level for row in reference.table.rows(item) if row is not None]
    levels += [reference.skill_levels[skill] for skill in item.skills if skill in reference.skill_levels]
    return str(max(levels)) if levels else ""


def _other_words(phonics: Phonics, actor: Actor, item: Item) -> Iterator[Mend]:
    """Made-up words near this one that break no rule."""
    rules = rules_of(phonics.settings.content_dir)
    correspondences, bank = (c for _, c in rules.source.correspondences), phonics.content.bank.active()
    for word in islice(near_words(rules.reference, correspondences, bank, item), _WORDS_TRIED):
        cells = cells_of(item) | suggest_item(phonics, actor, item.task, word, item.level)
        if not check_form(phonics, actor, cells, item.id).problems:
            yield Mend(MendKind.WORD, word)
