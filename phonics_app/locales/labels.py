"""Codes of the domain as words of the interface (English source texts; translate where shown)."""

from __future__ import annotations

from enum import Enum

from phonics_app.domain.account import Role
from phonics_app.domain.strand import Strand
from phonics_app.locales import N_, Translate

_LABELS: dict[Enum, str] = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.TEACHER: N_("Teacher"),
    Role.DIRECTOR: N_("School director"),
    Role.TRAINER: N_("Trainer"),
    Role.MUNICIPAL_DIRECTOR: N_("Municipal director of education"),
    Role.AUDITOR: N_("Auditor"),
    Strand.PHONEMIC_AWARENESS: N_("Phonemic awareness"),
    Strand.GRAPHEME_SOUNDS: N_("Letter sounds"),
    Strand.WORD_READING: N_("Word reading"),
    Strand.PSEUDO_WORD_READING: N_("Pseudo-word reading"),
    Strand.SPELLING: N_("Spelling"),
    Strand.ORAL_READING_FLUENCY: N_("Oral reading fluency"),
    Strand.VOCABULARY: N_("Vocabulary"),
    Strand.COMPREHENSION: N_("Comprehension"),
}


def label(_: Translate, code: Enum) -> str:
    """The name of `code` in the language of `_`."""
    return _(_LABELS[code])


def size_label(_: Translate, size: int) -> str:
    """The size of a file, given in bytes: kilobytes below one megabyte, no file with anything in it as nothing."""
    if size < 1_000_000:
        return _("{n} KB").format(n=-(-size // 1_000))
    return _("{n} MB").format(n=f"{size / 1_000_000:.1f}")
