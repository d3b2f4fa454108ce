"""What a made-up word may become in a Thai accent: who says it so must not be heard to say a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from phonics_app.content.bank_rules import Reference, word_of
from phonics_app.content.dictionary import sound_key
from phonics_app.content.phonemes import VOWELS, to_ipa
from phonics_app.content.tables import Row
from phonics_app.domain.bank import Item, ItemStatus
from phonics_app.domain.errors import Problem
from phonics_app.domain.spelling import pronunciation
from phonics_app.domain.strand import Task

Sounds = tuple[str, ...]
_Habit = Callable[[Sounds], Iterable[Sounds]]
_VOICELESS = {"B": "P", "D": "T", "G": "K"}


def _as(changes: Mapping[str, str]) -> _Habit:
    """One sound for another wherever it stands."""
    return lambda sounds: [tuple(changes.get(sound, sound) for sound in sounds)]


def _final_stop(sounds: Sounds) -> Iterable[Sounds]:
    return [(*sounds[:-1], _VOICELESS.get(sounds[-1], sounds[-1]))]


def _v_as_w(sounds: Sounds) -> Iterable[Sounds]:
    """w before a vowel, f or p at the end."""
    begun = tuple("W" if sound == "V" else sound for sound in sounds[:-1])
    last = sounds[-1]
    return [(*begun, other) for other in (("F", "P") if last == "V" else (last,))]


def _r_as_l(sounds: Sounds) -> Iterable[Sounds]:
    """l, or nothing after a consonant."""
    said = tuple("L" if sound == "R" else sound for sound in sounds)
    dropped = tuple(s for n, s in enumerate(sounds) if s != "R" or n == 0 or sounds[n - 1] in VOWELS)
    return [said, dropped]


_HABITS: dict[str, Sequence[_Habit]] = {
    "r_as_l": (_r_as_l,),
    "th_voiceless": (_as({"TH": "T"}), _as({"TH": "S"})),
    "th_voiced": (_as({"DH": "D"}), _as({"DH": "Z"})),
    "v_as_w": (_v_as_w,),
    "z_as_s": (_as({"Z": "S"}),),
    "g_as_k": (_as({"G": "K"}),),
    "sh_ch": (_as({"SH": "CH"}), _as({"CH": "SH"})),
    "j_as_ch": (_as({"JH": "CH"}),),
    "zh_as_sh": (_as({"ZH": "SH"}),),
    "final_stop": (_final_stop,),
}
"""Codes of `transfer.csv` that turn sounds into others. Left out: what only shortens or what has no evidence yet."""


def accents(sounds: Sounds, codes: Iterable[str]) -> Iterator[Sounds]:
    """Everything that `sounds` may become by habits of `codes`, alone or together; not the word as it is."""
    found = {sounds: None}
    for code in codes if sounds else ():
        for habit in _HABITS.get(code, ()):
            for said in list(found):
                found.update(dict.fromkeys(habit(said)))
    yield from (said for said in found if said != sounds)


class WordsHeard:
    """Words that pupils meet in the bank, and blocked ones, by their sounds. Other words are too many to avoid."""

    def __init__(self, reference: Reference, codes: Iterable[str], items: Iterable[Item]) -> None:
        self._codes = tuple(codes)
        asked = ((pronunciation(item), word_of(item)) for item in items if item.status is ItemStatus.ACTIVE)
        words = (*reference.blocked_sounds.items(), *((sounds, word) for sounds, word in asked if word))
        self._words = {sound_key(sounds): word for sounds, word in reversed(words)}

    def problems(self, row: Row, item: Item) -> Iterator[Problem]:
        """A warning for each word that the made-up word of an item may become."""
        if item.task is not Task.READ_PSEUDO_WORD or item.status is ItemStatus.RETIRED:
            return
        heard = {word: said for said in accents(pronunciation(item), self._codes) if (word := self._word(said))}
        for word, said in heard.items():
            yield replace(row.problem("content.accent_word", "stimulus", word, to_ipa(said)), warning=True)

    def _word(self, said: Sounds) -> str:
        return self._words.get(sound_key(said), "")
