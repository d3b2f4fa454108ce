"""`item_bank/passages/` → passages, read with the file of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from phonics_app.content.tables import read_toml
from phonics_app.domain.codec import decode
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.passage import Passage

T = TypeVar("T")
RULES_FILE = "passages/rules.toml"


@dataclass(frozen=True, slots=True)
class LevelRule:
    """What passages of one level must be like. Counts are of words, pairs are least and most."""

    level: int
    words: tuple[int, int]
    """Running words of the passage."""
    sentence_words: int
    """Most words in a sentence."""
    line_words: int
    """Most words in a printed line."""
    heart_share: float
    """Most heart words, as a share of the running words."""
    inferential: int
    """Least questions whose answer must be inferred."""


@dataclass(frozen=True, slots=True)
class PassageRules:
    """`rules.toml`."""

    decodable_share: float
    """Least share of decodable words among the running words that are not heart words."""
    questions: int
    active_passages: int
    """Least active passages of a level."""
    levels: tuple[LevelRule, ...]

    def level(self, number: int) -> LevelRule | None:
        return next((rule for rule in self.levels if rule.level == number), None)


@dataclass(frozen=True, slots=True)
class PassageSource:
    """The files of the folder, parsed; `problems` holds what could not be. `rules` is None where its file is faulty."""

    rules: PassageRules | None
    passages: tuple[tuple[str, Passage], ...]
    """File, as problems name it, and its passage."""
    problems: tuple[Problem, ...]


def load_passages(folder: Path) -> tuple[Passage, ...]:
    """The passages of `folder`, in the order of their ids. Raises `ProblemsFound` where a file can't be read whole.

    Whether they are fit for their level is told by `passage_rules.passage_problems`.
    """
    source = read_passages(folder)
    problems = (*source.problems, *repeated_ids(source))
    if problems:
        raise ProblemsFound(problems, "content.problems")
    return tuple(sorted((passage for _, passage in source.passages), key=lambda passage: passage.id))


def read_passages(folder: Path) -> PassageSource:
    """Reads all files of `folder`; never raises for their content."""
    problems: list[Problem] = []
    rules = _read(PassageRules, folder.parent, RULES_FILE, problems)
    names = [f"passages/{path.name}" for path in sorted(folder.glob("*.toml"))]
    names = [name for name in names if name != RULES_FILE]
    if not names:
        problems.append(Problem("content.file_missing", Place(file="passages/*.toml")))
    read = ((name, _read(Passage, folder.parent, name, problems)) for name in names)
    passages = tuple((name, passage) for name, passage in read if passage)
    return PassageSource(rules, passages, tuple(problems))


def repeated_ids(source: PassageSource) -> list[Problem]:
    """A problem for each passage or question whose id an earlier one has; ids are never used again."""
    first: dict[str, str] = {}
    problems = []
    for file, passage in source.passages:
        ids = {"id": passage.id} | {f"questions[{i}].id": q.id for i, q in enumerate(passage.questions)}
        for column, value in ids.items():
            if value in first:
                problems.append(Problem("content.id_repeated", Place(file=file, column=column), value, first[value]))
            first.setdefault(value, file)
    return problems


def _read(kind: type[T], folder: Path, name: str, problems: list[Problem]) -> T | None:
    before = len(problems)
    data: Mapping[str, object] = read_toml(folder / name, name, problems)
    if len(problems) > before:
        return None
    try:
        return decode(kind, data)
    except ProblemsFound as found:
        faults = ((p.place.column, p.value, p.expected) for p in found.problems)
        problems.extend(Problem("content.field", Place(file=name, column=c), v, e) for c, v, e in faults)
        return None
