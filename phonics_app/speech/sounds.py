"""Which sounds the item bank needs, in the order in which a teacher records them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from phonics_app.domain.bank import Bank, Correspondence, Item
from phonics_app.domain.sound import PhonemeHint, Sound, SoundKind
from phonics_app.domain.spelling import pronunciation
from phonics_app.domain.strand import Task
from phonics_app.domain.text import Text


@dataclass(frozen=True, slots=True)
class NeededSound:
    """A sound of the bank, and what helps a person to say it."""

    sound: Sound
    level: int
    """The first one at which it is used."""
    ipa: str
    """Between slashes; "" for what is said as it is written."""
    grapheme: str = ""
    """Of a phoneme: how it is first written."""
    example: str = ""
    """Of a phoneme: a word in which it is heard."""
    notes: str = ""
    """What `graphemes.csv` tells about it, in Thai."""
    hint: Text | None = None
    """Of a phoneme: what the mouth does."""


def needed_sounds(bank: Bank, hints: Iterable[PhonemeHint] = ()) -> tuple[NeededSound, ...]:
    """Every sound once: phonemes first, then words, then made-up words; each kind by level."""
    found: dict[Sound, NeededSound] = {}
    known_hints = {hint.phonemes: hint.text for hint in hints}
    # A spelling that fits any place in a word is the one that people know the sound by.
    taught = sorted(bank.correspondences, key=lambda c: (c.level, c.position != "any"))
    # A silent letter has no sound.
    phonemes = (_of_correspondence(c, known_hints.get(c.phonemes)) for c in taught)
    heard = (needed for needed in phonemes if needed.sound.sensible)
    for needed in [*heard, *_of_items(bank)]:
        known = found.setdefault(needed.sound, needed)
        if needed.level < known.level:
            found[needed.sound] = needed
    kinds = list(SoundKind)
    return tuple(sorted(found.values(), key=lambda n: (kinds.index(n.sound.kind), n.level)))


def _of_correspondence(taught: Correspondence, hint: Text | None) -> NeededSound:
    sound = Sound(SoundKind.PHONEME, phonemes=taught.phonemes)
    return NeededSound(sound, taught.level, f"/{taught.ipa}/", taught.grapheme, taught.example, taught.notes, hint)


def _of_items(bank: Bank) -> Iterator[NeededSound]:
    for item in bank.active():
        sound = sound_of(item)
        if sound is not None and sound.kind is not SoundKind.PHONEME:
            yield NeededSound(sound, item.level, item.key if sound.kind is SoundKind.PSEUDO_WORD else "")


def sound_of(item: Item) -> Sound | None:
    """What the item has a pupil hear, or read aloud; None for tasks of several sounds, which the teacher says."""
    make = _BY_TASK.get(item.task)
    sound = make(item) if make else None
    return sound if sound is not None and sound.sensible else None


def _word(item: Item) -> Sound:
    return Sound(SoundKind.WORD, item.stimulus)


def _written_word(item: Item) -> Sound:
    return Sound(SoundKind.WORD, item.key)


def _pictured_word(item: Item) -> Sound:
    return Sound(SoundKind.WORD, next((o.name for o in item.options if o.value == item.key), ""))


def _pseudo_word(item: Item) -> Sound:
    return Sound(SoundKind.PSEUDO_WORD, item.stimulus, pronunciation(item))


def _phoneme(item: Item) -> Sound:
    return Sound(SoundKind.PHONEME, phonemes=pronunciation(item))


_BY_TASK: Mapping[Task, Callable[[Item], Sound]] = {
    Task.READ_WORD: _word,
    Task.READ_PSEUDO_WORD: _pseudo_word,
    Task.SAY_SOUND: _phoneme,
    Task.SPELL_WORD: _written_word,
    Task.CHOOSE_GRAPHEME: _phoneme,
    Task.CHOOSE_SPELLING: _written_word,
    Task.CHOOSE_PICTURE: _pictured_word,
}
