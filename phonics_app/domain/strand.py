"""Strands of the item bank and the tasks that belong to each."""

from __future__ import annotations

from enum import Enum


class Strand(Enum):
    """What is measured. Order is the order of presentation everywhere."""

    PHONEMIC_AWARENESS = "phonemic_awareness"
    GRAPHEME_SOUNDS = "grapheme_sounds"
    WORD_READING = "word_reading"
    PSEUDO_WORD_READING = "pseudo_word_reading"
    SPELLING = "spelling"
    ORAL_READING_FLUENCY = "oral_reading_fluency"
    VOCABULARY = "vocabulary"
    COMPREHENSION = "comprehension"


class Task(Enum):
    """How it is asked. A task belongs to exactly one strand (`TASK_STRAND`)."""

    RHYME = "rhyme"
    ISOLATION = "isolation"
    IDENTITY = "identity"
    CATEGORISATION = "categorisation"
    DISCRIMINATION = "discrimination"
    BLENDING = "blending"
    SEGMENTATION = "segmentation"
    DELETION = "deletion"
    ADDITION = "addition"
    SUBSTITUTION = "substitution"
    SAY_SOUND = "say_sound"
    READ_WORD = "read_word"
    READ_PSEUDO_WORD = "read_pseudo_word"
    WORD_MEANING = "word_meaning"
    """The pupil hears a word and shows, by action or in Thai, that he knows it."""
    SPELL_WORD = "spell_word"
    """Dictation: the pupil hears a word and writes it."""
    CHOOSE_GRAPHEME = "choose_grapheme"
    """The pupil hears a sound and chooses its grapheme."""
    CHOOSE_SPELLING = "choose_spelling"
    """The pupil hears a word and chooses its spelling."""
    CHOOSE_PICTURE = "choose_picture"
    """The pupil hears a word and chooses its picture."""


_OTHER_STRANDS = {
    Task.SAY_SOUND: Strand.GRAPHEME_SOUNDS,
    Task.READ_WORD: Strand.WORD_READING,
    Task.READ_PSEUDO_WORD: Strand.PSEUDO_WORD_READING,
    Task.WORD_MEANING: Strand.VOCABULARY,
    Task.SPELL_WORD: Strand.SPELLING,
    Task.CHOOSE_GRAPHEME: Strand.GRAPHEME_SOUNDS,
    Task.CHOOSE_SPELLING: Strand.SPELLING,
    Task.CHOOSE_PICTURE: Strand.VOCABULARY,
}
TASK_STRAND = {task: _OTHER_STRANDS.get(task, Strand.PHONEMIC_AWARENESS) for task in Task}

READING_TASKS = frozenset({Task.SAY_SOUND, Task.READ_WORD, Task.READ_PSEUDO_WORD})
"""The pupil reads the item's stimulus aloud."""
CHOICE_TASKS = frozenset({Task.CHOOSE_GRAPHEME, Task.CHOOSE_SPELLING, Task.CHOOSE_PICTURE})
"""The pupil hears a sound or a word and chooses one of the item's options."""
SPOKEN_TASKS = frozenset(Task) - CHOICE_TASKS - {Task.SPELL_WORD}
"""Answered aloud, or by pointing and acting, to a teacher who listens."""
