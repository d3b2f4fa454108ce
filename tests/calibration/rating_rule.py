"""The experts' rule of item_bank/README.md, "Where the difficulties come from": what a model has to be held against."""

from __future__ import annotations

from phonics_app.domain.bank import Item
from phonics_app.domain.spelling import pronunciation
from phonics_app.domain.strand import Strand, Task

STRANDS = {
    Strand.GRAPHEME_SOUNDS: -0.45,
    Strand.VOCABULARY: -0.35,
    Strand.PHONEMIC_AWARENESS: -0.30,
    Strand.WORD_READING: 0.0,
    Strand.SPELLING: 0.30,
    Strand.PSEUDO_WORD_READING: 0.35,
}
TASKS = {
    Task.RHYME: -0.10,
    Task.BLENDING: -0.10,
    Task.IDENTITY: 0.10,
    Task.DISCRIMINATION: 0.10,
    Task.ADDITION: 0.10,
    Task.CATEGORISATION: 0.15,
    Task.SEGMENTATION: 0.15,
    Task.DELETION: 0.30,
    Task.SUBSTITUTION: 0.40,
    Task.CHOOSE_GRAPHEME: -0.15,
    Task.CHOOSE_PICTURE: -0.15,
    Task.CHOOSE_SPELLING: -0.40,
}
BY_LENGTH = {
    Task.READ_WORD,
    Task.READ_PSEUDO_WORD,
    Task.BLENDING,
    Task.SEGMENTATION,
    Task.SPELL_WORD,
    Task.CHOOSE_SPELLING,
}
HARD = (
    {"th_voiceless", "th_voiced"},
    {"v_as_w"},
    {"z_as_s"},
    {"sh_ch"},
    {"zh_as_sh"},
    {"onset_cluster"},
    {"coda_cluster"},
)


def rule(item: Item) -> float:
    usual = 3 if item.level <= 4 else 4 if item.level <= 8 else 7
    length = min(max(0.1 * (len(pronunciation(item)) - usual), -0.2), 0.3) if item.task in BY_LENGTH else 0.0
    hard = min(0.1 * sum(bool(kind & set(item.transfer)) for kind in HARD), 0.2)
    offsets = STRANDS[item.strand] + TASKS.get(item.task, 0.0) + length + hard
    return 1.2 * (item.level - 5) + min(max(offsets, -0.8), 0.8)
