"""A part of a list that grows: so many rows from somewhere, and how many there are in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
MOST = 500
"""Rows in one page."""
USUAL = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page: `number` from 1. What can't be is made what can: a mistyped address shows the first page."""

    number: int = 1
    size: int = USUAL

    @property
    def limit(self) -> int:
        return min(max(self.size, 1), MOST)

    @property
    def offset(self) -> int:
        return (max(self.number, 1) - 1) * self.limit


FIRST = Wanted()


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`rows` from the place `first` (from 1; 0 where there are none) of `total`."""

    rows: tuple[T, ...]
    first: int
    total: int
    size: int

    @classmethod
    def of(cls, rows: tuple[T, ...], wanted: Wanted, total: int) -> Page[T]:
        return cls(rows, wanted.offset + 1 if rows else 0, total, wanted.limit)

    @property
    def last(self) -> int:
        """Place of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def pages(self) -> int:
        """How many there are, one at least."""
        return max(1, -(-self.total // self.size))
