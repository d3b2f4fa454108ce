"""What of an item follows from its word: graphemes, sounds, level, skills, tags, usual prompts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from phonics_app.content.analysis import Analyser
from phonics_app.content.bank_graphemes import TransferPattern
from phonics_app.content.bank_items import read_option
from phonics_app.content.bank_rules import word_of
from phonics_app.content.lone_graphemes import LoneGraphemes
from phonics_app.content.phonemes import shown_ipa, to_ipa
from phonics_app.content.transfer_tags import transfer_tags
from phonics_app.domain.analysis import Part
from phonics_app.domain.bank import Correspondence, Item
from phonics_app.domain.errors import PhonicsError
from phonics_app.domain.spelling import SILENT, phonemes_of, pronunciation
from phonics_app.domain.strand import CHOICE_TASKS, READING_TASKS, TASK_STRAND, Strand, Task

T = TypeVar("T")
GRAPHEME_TASKS = frozenset({Task.SAY_SOUND, Task.CHOOSE_GRAPHEME})
"""Asked of a grapheme, not of a word."""
_KEY_IS_WORD = frozenset({Task.READ_WORD, Task.SPELL_WORD, Task.CHOOSE_SPELLING, Task.CHOOSE_GRAPHEME, Task.BLENDING})
_KEY_IS_SOUND = frozenset({Task.READ_PSEUDO_WORD, Task.SAY_SOUND})
WRITTEN_TASKS = READING_TASKS | {Task.SPELL_WORD, Task.CHOOSE_SPELLING, Task.CHOOSE_GRAPHEME}
"""The word's letters are part of the question; a picture or a rhyme is asked of the sounds alone."""
_USUAL = 0.5
"""A prompt that this share of a task's items has is the usual one."""
_OFTEN = 10
"""So is one that so many have, if it says what is asked for: the others say more, as an example word."""
_SIGNS = "\0\1\2"


