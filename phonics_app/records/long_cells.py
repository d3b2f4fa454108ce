"""Cells of an .xlsx sheet that would fill the memory: found piece by piece, before the reader holds one as a whole."""

from __future__ import annotations

import re
from typing import IO
from xml.parsers import expat

_PIECE = 64 * 1024
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def long_cell(sheet: IO[bytes], most: int) -> tuple[int | None, str] | None:
    """Row and column letters (None and "" where they are not told) of the first cell of more than `most` bytes.

    Bytes as it is written, with its marks: what is in it may be text or a million empty elements.
    """
    watch, fed = _Watch(), 0
    while piece := sheet.read(_PIECE):
        watch.parser.Parse(piece, False)
        fed += len(piece)
        if fed - watch.begun > most + _PIECE:
            return watch.place
    return None


class _Watch:
    """Where the cell begins in which the parser is."""

    def __init__(self) -> None:
        self.begun = 0
        self.place: tuple[int | None, str] = (None, "")
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        # Some programs write the tags with a prefix: x:c.
        if tag in ("c", "row") or tag.endswith((":c", ":row")):
            self.begun = self.parser.CurrentByteIndex
            told = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.place = (int(told[2]), told[1]) if told else (None, "")
