"""Prefixes and names as Thai schools write them: often in one cell, the prefix without a space after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from phonics_app.domain.school import Sex
from phonics_app.records.roster_cells import text_or_empty

# Written form → the form that is stored, so that two files do not differ by it.
_PREFIXES = {
    "เด็กชาย": "เด็กชาย",
    "ด.ช.": "เด็กชาย",
    "ดช.": "เด็กชาย",
    "ด.ช": "เด็กชาย",
    "ดช": "เด็กชาย",
    "เด็กหญิง": "เด็กหญิง",
    "ด.ญ.": "เด็กหญิง",
    "ดญ.": "เด็กหญิง",
    "ด.ญ": "เด็กหญิง",
    "ดญ": "เด็กหญิง",
    "นางสาว": "นางสาว",
    "น.ส.": "นางสาว",
    "นส.": "นางสาว",
    "น.ส": "นางสาว",
    "นาย": "นาย",
    "นาง": "นาง",
    "สามเณร": "สามเณร",
    "master": "Master",
    "miss": "Miss",
    "mr.": "Mr.",
    "mrs.": "Mrs.",
    "ms.": "Ms.",
}
_LONGEST_FIRST = sorted(_PREFIXES, key=len, reverse=True)
_SEX_OF = {
    "เด็กชาย": Sex.MALE,
    "นาย": Sex.MALE,
    "สามเณร": Sex.MALE,
    "Master": Sex.MALE,
    "Mr.": Sex.MALE,
    "เด็กหญิง": Sex.FEMALE,
    "นางสาว": Sex.FEMALE,
    "นาง": Sex.FEMALE,
    "Miss": Sex.FEMALE,
    "Mrs.": Sex.FEMALE,
    "Ms.": Sex.FEMALE,
}
# A name can go on after นาย with a vowel (นายิกา): then those letters are no prefix.
_BEGINS_NO_NAME = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")


@dataclass(frozen=True, slots=True)
class Name:
    prefix: str
    first: str
    last: str


def is_prefix(text: str) -> bool:
    """Whether the text is a prefix and nothing else."""
    return text_or_empty(text).casefold() in _PREFIXES


def standard_prefix(text: str) -> str:
    """The stored form of a prefix; an unknown one stays as written."""
    text = text_or_empty(text)
    return _PREFIXES.get(text.casefold(), text)


def sex_of_prefix(prefix: str) -> Sex:
    """What a stored prefix tells of the sex."""
    return _SEX_OF.get(prefix, Sex.UNKNOWN)


def split_prefix(text: str) -> tuple[str, str]:
    """Prefix in its stored form ("" where there is none) and the rest of the name."""
    text = text_or_empty(text)
    for written in _LONGEST_FIRST:
        if text.casefold().startswith(written) and _goes_on_as_name(text[len(written) :], written):
            return _PREFIXES[written], text[len(written) :].strip()
    return "", text


def _goes_on_as_name(rest: str, written: str) -> bool:
    if not rest or _BEGINS_NO_NAME.match(rest):
        return False
    # In Latin letters a prefix needs its point or a space: Missouri is no Miss.
    return not written[-1].isascii() or written.endswith(".") or rest[0] == " "


def split_full_name(text: str) -> Name:
    """ "เด็กชายสมชาย ใจดี" → prefix, first name, last name; what follows the first space is the last name."""
    prefix, rest = split_prefix(text)
    first, _, last = rest.partition(" ")
    return Name(prefix, text_or_empty(first), text_or_empty(last))
