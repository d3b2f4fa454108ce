"""Rules of items whose sounds are no whole word: rhymes, and sounds that stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from phonics_app.content.phonemes import VOWELS, to_ipa
from phonics_app.content.tables import Row
from phonics_app.domain.bank import Item
from phonics_app.domain.errors import Problem
from phonics_app.domain.spelling import pronunciation
from phonics_app.domain.strand import Task

_SOUND_ALONE = frozenset({Task.SAY_SOUND, Task.ISOLATION, Task.IDENTITY, Task.CATEGORISATION})
_AT_THE_END = frozenset({"l_final", "final_stop", "final_fricative"})
"""Codes of `transfer.csv` that only the end of a word can show."""


def ear_problems(row: Row, item: Item) -> Iterator[Problem]:
    """What can be seen from the sounds alone."""
    sounds = pronunciation(item)
    if item.task is Task.RHYME:
        yield from _rhyme(row, sounds)
    if item.task in _SOUND_ALONE and len(sounds) == 1:
        for code in item.transfer:
            if code in _AT_THE_END:
                yield row.problem("content.transfer_place", "transfer", to_ipa(sounds), code)


def _rhyme(row: Row, sounds: tuple[str, ...]) -> Iterator[Problem]:
    """*tree* and *bee* share the vowel, not the consonants before it."""
    start = next((place for place, sound in enumerate(sounds) if sound in VOWELS), len(sounds))
    if start:
        yield row.problem("content.rhyme_onset", "phonemes", " ".join(sounds[start:]), " ".join(sounds))
