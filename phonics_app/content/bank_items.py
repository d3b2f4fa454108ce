"""Rows of `item_bank/items/*.csv` → items."""

from __future__ import annotations

from datetime import date

from phonics_app.content.tables import Row, alternatives, decimal, member, required, whole_number, words
from phonics_app.domain.bank import Difficulty, DifficultySource, Item, ItemStatus, Option
from phonics_app.domain.errors import Problem
from phonics_app.domain.strand import READING_TASKS, TASK_STRAND, Strand, Task
from phonics_app.domain.text import Text

COLUMNS = (
    "id",
    "level",
    "strand",
    "task",
    "prompt_th",
    "prompt_en",
    "stimulus",
    "key",
    "accepted",
    "graphemes",
    "phonemes",
    "skills",
    "transfer",
    "difficulty",
    "standard_error",
    "difficulty_source",
    "guessing",
    "status",
    "version",
    "since",
    "options",
)

_WRITTEN = ("graphemes", "phonemes")
NEEDED = {
    **dict.fromkeys(READING_TASKS, ("stimulus", *_WRITTEN)),
    Task.SPELL_WORD: _WRITTEN,
    Task.CHOOSE_GRAPHEME: ("options", *_WRITTEN),
    Task.CHOOSE_SPELLING: ("options", *_WRITTEN),
    Task.CHOOSE_PICTURE: ("options", "phonemes"),
}
"""Columns that a task needs besides those that every item has."""

_DIFFICULTY_RANGE = (-12.0, 12.0)
_STANDARD_ERROR_RANGE = (0.0, 5.0)
_GUESSING_RANGE = (0.0, 0.5)


def read_item(row: Row, problems: list[Problem]) -> Item | None:
    """The item of a row, or None with every fault of the row added to `problems`."""
    before = len(problems)
    strand = member(row, "strand", Strand, problems)
    task = member(row, "task", Task, problems)
    status = member(row, "status", ItemStatus, problems)
    difficulty = _difficulty(row, problems)
    prompt = Text(required(row, "prompt_th", problems), required(row, "prompt_en", problems))
    level, version = whole_number(row, "level", problems), whole_number(row, "version", problems)
    guessing = decimal(row, "guessing", *_GUESSING_RANGE, problems)
    _check_since(row, problems)
    _check_asked(row, strand, task, problems)
    if len(problems) > before or strand is None or task is None or status is None or difficulty is None:
        return None
    return Item(
        id=row["id"],
        level=level,
        strand=strand,
        task=task,
        prompt=prompt,
        stimulus=row["stimulus"],
        key=row["key"],
        accepted=alternatives(row, "accepted"),
        graphemes=words(row, "graphemes"),
        phonemes=words(row, "phonemes"),
        difficulty=difficulty,
        guessing=guessing,
        skills=words(row, "skills"),
        transfer=words(row, "transfer"),
        status=status,
        version=version,
        since=row["since"],
        options=tuple(read_option(text) for text in alternatives(row, "options")),
    )


def read_option(text: str) -> Option:
    """An option as the file writes it: `value`, `value:error` or `picture=name:error`."""
    shown, _, error = text.partition(":")
    value, _, name = shown.partition("=")
    return Option(value.strip(), name.strip(), error.strip())


def _difficulty(row: Row, problems: list[Problem]) -> Difficulty | None:
    value = decimal(row, "difficulty", *_DIFFICULTY_RANGE, problems)
    error = decimal(row, "standard_error", *_STANDARD_ERROR_RANGE, problems)
    source = member(row, "difficulty_source", DifficultySource, problems)
    return Difficulty(value, error, source) if source else None


def _check_since(row: Row, problems: list[Problem]) -> None:
    try:
        date.fromisoformat(row["since"])
    except ValueError:
        problems.append(row.problem("content.date", "since", "2026-11-20"))


def _check_asked(row: Row, strand: Strand | None, task: Task | None, problems: list[Problem]) -> None:
    required(row, "id", problems)
    required(row, "key", problems)
    if strand and task and TASK_STRAND[task] is not strand:
        fitting = ", ".join(t.value for t in Task if TASK_STRAND[t] is strand)
        problems.append(row.problem("content.task_strand", "task", fitting))
    for column in NEEDED.get(task, ()) if task else ():
        required(row, column, problems)
