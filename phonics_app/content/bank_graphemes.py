"""Rows of `graphemes.csv` and `transfer.csv` → correspondences and transfer patterns."""

from __future__ import annotations

from dataclasses import dataclass

from phonics_app.content.phonemes import IPA
from phonics_app.content.tables import Row, required, whole_number, words
from phonics_app.domain.bank import Correspondence
from phonics_app.domain.errors import Problem
from phonics_app.domain.spelling import SILENT

COLUMNS = ("id", "grapheme", "phonemes", "ipa", "position", "level", "example", "notes", "transfer")
TRANSFER_COLUMNS = (
    "code",
    "target",
    "realisation",
    "name_th",
    "name_en",
    "example",
    "source",
    "grade_of_evidence",
)
POSITIONS = ("any", "initial", "medial", "final")
GRADES_OF_EVIDENCE = ("norm", "study", "expert", "provisional")


@dataclass(frozen=True, slots=True)
class TransferPattern:
    """A Thai-transfer pattern: `target` phonemes (ARPAbet) tend to be realised otherwise."""

    code: str
    target: tuple[str, ...]
    name_th: str
    name_en: str
    source: str
    grade_of_evidence: str


def read_correspondence(row: Row, problems: list[Problem]) -> Correspondence | None:
    """The correspondence of a row, or None with every fault of the row added to `problems`."""
    before = len(problems)
    for column in ("id", "grapheme", "phonemes", "ipa", "example"):
        required(row, column, problems)
    level = whole_number(row, "level", problems)
    if row["position"] not in POSITIONS:
        problems.append(row.problem("content.choice", "position", ", ".join(POSITIONS)))
    problems.extend(unknown_phonemes(row, "phonemes", words(row, "phonemes")))
    if len(problems) > before:
        return None
    return Correspondence(
        id=row["id"],
        grapheme=row["grapheme"],
        phonemes=() if row["phonemes"] == SILENT else words(row, "phonemes"),
        ipa=row["ipa"],
        position=row["position"],
        level=level,
        example=row["example"],
        notes=row["notes"],
        transfer=row["transfer"],
    )


def read_transfer(row: Row, problems: list[Problem]) -> TransferPattern | None:
    """The pattern of a row, or None with its faults added to `problems`."""
    before = len(problems)
    for column in ("code", "name_th", "name_en", "source"):
        required(row, column, problems)
    if row["grade_of_evidence"] not in GRADES_OF_EVIDENCE:
        problems.append(row.problem("content.choice", "grade_of_evidence", ", ".join(GRADES_OF_EVIDENCE)))
    problems.extend(unknown_phonemes(row, "target", words(row, "target")))
    if len(problems) > before:
        return None
    return TransferPattern(
        row["code"], words(row, "target"), row["name_th"], row["name_en"], row["source"], row["grade_of_evidence"]
    )


def unknown_phonemes(row: Row, column: str, entries: tuple[str, ...]) -> list[Problem]:
    """A problem for each phoneme that is not ARPAbet without stress ("+" joins phonemes, "-" is silent)."""
    parts = [part for entry in entries for part in entry.split("+")]
    expected = " ".join(IPA)
    return [
        row.problem("content.phoneme_unknown", column, expected, part)
        for part in parts
        if part not in IPA and part != SILENT
    ]
