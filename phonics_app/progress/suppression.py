"""Suppression of small cells, so that no pupil can be found in what is shown of schools beyond one's own.

Cells of 1 to 4 are hidden, and totals of 1 to 4 as well; then more figures, the smallest first, until nothing hidden
follows from what is shown.

The table with its totals is a circulation: a source gives every row its total, a row gives every column a cell, a
column hands its total to a sink, which returns it to the source. A hidden figure is safe exactly when a cycle of hidden
figures runs through it along which one unit can move: then it could as well be one more or one less, with all that
is shown still true. (Network models of cell suppression: Cox 1995, J. Am. Stat. Assoc. 90:1453–1462.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SMALLEST_SHOWN = 5
"""Figures below this, and above zero, are hidden."""

Column = int | None
"""A level, or None for pupils not placed."""
Node = tuple[str, object]
Arc = tuple[Node, Node]
_SOURCE: Node = ("source", "")
_SINK: Node = ("sink", "")
_ALL: Arc = (_SINK, _SOURCE)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What may be shown of a table of rows × columns and its totals; None is hidden."""

    cells: dict[tuple[str, Column], int | None]
    row_totals: dict[str, int | None]
    column_totals: dict[Column, int | None]
    total: int | None


def suppress(cells: Mapping[tuple[str, Column], int]) -> Suppressed:
    """Hides every figure from 1 to 4, and as many others as it takes that none of them can be worked out.

    Cells left out of `cells` are zero. An onlooker is taken to know that no figure is negative, and even which of the
    hidden ones are not zero.
    """
    flow = _circulation(cells)
    hidden = {arc for arc, value in flow.items() if 0 < value < SMALLEST_SHOWN}
    while exposed := _exposed(flow, hidden):
        hidden.add(_complement(flow, hidden, exposed))

    def shown(arc: Arc) -> int | None:
        return None if arc in hidden else flow[arc]

    rows, columns = _sides(cells)
    return Suppressed(
        {(r, c): shown((("row", r), ("column", c))) for r in rows for c in columns},
        {r: shown((_SOURCE, ("row", r))) for r in rows},
        {c: shown((("column", c), _SINK)) for c in columns},
        shown(_ALL),
    )


def _sides(cells: Mapping[tuple[str, Column], int]) -> tuple[list[str], list[Column]]:
    return list(dict.fromkeys(row for row, _ in cells)), list(dict.fromkeys(column for _, column in cells))


def _circulation(cells: Mapping[tuple[str, Column], int]) -> dict[Arc, int]:
    rows, columns = _sides(cells)
    flow: dict[Arc, int] = {_ALL: sum(cells.values())}
    for row in rows:
        flow[_SOURCE, ("row", row)] = sum(cells.get((row, column), 0) for column in columns)
        flow.update({(("row", row), ("column", c)): cells.get((row, c), 0) for c in columns})
    for column in columns:
        flow[("column", column), _SINK] = sum(cells.get((row, column), 0) for row in rows)
    return flow


def _exposed(flow: Mapping[Arc, int], hidden: set[Arc]) -> Arc | None:
    """A hidden figure that can have one value only, if there is one."""
    steps: dict[Node, list[Node]] = {}
    for tail, head in sorted(hidden, key=repr):
        steps.setdefault(tail, []).append(head)
        if _can_shrink(flow[tail, head]):
            steps.setdefault(head, []).append(tail)
    for arc in sorted(hidden, key=repr):
        tail, head = arc
        grows = _reaches(steps, head, tail)
        if not grows and not (_can_shrink(flow[arc]) and _reaches(steps, tail, head)):
            return arc
    return None


def _can_shrink(value: int) -> bool:
    """Whether a hidden figure could be one less: a positive one is taken to be known as positive."""
    return value > 1


def _reaches(steps: Mapping[Node, list[Node]], start: Node, goal: Node) -> bool:
    """Whether units can move from `start` to `goal` other than by the arc that joins the two."""
    seen, waiting = {start}, [node for node in steps.get(start, ()) if node != goal]
    while waiting:
        node = waiting.pop()
        if node == goal:
            return True
        if node not in seen:
            seen.add(node)
            waiting.extend(steps.get(node, ()))
    return False


def _complement(flow: Mapping[Arc, int], hidden: set[Arc], exposed: Arc) -> Arc:
    """The figure to hide next: beside the exposed one, positive before zero, a cell before a total, the smallest."""
    crowd = {node: sum(node in arc for arc in hidden) for node in exposed}
    for node in sorted(exposed, key=lambda n: (crowd[n], repr(n))):
        if beside := [arc for arc in flow if node in arc and arc not in hidden]:
            return min(beside, key=lambda arc: _cost(flow, arc))
    return min((arc for arc in flow if arc not in hidden), key=lambda arc: _cost(flow, arc))


def _cost(flow: Mapping[Arc, int], arc: Arc) -> tuple[bool, bool, int, str]:
    is_total = arc[0][0] != "row"
    return flow[arc] == 0, is_total, flow[arc], repr(arc)
