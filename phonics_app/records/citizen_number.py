"""Recognising the 13-digit citizen number, so that it is never kept.

Check digit: x = Σ (14 − i)·Nᵢ mod 11 for i = 1..12; N₁₃ = (11 − x) mod 10. Children without status have
other forms: G and twelve digits.
"""

from __future__ import annotations

import re

from phonics_app.records.writing import plain_digits

_SEPARATORS = re.compile(r"[\s\-.\u2010-\u2015]")
_THIRTEEN = re.compile(r"\d{13}|[Gg]\d{12}")
# What a spreadsheet program makes of one when it saves CSV: 1.10370E+12.
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?12")


def _compact(text: str) -> str:
    return _SEPARATORS.sub("", plain_digits(text))


def has_check_digit(digits: str) -> bool:
    """Whether thirteen ASCII digits end in the right check digit."""
    total = sum((13 - i) * int(digit) for i, digit in enumerate(digits[:12]))
    return len(digits) == 13 and (11 - total % 11) % 10 == int(digits[12])


def looks_like_one(text: str) -> bool:
    """Thirteen digits in any spacing, with or without a right check digit, or the form of children without status."""
    compact = _compact(text)
    return _THIRTEEN.fullmatch(compact) is not None or _SCIENTIFIC.fullmatch(text.strip()) is not None


def is_one(text: str) -> bool:
    """Thirteen digits with a right check digit, or the form of children without status."""
    compact = _compact(text)
    if _THIRTEEN.fullmatch(compact) is None:
        return False
    return not compact.isdecimal() or has_check_digit(compact)
