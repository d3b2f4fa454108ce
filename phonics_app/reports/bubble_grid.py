"""Where each bubble of a marking grid stands, in millimetres from the page's upper left corner.

A sheet with the same number of items always has the same grid, so that a photograph of it can be read later: the four
corner marks give the page its shape back, the code in the corner says which form it is, and from there each bubble has
its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

RADIUS = 1.9
CORNER = 4.5
"""Side of a corner mark; the lower right one is hollow, so that a page is not read upside down."""
CORNER_AT = 6.0
"""From both edges of an A4 page to the mark."""
QR_SIZE, QR_AT = 13.0, (184.5, 4.0)
PUPIL_DIGITS, LAST_DIGITS, SECONDS_DIGITS = 5, 3, 2
_DIGITS_TOP, _DIGIT_X, _DIGIT_Y = 43.0, 6.0, 4.7
_PUPIL_X, _LAST_X, _SECONDS_X = 22.0, 64.0, 94.0
_ITEMS_TOP, _ITEMS_BOTTOM = 100.0, 278.0
_LEFT, _RIGHT = 16.0, 196.0
_MARK_X = 5.6


@dataclass(frozen=True, slots=True)
class Bubble:
    """`field`: "pupil", "last", "seconds" with the place of the digit, or "item" with its number."""

    field: str
    index: int
    value: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """Where the number of an item stands, and how wide its cell is; what it asks stands behind it."""

    number: int
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class BubbleGrid:
    """The grid of a form with so many items. `marks`: what may be marked of an item."""

    items: int
    marks: tuple[str, ...] = ("x", "s", "t")
    timed: bool = False

    @property
    def columns(self) -> int:
        return 3 if self.items <= 60 else 4

    @property
    def rows(self) -> int:
        least = {3: 20, 4: 25}[self.columns]
        return max(least, -(-self.items // self.columns))

    @property
    def pitch(self) -> float:
        return (_ITEMS_BOTTOM - _ITEMS_TOP) / self.rows

    def places(self) -> Iterator[ItemPlace]:
        """Down the first column, then down the next."""
        width = (_RIGHT - _LEFT) / self.columns
        for number in range(self.items):
            column, row = divmod(number, self.rows)
            yield ItemPlace(number + 1, _LEFT + column * width, _ITEMS_TOP + row * self.pitch, width - 4)

    def bubbles(self) -> Iterator[Bubble]:
        yield from _digits("pupil", PUPIL_DIGITS, _PUPIL_X)
        if self.timed:
            yield from _digits("last", LAST_DIGITS, _LAST_X)
            yield from _digits("seconds", SECONDS_DIGITS, _SECONDS_X)
        for place in self.places():
            for n, mark in enumerate(self.marks):
                x = place.x + place.width - (len(self.marks) - n - 0.5) * _MARK_X
                yield Bubble("item", place.number, mark, x, place.y)


def _digits(field: str, count: int, left: float) -> Iterator[Bubble]:
    for index in range(count):
        for digit in range(10):
            yield Bubble(field, index, str(digit), left + index * _DIGIT_X, _DIGITS_TOP + digit * _DIGIT_Y)
