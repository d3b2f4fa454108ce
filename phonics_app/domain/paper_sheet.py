"""Where things stand in the spreadsheet into which marking sheets are typed: one sheet for each form and class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.plan import Block, Plan

MARKER = "phonics-nine-paper"
FORMAT = "1"
MARKER_ROW, TITLE_ROW, DAY_ROW, KEYS_ROW, HEAD_ROW, SHOWN_ROW, FIRST_ROW = range(1, 8)
"""Rows as Excel counts them. The marker's row is hidden: marker, format, code, form, version, school, class, day."""
NUMBER, NAME, FIRST_ITEM = 0, 1, 2
"""Columns, counted from 0."""
DAY_COLUMN = 1


class Extra(Enum):
    """What is typed behind the items."""

    LAST = "last"
    SECONDS = "seconds"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a form's sheet, in order."""

    plan: Plan

    @property
    def timed(self) -> tuple[Block, ...]:
        return tuple(block for block in self.plan.blocks if block.seconds)

    @property
    def items(self) -> int:
        return sum(len(block.items) for block in self.plan.blocks)

    def extras(self) -> tuple[Extra, ...]:
        return (Extra.LAST, *([Extra.SECONDS] if self.timed else []), Extra.TOTAL)

    def column(self, extra: Extra) -> int:
        return FIRST_ITEM + self.items + self.extras().index(extra)

    @property
    def width(self) -> int:
        return FIRST_ITEM + self.items + len(self.extras())

    def blocks(self) -> Iterator[tuple[Block, int]]:
        """Each block, and the column of its first item."""
        column = FIRST_ITEM
        for block in self.plan.blocks:
            yield block, column
            column += len(block.items)

    def last_in(self, block: Block, last: int | None) -> int:
        """The number of the last item within a block, from its number on the form; None: everything was tried.

        Of a form with a time limit it is the last one that was read in time; what is asked after that, is asked of all.
        """
        if last is None or (self.timed and block not in self.timed):
            return len(block.items)
        before = next(column for one, column in self.blocks() if one is block) - FIRST_ITEM
        return min(max(last - before, 0), len(block.items))