@dataclass(frozen=True, slots=True)
class Suggester:
    """What suggestions are made from."""

    analyser: Analyser
    correspondences: tuple[Correspondence, ...]
    patterns: tuple[TransferPattern, ...]
    lone: LoneGraphemes

    def suggest(self, task: Task, word: str, level: int | None, options: str, bank: Iterable[Item]) -> dict[str, str]:
        """Texts by column for an item that asks `word`; what can't be known is left out.

        `level`: the one chosen, or None for the first that fits. `bank`: items from which usual texts are taken.
        """
        bank = tuple(bank)
        like = [item for item in bank if item.task is task]
        parts = self._parts(task, word)
        sounds = tuple(sound for _, entry in parts.pairs for sound in phonemes_of(entry))
        level = level or _usual_level(task, parts.level, like)
        cells = {"strand": TASK_STRAND[task].value, **_key(task, word, sounds, parts.shown)}
        cells |= _written(task, parts.pairs) | _guessing(task, options, like)
        if task is Task.SAY_SOUND:
            cells["accepted"] = " | ".join(self.lone.answers(word, cells["key"]))
        if level is not None:
            at_level = [item for item in (bank if task in WRITTEN_TASKS else like) if item.level == level]
            usual = _most_common((item.skills for item in at_level), ())
            skills = self._skills(parts, at_level) if task in WRITTEN_TASKS else usual
            cells |= {"level": str(level), "skills": " ".join(skills)}
            cells["transfer"] = " ".join(self._transfer(task, sounds, options))
        return cells | _prompts(word, sounds, like)

    def _parts(self, task: Task, word: str) -> _Parts:
        if task in GRAPHEME_TASKS:
            rows = [c for c in self.correspondences if c.grapheme == word.lower()]
            first = min(rows, key=lambda c: c.level, default=None)
            return _parts_of((first,), first.level, ()) if first else _Parts()
        try:
            found = self.analyser.analyse(word)
            return _parts_of(found.parts, found.level, found.skills)
        except PhonicsError:
            return _Parts()

    def _skills(self, parts: _Parts, at_level: Sequence[Item]) -> tuple[str, ...]:
        """What the word's shape needs, and what goes with each correspondence that is new in it."""
        level = at_level[0].level if at_level else None
        new = {(c.grapheme, _entry(c.phonemes)) for c in self.correspondences if c.level == level}
        akin = [(item, new & set(_pairs(item))) for item in at_level if item.task in WRITTEN_TASKS]
        found = {code for code, taught in parts.skills if taught == level}
        for pair in new & set(parts.pairs):
            found |= self._skills_of(len(parts.pairs), [(item, its_new) for item, its_new in akin if pair in its_new])
        return tuple(code for step in self.analyser.levels for code in step.skills if code in found)

    def _skills_of(self, length: int, having: Sequence[tuple[Item, set[tuple[str, str]]]]) -> set[str]:
        """Skills that most items `having` a correspondence have, and not for their shape: *happiness* has a suffix.

        Items as long tell it best, of these the ones where nothing else is new: the `a` of *watch*, not that of *calm*.
        """
        alike = [pair for pair in having if len(pair[0].graphemes) == length] or having
        telling = [item for item, new in alike if len(new) == 1] or [item for item, _ in alike]
        count = Counter(code for item in telling for code in set(item.skills) - self._shaped(item))
        return {code for code, often in count.items() if often > len(telling) / 2}

    def _shaped(self, item: Item) -> set[str]:
        """What the shape of the item's own word asks for; a grapheme alone has none."""
        word = item.stimulus or item.key
        return set() if item.task in GRAPHEME_TASKS else {code for code, _ in self._parts(item.task, word).skills}

    def _transfer(self, task: Task, sounds: Sequence[str], options: str) -> tuple[str, ...]:
        """Of a choice, what its wrong options catch."""
        if task not in CHOICE_TASKS:
            return transfer_tags(self.patterns, sounds)
        caught = {read_option(text).error for text in options.split("|")}
        return tuple(pattern.code for pattern in self.patterns if pattern.code in caught)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A word cut up: graphemes with the text of their phonemes, its level, its skills with theirs."""

    pairs: tuple[tuple[str, str], ...] = ()
    level: int | None = None
    skills: tuple[tuple[str, int], ...] = ()
    shown: str = ""
    """In IPA, weak sounds as such."""


def _parts_of(parts: Sequence[Part | Correspondence], level: int | None, skills: tuple[tuple[str, int], ...]) -> _Parts:
    pairs = tuple((part.grapheme, _entry(part.phonemes)) for part in parts)
    return _Parts(pairs, level, skills, shown_ipa((part.phonemes, part.ipa) for part in parts))


def _pairs(item: Item) -> Iterable[tuple[str, str]]:
    return zip(item.graphemes, item.phonemes, strict=False)


def _usual_level(task: Task, decodable: int | None, like: Sequence[Item]) -> int | None:
    """Where the word can be read; a task by ear has levels of its own."""
    if task in WRITTEN_TASKS:
        return decodable
    levels = [item.level for item in like]
    by_sound = TASK_STRAND[task] is Strand.PHONEMIC_AWARENESS and decodable in levels
    return decodable if by_sound else _most_common(levels, None)


def _entry(phonemes: Sequence[str]) -> str:
    return "+".join(phonemes) or SILENT


def _key(task: Task, word: str, sounds: Sequence[str], shown: str) -> dict[str, str]:
    cells = {"stimulus": word if task in READING_TASKS else ""}
    if task in _KEY_IS_WORD:
        cells["key"] = word
    elif task in _KEY_IS_SOUND:
        cells["key"] = shown if sounds else ""
    elif task is Task.SEGMENTATION:
        cells["key"] = " ".join(to_ipa([sound]) for sound in sounds)
    return cells


def _written(task: Task, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """In tasks by ear, sounds alone; they are written one by one."""
    if task in WRITTEN_TASKS:
        return {"graphemes": " ".join(g for g, _ in pairs), "phonemes": " ".join(entry for _, entry in pairs)}
    return {"graphemes": "", "phonemes": " ".join(sound for _, entry in pairs for sound in phonemes_of(entry))}


def _guessing(task: Task, options: str, like: Sequence[Item]) -> dict[str, str]:
    count = sum(bool(text.strip()) for text in options.split("|"))
    if task in CHOICE_TASKS:
        return {"guessing": f"{1 / count:.4g}" if count > 1 else "0"}
    return {"guessing": f"{_most_common((item.guessing for item in like), 0.0):.4g}"}


def _prompts(word: str, sounds: Sequence[str], like: Sequence[Item]) -> dict[str, str]:
    """The usual prompt of the task with this word in it; nothing where each item has its own."""
    found = {}
    own = [(item.prompt, word_of(item) or item.key, pronunciation(item)) for item in like]
    for column, language in (("prompt_th", "th"), ("prompt_en", "en")):
        frames = Counter(_framed(getattr(prompt, language), its_word, said) for prompt, its_word, said in own)
        frame, count = frames.most_common(1)[0] if frames else ("", 0)
        says_it = any(sign in frame for sign in _SIGNS)
        if word and (count >= _USUAL * len(like) or (says_it and count >= _OFTEN)):
            found[column] = _filled(frame, word, sounds)
    return found


@lru_cache(maxsize=10_000)
def _framed(prompt: str, word: str, sounds: tuple[str, ...]) -> str:
    """A prompt with signs in place of what is its item's own. Kept: each word that is typed asks for them all."""
    for sign, text in _own_texts(word, sounds):
        prompt = prompt.replace(text, sign)
    return prompt


def _filled(frame: str, word: str, sounds: Sequence[str]) -> str:
    for sign, text in _own_texts(word, sounds):
        frame = frame.replace(sign, text)
    return frame


def _own_texts(word: str, sounds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The sounds one by one, the sounds together, the word in quotation marks: in this order, the longest first."""
    if len(sounds) > 1:
        yield "\0", " – ".join(to_ipa([sound]) for sound in sounds)
    if sounds:
        yield "\1", to_ipa(sounds)
    if word:
        yield "\2", f"“{word}”"


def _most_common(values: Iterable[T], otherwise: T) -> T:
    return next((value for value, _ in Counter(values).most_common(1)), otherwise)
