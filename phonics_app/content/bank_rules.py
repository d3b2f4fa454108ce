"""Rules of a single item: its spelling, what it tests, and what a pupil may meet in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from phonics_app.content.bank_graphemes import unknown_phonemes
from phonics_app.content.bank_options import option_problems
from phonics_app.content.dictionary import Dictionary
from phonics_app.content.ear_rules import ear_problems
from phonics_app.content.lone_graphemes import LoneGraphemes, lone_problems
from phonics_app.content.phonemes import parse_ipa, to_ipa
from phonics_app.content.tables import Row
from phonics_app.domain.bank import Item, ItemStatus, Level
from phonics_app.domain.errors import Problem
from phonics_app.domain.spelling import GraphemeTable, parts_of, pronunciation, spell
from phonics_app.domain.strand import CHOICE_TASKS, READING_TASKS, Task

_WORD = re.compile(r"[A-Za-z']+")


@dataclass(frozen=True, slots=True)
class Reference:
    """What items are held against."""

    levels: dict[int, Level]
    skill_levels: dict[str, int]
    """Skill → level at which it is new."""
    table: GraphemeTable
    lone: LoneGraphemes
    dictionary: Dictionary
    own_pronunciations: dict[str, tuple[tuple[str, ...], ...]]
    """Documented exceptions to the dictionary (`pronunciations.csv`)."""
    blocked: frozenset[str]
    blocked_sounds: dict[tuple[str, ...], str]
    """Phonemes of a blocked word → the word."""


def item_problems(reference: Reference, row: Row, item: Item) -> Iterator[Problem]:
    """Everything wrong with one item."""
    yield from _spelling(row, item)
    yield from _guessing(row, item)
    if item.status is not ItemStatus.RETIRED:  # being blocked is a reason to retire an item, and its row stays
        yield from _blocked(reference, row, item)
    if unknown_phonemes(row, "phonemes", item.phonemes):
        return  # The rules of structure have named them; what follows reasons from sounds.
    yield from _taught(reference, row, item)
    yield from _new(reference, row, item)
    if word_of(item):
        yield from _real_word(reference, row, item)
    yield from lone_problems(reference.lone, row, item)
    yield from ear_problems(row, item)
    yield from option_problems(row, item, reference.table, reference.dictionary)
    if item.task is Task.READ_PSEUDO_WORD:
        yield from _pseudo_word(reference, row, item)


def word_of(item: Item) -> str:
    """The real word that the item asks for, in small letters; empty where it is none, or one of a task by ear."""
    if item.task is Task.CHOOSE_PICTURE:
        return next((option.name.lower() for option in item.options if option.value == item.key), "")
    return item.key.lower() if item.task in _WORD_IS_KEY else ""


_WORD_IS_KEY = frozenset({Task.READ_WORD, Task.SPELL_WORD, Task.CHOOSE_SPELLING})


def _spelling(row: Row, item: Item) -> Iterator[Problem]:
    """What is read or chosen, written out from its graphemes. A picture's word may come without them."""
    written = item.stimulus if item.task in READING_TASKS else word_of(item) or item.key
    reads_or_writes = item.task in READING_TASKS | CHOICE_TASKS | {Task.SPELL_WORD}
    shown = spell((written.lower(),))  # A split digraph may itself be what is chosen: `a_e`.
    if reads_or_writes and item.graphemes and spell(item.graphemes) != shown:
        yield row.problem("content.spelling", "graphemes", written, spell(item.graphemes))


def _taught(reference: Reference, row: Row, item: Item) -> Iterator[Problem]:
    """Nothing in an item may be taught later than the item's level."""
    for part, correspondence in zip(parts_of(item), reference.table.rows(item), strict=True):
        shown = f"{part.grapheme} {to_ipa(part.phonemes) if part.phonemes else '-'}"
        if correspondence is None:
            yield row.problem("content.correspondence_unknown", "graphemes", "graphemes.csv", shown)
        elif correspondence.level > item.level:
            yield row.problem("content.too_late", "graphemes", str(correspondence.level), shown)
    for skill in item.skills:
        level = reference.skill_levels.get(skill, 0)
        if level > item.level:
            yield row.problem("content.too_late", "skills", str(level), skill)


def _new(reference: Reference, row: Row, item: Item) -> Iterator[Problem]:
    """An item stands at the level whose new matter it tests."""
    skill_is_new = any(reference.skill_levels.get(skill) == item.level for skill in item.skills)
    rows = reference.table.rows(item)
    if not skill_is_new and not any(c is not None and c.level == item.level for c in rows):
        yield row.problem("content.nothing_new", "level", "graphemes, skills")


def _guessing(row: Row, item: Item) -> Iterator[Problem]:
    if item.task in READING_TASKS | {Task.SPELL_WORD} and item.guessing > 0:
        yield row.problem("content.guessing_open", "guessing", "0")


def _blocked(reference: Reference, row: Row, item: Item) -> Iterator[Problem]:
    options = " ".join(option.name or option.value for option in item.options)
    texts = (("stimulus", item.stimulus), ("key", item.key), ("prompt_en", item.prompt.en), ("options", options))
    for column, text in texts:
        for word in _WORD.findall(text):
            if word.lower() in reference.blocked:
                yield row.problem("content.blocked", column, "", word)
    if item.task is Task.READ_PSEUDO_WORD:
        answers = (("accepted", parse_ipa(answer)) for answer in item.accepted)
        for column, sound in (("phonemes", pronunciation(item)), *answers):
            if sound in reference.blocked_sounds:
                yield row.problem("content.blocked", column, "", reference.blocked_sounds[sound])


def _real_word(reference: Reference, row: Row, item: Item) -> Iterator[Problem]:
    word = word_of(item)
    if item.task is Task.READ_WORD and item.key != item.stimulus:
        yield row.problem("content.key_word", "key", item.stimulus)
    sound = pronunciation(item)
    listed = reference.dictionary.pronunciations(word)
    own = reference.own_pronunciations.get(word, ())
    if not listed and not own:
        yield row.problem("content.word_unknown", _word_column(item), "pronunciations.csv", word)
    elif sound not in own and not any(p.agrees(sound) for p in listed):
        expected = " · ".join(to_ipa(p) for p in (*own, *(p.phonemes for p in listed)))
        yield row.problem("content.pronunciation", "phonemes", expected, to_ipa(sound))


def _word_column(item: Item) -> str:
    return {Task.READ_WORD: "stimulus", Task.CHOOSE_PICTURE: "options"}.get(item.task, "key")


def _pseudo_word(reference: Reference, row: Row, item: Item) -> Iterator[Problem]:
    if item.stimulus.lower() in reference.dictionary:
        yield row.problem("content.pseudo_is_word", "stimulus")
    if parse_ipa(item.key) != pronunciation(item):
        yield row.problem("content.key_sound", "key", to_ipa(pronunciation(item)))
    yield from _sounds_like(reference, row, "phonemes", pronunciation(item))
    for answer in item.accepted:
        sound = parse_ipa(answer)
        if sound is None:
            yield row.problem("content.ipa", "accepted", "/ʃɪp/", answer)
        else:
            yield from _sounds_like(reference, row, "accepted", sound)


def _sounds_like(reference: Reference, row: Row, column: str, sound: tuple[str, ...]) -> Iterator[Problem]:
    word = reference.dictionary.word_sounding(sound)
    if word is not None:
        yield row.problem("content.pseudo_sounds_like", column, "", f"{to_ipa(sound)} = {word}")
