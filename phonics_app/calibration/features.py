"""What of an item its difficulty may depend on, each feature under a name that a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from phonics_app.content.phonemes import VOWELS
from phonics_app.domain.bank import Item
from phonics_app.domain.spelling import GraphemeTable, parts_of, pronunciation
from phonics_app.domain.strand import Task

Features = dict[str, float]
"""Name → value; what is left out is 0. A name with "=" says that the item is of that kind (1)."""

LEVEL = "level"
KINDS = ("strand=", "task=")
"""How the features begin that say how the item is asked."""
_EVERY_SOUND_COUNTS = frozenset(
    {Task.READ_WORD, Task.READ_PSEUDO_WORD, Task.SPELL_WORD, Task.CHOOSE_SPELLING, Task.BLENDING, Task.SEGMENTATION}
)
"""The pupil goes through the whole word; in other tasks its length matters less."""


def features_of(item: Item, table: GraphemeTable) -> Features:
    """The features of `item`. Nothing of its own difficulty goes in, whatever that is and wherever it comes from."""
    sounds = pronunciation(item)
    return {
        LEVEL: float(item.level),
        f"strand={item.strand.value}": 1.0,
        f"task={item.task.value}": 1.0,
        **_length(item, sounds),
        **_clusters(sounds),
        **_spelling(item, table),
        **_named("skill", item.skills),
        **_named("transfer", item.transfer),
        "options": float(len(item.options)),
        "guessing": item.guessing,
    }


def _length(item: Item, sounds: Sequence[str]) -> Features:
    return {
        "sounds": float(len(sounds)),
        "sounds_to_go_through": float(len(sounds)) if item.task in _EVERY_SOUND_COUNTS else 0.0,
        "syllables": float(sum(sound in VOWELS for sound in sounds)),
    }


def _clusters(sounds: Sequence[str]) -> Features:
    """Consonants beyond one before the first vowel and after the last."""
    vowels = [place for place, sound in enumerate(sounds) if sound in VOWELS]
    if not vowels:
        return {}
    after = len(sounds) - 1 - vowels[-1]
    return {"initial_cluster": float(max(vowels[0] - 1, 0)), "final_cluster": float(max(after - 1, 0))}


def _spelling(item: Item, table: GraphemeTable) -> Features:
    """Its correspondences: how many are of the item's own level, how many levels before it the others were taught."""
    parts = parts_of(item)
    before = [item.level - row.level for row in table.rows(item) if row is not None]
    return {
        "graphemes": float(len(parts)),
        "graphemes_of_this_level": float(sum(levels == 0 for levels in before)),
        "levels_since_taught": sum(before) / len(before) if before else 0.0,
        "letters_beyond_one_each": float(sum(len(part.grapheme.replace("_", "")) - 1 for part in parts)),
        "split_digraphs": float(sum("_" in part.grapheme for part in parts)),
        "silent_graphemes": float(sum(not part.phonemes for part in parts)),
    }


def _named(kind: str, codes: Iterable[str]) -> Features:
    return {f"{kind}={code}": 1.0 for code in codes}
