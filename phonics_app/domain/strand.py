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


_OTHER_STRANDS = {
    Task.SAY_SOUND: Strand.GRAPHEME_SOUNDS,
    Task.READ_WORD: Strand.WORD_READING,
    Task.READ_PSEUDO_WORD: Strand.PSEUDO_WORD_READING,
    Task.WORD_MEANING: Strand.VOCABULARY,
}
TASK_STRAND = {task: _OTHER_STRANDS.get(task, Strand.PHONEMIC_AWARENESS) for task in Task}
