"""`item_bank/phoneme_hints.csv`: what the mouth does for each phoneme, for whoever says or records it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from phonics_app.content.bank_graphemes import unknown_phonemes
from phonics_app.content.bank_source import read_source
from phonics_app.content.tables import Row, read_table, required, words
from phonics_app.domain.bank import Correspondence
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.sound import PhonemeHint, Sound, SoundKind
from phonics_app.domain.text import Text

FILE = "phoneme_hints.csv"
COLUMNS = ("phonemes", "hint_th", "hint_en")


def load_hints(folder: Path) -> tuple[PhonemeHint, ...]:
    """The hints of `folder`. Raises `ProblemsFound` with every faulty row."""
    problems: list[Problem] = []
    hints = _read(folder, problems)
    if problems:
        raise ProblemsFound(problems, "content.problems")
    return hints


def check_hints(folder: Path) -> tuple[Problem, ...]:
    """Faulty rows, and each phoneme of the grapheme table without a hint."""
    problems: list[Problem] = []
    hints = _read(folder, problems)
    taught = (correspondence for _, correspondence in read_source(folder).correspondences)
    # A faulty row may be the very hint that seems to be missing.
    return tuple(problems or _missing(taught, {hint.phonemes for hint in hints}))


def _read(folder: Path, problems: list[Problem]) -> tuple[PhonemeHint, ...]:
    first: dict[tuple[str, ...], Row] = {}
    for row in read_table(folder / FILE, FILE, COLUMNS, problems):
        for column in COLUMNS:
            required(row, column, problems)
        phonemes = words(row, "phonemes")
        problems.extend(unknown_phonemes(row, "phonemes", phonemes))
        if first.setdefault(phonemes, row) is not row:
            problems.append(row.problem("content.hint_repeated", "phonemes", str(first[phonemes].number)))
    return tuple(PhonemeHint(key, Text(row["hint_th"], row["hint_en"])) for key, row in first.items())


def _missing(taught: Iterable[Correspondence], known: set[tuple[str, ...]]) -> Iterator[Problem]:
    needed = {c.phonemes: c for c in taught if Sound(SoundKind.PHONEME, phonemes=c.phonemes).elementary}
    for phonemes, c in needed.items():
        if phonemes not in known:
            place = Place(file=FILE, column="phonemes")
            yield Problem("content.hint_missing", place, " ".join(phonemes), f"/{c.ipa}/ {c.example}")
