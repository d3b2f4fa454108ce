"""Rules that a bank must keep to be loaded at all: unique ids, and references that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from phonics_app.content.bank_blueprints import blueprint_problems
from phonics_app.content.bank_graphemes import unknown_phonemes
from phonics_app.content.bank_options import option_structure
from phonics_app.content.bank_source import BankSource
from phonics_app.content.tables import Row
from phonics_app.domain.bank import Item, Level
from phonics_app.domain.errors import Place, Problem


def structure_problems(source: BankSource) -> tuple[Problem, ...]:
    """Problems of reading and of references, in the order of the files."""
    return (
        *source.problems,
        *_level_problems(source),
        *_correspondence_problems(source),
        *blueprint_problems(source.blueprints, (level.number for level in source.levels)),
        *_repeated([(row, "code", p.code) for row, p in source.transfer]),
        *_repeated([(row, "id", item.id) for row, item in source.items]),
        *(problem for row, item in source.items for problem in _item_problems(source, row, item)),
    )


def _repeated(ids: Iterable[tuple[Row, str, str]]) -> list[Problem]:
    """A problem for each id that an earlier row has; ids are never used again, not even after retirement."""
    first: dict[str, Row] = {}
    problems = []
    for row, column, value in ids:
        earlier = first.setdefault(value, row)
        if earlier is not row:
            problems.append(row.problem("content.id_repeated", column, f"{earlier.file}:{earlier.number}"))
    return problems


def _level_problems(source: BankSource) -> list[Problem]:
    numbers = [level.number for level in source.levels]
    repeated = sorted({n for n in numbers if numbers.count(n) > 1})
    place = Place(file="levels.toml", column="number")
    return [
        *(Problem("content.level_repeated", place, str(number)) for number in repeated),
        *(problem for index, level in enumerate(source.levels) for problem in _empty_texts(index, level)),
    ]


def _empty_texts(index: int, level: Level) -> Iterator[Problem]:
    for name, text in (("name", level.name), ("focus", level.focus)):
        for language in ("th", "en"):
            if not getattr(text, language).strip():
                yield Problem("content.empty", Place(file="levels.toml", column=f"levels[{index}].{name}.{language}"))


def _correspondence_problems(source: BankSource) -> list[Problem]:
    problems = _repeated([(row, "id", c.id) for row, c in source.correspondences])
    codes = {pattern.code for _, pattern in source.transfer}
    for row, correspondence in source.correspondences:
        problems.extend(_level_unknown(source, row, correspondence.level))
        if correspondence.transfer:
            problems.extend(_unknown(row, "transfer", [correspondence.transfer], codes))
    return problems


def _item_problems(source: BankSource, row: Row, item: Item) -> list[Problem]:
    skills = {skill for level in source.levels for skill in level.skills}
    codes = {pattern.code for _, pattern in source.transfer}
    return [
        *_level_unknown(source, row, item.level),
        *unknown_phonemes(row, "phonemes", item.phonemes),
        *_unknown(row, "skills", item.skills, skills),
        *_unknown(row, "transfer", item.transfer, codes),
        *_unequal(row, item),
        *option_structure(row, item, codes),
    ]


def _unequal(row: Row, item: Item) -> list[Problem]:
    if not item.graphemes or len(item.graphemes) == len(item.phonemes):
        return []
    return [row.problem("content.phonemes_count", "phonemes", str(len(item.graphemes)))]


def _level_unknown(source: BankSource, row: Row, number: int) -> list[Problem]:
    if any(level.number == number for level in source.levels):
        return []
    return [row.problem("content.level_unknown", "level", _numbers(source))]


def _numbers(source: BankSource) -> str:
    return ", ".join(str(level.number) for level in source.levels)


def _unknown(row: Row, column: str, values: Sequence[str], known: set[str]) -> list[Problem]:
    expected = ", ".join(sorted(known))
    return [row.problem("content.code_unknown", column, expected, v) for v in values if v not in known]
