"""Names of tasks, columns and states of items (English source texts; translate where shown)."""

from __future__ import annotations

from phonics_app.domain.bank import Confusion, DifficultySource
from phonics_app.domain.item_change import ChangeKind
from phonics_app.domain.strand import Task
from phonics_app.locales import N_

TASKS = {
    Task.RHYME: N_("Rhyme"),
    Task.ISOLATION: N_("First sound of a word"),
    Task.IDENTITY: N_("Same sound in several words"),
    Task.CATEGORISATION: N_("Word with another sound"),
    Task.DISCRIMINATION: N_("Telling sounds apart"),
    Task.BLENDING: N_("Blending sounds"),
    Task.SEGMENTATION: N_("Segmenting a word"),
    Task.DELETION: N_("Leaving a sound out"),
    Task.ADDITION: N_("Adding a sound"),
    Task.SUBSTITUTION: N_("Changing a sound"),
    Task.SAY_SOUND: N_("Saying the sound of letters"),
    Task.READ_WORD: N_("Reading a word"),
    Task.READ_PSEUDO_WORD: N_("Reading a made-up word"),
    Task.WORD_MEANING: N_("Knowing what a word means"),
    Task.SPELL_WORD: N_("Writing a word by dictation"),
    Task.CHOOSE_GRAPHEME: N_("Sound → letters"),
    Task.CHOOSE_SPELLING: N_("Word → spelling"),
    Task.CHOOSE_PICTURE: N_("Word → picture"),
}
SHORT_TASKS = {
    Task.SAY_SOUND: N_("Sound"),
    Task.READ_WORD: N_("Word"),
    Task.READ_PSEUDO_WORD: N_("Made-up word"),
    Task.SPELL_WORD: N_("Write"),
    Task.CHOOSE_GRAPHEME: N_("Pick letters"),
    Task.CHOOSE_SPELLING: N_("Pick word"),
    Task.CHOOSE_PICTURE: N_("Pick picture"),
}
"""For the narrow columns of a table; the tasks whose items are cut into graphemes."""
COLUMNS = {
    "level": N_("Level"),
    "strand": N_("Strand"),
    "task": N_("Task"),
    "prompt_th": N_("What the teacher says, in Thai"),
    "prompt_en": N_("What the teacher says, in English"),
    "stimulus": N_("What the pupil sees"),
    "key": N_("Right answer"),
    "accepted": N_("Further right answers"),
    "graphemes": N_("Graphemes"),
    "phonemes": N_("Sounds (codes)"),
    "skills": N_("Skills"),
    "transfer": N_("What Thai learners may do"),
    "difficulty": N_("Difficulty (logits)"),
    "standard_error": N_("Standard error"),
    "difficulty_source": N_("Source of the difficulty"),
    "guessing": N_("Chance of guessing right"),
    "options": N_("Options"),
    "status": N_("State"),
}
"""By the columns of `item_bank/items/*.csv`."""
SOURCES = {
    DifficultySource.EXPERT: N_("experts' estimate"),
    DifficultySource.PREDICTED: N_("predicted from its features"),
    DifficultySource.CALIBRATED: N_("calibrated from pupils' answers"),
}
CONFUSIONS = {
    Confusion.VISUAL: N_("letters that look alike"),
    Confusion.SOUND: N_("a neighbouring sound"),
    Confusion.VOWEL: N_("another vowel"),
    Confusion.ORDER: N_("another order"),
    Confusion.OMISSION: N_("a sound left out"),
    Confusion.ADDITION: N_("a sound too many"),
    Confusion.SPELLING: N_("sounds right, spelled otherwise"),
    Confusion.PART: N_("only a part is right"),
    Confusion.MEANING: N_("a thing of the same kind"),
    Confusion.UNRELATED: N_("nothing in common"),
}
CHANGES = {
    ChangeKind.PROPOSED: N_("Proposed"),
    ChangeKind.SENT_BACK: N_("Sent back"),
    ChangeKind.WITHDRAWN: N_("Withdrawn"),
    ChangeKind.ACTIVATED: N_("Activated"),
    ChangeKind.RETIRED: N_("Retired"),
    ChangeKind.RESTORED: N_("Restored"),
}
