"""Guessing which column of a class list holds what, from headers first and content second."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from phonics_app.domain.roster import RosterField
from phonics_app.records.roster_cells import parse_class, parse_grade, parse_sex, text_or_empty
from phonics_app.records.roster_dates import day_and_month
from phonics_app.records.roster_headers import field_of
from phonics_app.records.roster_names import is_prefix, split_prefix
from phonics_app.records.writing import plain_digits

_SAMPLE = 200
_MOST = 0.8

Columns = Mapping[str, Sequence[str]]
"""Header → cells, top to bottom."""


def guess_mapping(columns: Columns) -> dict[str, RosterField]:
    """Header → field, each field at most once; columns that fit nothing are left out."""
    samples = {header: _sample(cells) for header, cells in columns.items()}
    mapping: dict[str, RosterField] = {}
    # Columns with something in them choose first: of two that are called alike the filled one is meant.
    for header, sample in sorted(samples.items(), key=lambda item: not item[1]):
        named = field_of(_without_count(header))
        if named is not None:
            _take(mapping, header, _corrected(named, sample))
    _spread_merged_name(mapping, samples)
    _fill_from_content(mapping, samples)
    _prefer_parts(mapping)
    return mapping


def _sample(cells: Sequence[str]) -> list[str]:
    filled = [text for cell in cells if (text := text_or_empty(cell))]
    # From all over the column: its first rows may be one class.
    step = max(1, len(filled) // _SAMPLE)
    return filled[::step][:_SAMPLE]


def _without_count(header: str) -> str:
    return header[:-4] if header.endswith(")") and header[-4:-2] == " (" else header


def _take(mapping: dict[str, RosterField], header: str, field: RosterField) -> None:
    if field not in mapping.values() and header not in mapping:
        mapping[header] = field


def _mostly(sample: Sequence[str], test: Callable[[str], object], share: float = _MOST) -> bool:
    return bool(sample) and sum(bool(test(text)) for text in sample) >= share * len(sample)


def _has_room(text: str) -> bool:
    found = parse_class(text)
    return bool(found and found[1]) or day_and_month(text) is not None


def _has_two_words(text: str) -> bool:
    return " " in split_prefix(text)[1]


def _corrected(field: RosterField, sample: Sequence[str]) -> RosterField:
    """What a header names loosely, told apart by what stands below it."""
    if not sample:
        return field
    if field in (RosterField.GRADE, RosterField.CLASS):
        return RosterField.CLASS if any(_has_room(text) or "/" in text for text in sample) else RosterField.GRADE
    if field in (RosterField.FIRST_NAME, RosterField.FULL_NAME):
        if _mostly(sample, is_prefix):
            return RosterField.PREFIX
        # A header that says "name and surname" is believed sooner than one that says "name".
        enough = 0.2 if field is RosterField.FULL_NAME else _MOST
        return RosterField.FULL_NAME if _mostly(sample, _has_two_words, enough) else RosterField.FIRST_NAME
    return field


def _spread_merged_name(mapping: dict[str, RosterField], samples: Mapping[str, Sequence[str]]) -> None:
    """A name header that spans several columns names the first only: prefix, first name, last name follow."""
    headers = list(samples)
    for header, field in list(mapping.items()):
        following = headers[headers.index(header) + 1 :]
        if field is RosterField.PREFIX and not _has_names(mapping):
            parts = [RosterField.FIRST_NAME, RosterField.LAST_NAME]
        elif field is RosterField.FIRST_NAME and RosterField.LAST_NAME not in mapping.values():
            parts = [RosterField.LAST_NAME]
        else:
            continue
        for part, next_header in zip(parts, following, strict=False):
            if next_header in mapping or not _is_unnamed(next_header) or not _mostly(samples[next_header], _is_word):
                break
            _take(mapping, next_header, part)


def _has_names(mapping: Mapping[str, RosterField]) -> bool:
    return bool({RosterField.FIRST_NAME, RosterField.FULL_NAME} & set(mapping.values()))


def _is_unnamed(header: str) -> bool:
    """Columns without a header are called by their letter."""
    return header.isascii() and header.isupper() and len(header) <= 2


def _is_word(text: str) -> bool:
    return not any(character.isdecimal() for character in text)


def _fill_from_content(mapping: dict[str, RosterField], samples: Mapping[str, Sequence[str]]) -> None:
    tests: tuple[tuple[RosterField, Callable[[str], object]], ...] = (
        (RosterField.CLASS, lambda text: (found := parse_class(text)) and found[1]),
        (RosterField.GRADE, parse_grade),
        (RosterField.PREFIX, is_prefix),
        (RosterField.SEX, parse_sex),
        (RosterField.FULL_NAME, lambda text: split_prefix(text)[0] and _has_two_words(text)),
    )
    for field, test in tests:
        if field in mapping.values() or (field is RosterField.FULL_NAME and _has_names(mapping)):
            continue
        for header, sample in samples.items():
            if header not in mapping and _mostly(sample, test):
                _take(mapping, header, field)
                break
    _find_number(mapping, samples)


def _find_number(mapping: dict[str, RosterField], samples: Mapping[str, Sequence[str]]) -> None:
    if RosterField.NUMBER in mapping.values():
        return
    for header, sample in samples.items():
        # Running numbers of a class (1–40) start again in each class; pupil numbers are longer, and unique.
        long_numbers = _mostly(sample, lambda text: plain_digits(text).isdecimal() and 3 <= len(text) <= 10)
        if header not in mapping and long_numbers and len(set(sample)) == len(sample):
            _take(mapping, header, RosterField.NUMBER)
            return


def _prefer_parts(mapping: dict[str, RosterField]) -> None:
    """Where first and last name stand apart, a column with both is not needed; so with grade and class."""
    fields = set(mapping.values())
    twice = set()
    if RosterField.FULL_NAME in fields and RosterField.FIRST_NAME in fields:
        both = RosterField.LAST_NAME in fields
        twice |= {RosterField.FULL_NAME} if both else {RosterField.FIRST_NAME}
    if RosterField.CLASS in fields:
        twice |= {RosterField.GRADE, RosterField.ROOM}
    for header in [h for h, field in mapping.items() if field in twice]:
        del mapping[header]
