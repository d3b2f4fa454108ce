"""Cells of the spreadsheets that the product writes: no text may be run as a formula by the program that opens them.

Whatever writes CSV writes it with `write_csv`; what writes Excel puts text into cells of text (`reports.excel_file`).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from typing import TextIO

_STARTS = frozenset("=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}＋－\N{FULLWIDTH COMMERCIAL AT}﹦﹢﹣﹫")
"""How a text begins that one program or another takes for a formula, full-width and small forms among them."""
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?(?:e[+-]?\d{1,3})?", re.ASCII)


def is_dangerous(text: str) -> bool:
    """Whether a program may run the text as a formula. What no eye sees before its first sign protects nobody."""
    for character in text:
        if character in _STARTS:
            return _NUMBER.fullmatch(text) is None
        if not character.isspace() and unicodedata.category(character) not in ("Cf", "Cc"):
            return False
    return False


def guarded(text: str) -> str:
    """The text, with an apostrophe before one that might be run; `unguarded` takes it back."""
    return f"'{text}" if is_dangerous(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """Without the apostrophe of `guarded`."""
    return text[1:] if text.startswith("'") and is_dangerous(text.lstrip("'")) else text


def write_csv(stream: TextIO, rows: Iterable[Iterable[object]], line_end: str = "\r\n") -> None:
    """Rows of text and numbers; None is an empty cell. Numbers are written as they are."""
    writer = csv.writer(stream, lineterminator=line_end)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
