"""Which sound an item needs, and the order of recording."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.bank import Item, ItemStatus, Option
from phonics_app.domain.sound import Sound, SoundKind
from phonics_app.domain.spelling import GraphemeTable
from phonics_app.domain.strand import TASK_STRAND, Task
from phonics_app.speech.sounds import needed_sounds, sound_of
from tests import sites

BANK = sites.content().bank
ANY = BANK.items[0]
CAT = Sound(SoundKind.WORD, "cat")
SHAPE = {"graphemes": ("c", "a", "t"), "phonemes": ("K", "AE", "T")}


def item(task: Task, **fields: object) -> Item:
    return replace(ANY, strand=TASK_STRAND[task], task=task, **{"stimulus": "", "key": "", **fields})


CASES = [
    (item(Task.READ_WORD, stimulus="cat", key="cat", **SHAPE), CAT),
    (item(Task.SPELL_WORD, key="cat", **SHAPE), CAT),
    (item(Task.CHOOSE_SPELLING, key="cat", options=(Option("cat"), Option("kat", error="spelling"))), CAT),
    (item(Task.CHOOSE_PICTURE, key="🐱", options=(Option("🐶", "dog", "meaning"), Option("🐱", "cat"))), CAT),
    (item(Task.SAY_SOUND, key="/ks/", graphemes=("x",), phonemes=("K+S",)), Sound(SoundKind.PHONEME, "", ("K", "S"))),
    (item(Task.CHOOSE_GRAPHEME, key="sh", phonemes=("SH",)), Sound(SoundKind.PHONEME, "", ("SH",))),
    (
        item(Task.READ_PSEUDO_WORD, stimulus="sog", key="/sɑɡ/", phonemes=("S", "AA", "G")),
        Sound(SoundKind.PSEUDO_WORD, "sog", ("S", "AA", "G")),
    ),
    (item(Task.RHYME, key="hat", phonemes=("AE", "T")), None),
    (item(Task.WORD_MEANING, key="แตะจมูก"), None),
]


@pytest.mark.parametrize(("asked", "sound"), CASES, ids=[asked.task.value for asked, _ in CASES])
def test_the_sound_of_an_item(asked, sound):
    assert sound_of(asked) == sound


def test_every_sound_once_at_its_first_level():
    later = item(Task.READ_WORD, stimulus="cat", key="cat", level=5, id="b")
    earlier = item(Task.SPELL_WORD, key="cat", level=3, id="a")
    needed = needed_sounds(replace(BANK, table=GraphemeTable(()), items=(later, earlier)))
    assert [(n.sound, n.level) for n in needed] == [(CAT, 3)]


def test_items_that_are_not_active_need_none():
    retired = item(Task.READ_WORD, stimulus="zap", key="zap", status=ItemStatus.RETIRED)
    assert needed_sounds(replace(BANK, table=GraphemeTable(()), items=(retired,))) == ()


def test_a_silent_letter_has_no_sound():
    silent = replace(BANK.correspondences[0], phonemes=("-",))
    assert needed_sounds(replace(BANK, table=GraphemeTable([silent]), items=())) == ()


def test_of_two_spellings_the_one_that_fits_everywhere_shows_the_sound():
    spelt = {n.sound.phonemes: n.grapheme for n in needed_sounds(BANK) if n.sound.elementary}
    assert spelt[("NG",)] == "ng"
    assert spelt[("Z",)] == "z"
