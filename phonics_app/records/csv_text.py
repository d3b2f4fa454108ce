"""CSV files as schools have them: several encodings, several delimiters."""

from __future__ import annotations

import csv
import io
from itertools import islice

from phonics_app.domain.sheet_cells import unguarded

_DELIMITERS = ",;\t"
_LOOKED_AT = 30
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def csv_grid(content: bytes, most_columns: int, most_rows: int) -> list[tuple[object, ...]] | None:
    """Rows of text, at most `most_rows`; None where the bytes are no text in an encoding that Thai programs write.

    Nothing beyond is read: a small file may hold so many empty rows that they fill any memory.
    Raises `csv.Error` for a cell of absurd length.
    """
    text = decoded(content)
    if text is None:
        return None
    head = list(islice(io.StringIO(text, newline=""), _LOOKED_AT))
    told = _told_delimiter(head[0]) if head else None
    rows = _parsed(text, told or _best_delimiter(head), most_rows)
    # The line that tells the delimiter is no row of the table, but it is one in the file.
    if told:
        rows[0] = []
    # CSV has no mark for text: whoever writes it (we do) puts an apostrophe before what might be run as a formula.
    return [tuple(map(unguarded, row[:most_columns])) for row in rows]


def decoded(content: bytes) -> str | None:
    """UTF-8 with or without a mark, UTF-16 with one, else cp874 (which holds TIS-620)."""
    if content.startswith(_UTF16_MARKS):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp874")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _told_delimiter(line: str) -> str | None:
    """Excel's own way to name it: a first line "sep=;"."""
    line = line.strip().strip('"')
    return line[4] if len(line) == 5 and line.lower().startswith("sep=") else None


def _best_delimiter(head: list[str]) -> str:
    """The one that cuts most of the first lines into the same, largest number of cells."""
    return max(_DELIMITERS, key=lambda delimiter: _agreement("".join(head), delimiter))


def _agreement(text: str, delimiter: str) -> int:
    try:
        widths = [len(row) for row in _parsed(text, delimiter, _LOOKED_AT) if row]
    except csv.Error:
        return 0
    return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)


def _parsed(text: str, delimiter: str, most_rows: int) -> list[list[str]]:
    return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), most_rows))
