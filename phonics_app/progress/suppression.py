"""Suppression of small cells, so that no pupil can be found in what is shown of schools beyond one's own.

Cells of 1 to 4 are hidden, and totals of 1 to 4 as well; then more figures, as few pupils as possible, until nothing
hidden follows from what is shown.

The table with its totals is a circulation: a source gives every row its total, a row gives every column a cell, a
column hands its total to a sink, which returns it to the source. A hidden figure is safe exactly when a cycle of hidden
figures runs through it along which one unit can move: then it could as well be one more or one less, with all that
is shown still true. (Network models of cell suppression: Cox 1995, J. Am. Stat. Assoc. 90:1453–1462.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

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
        hidden |= _complements(flow, hidden, exposed)

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


def _complements(flow: Mapping[Arc, int], hidden: set[Arc], exposed: Arc) -> set[Arc]:
    """The cheapest figures that, hidden too, close a cycle through the exposed one (Dijkstra's algorithm)."""
    tail, head = exposed
    waiting: list[tuple[int, int, Node, frozenset[Arc]]] = [(0, 0, head, frozenset())]
    done: set[Node] = set()
    number = 0
    while waiting:
        cost, _, node, passed = heappop(waiting)
        if node == tail:
            return set(passed) - hidden
        if node in done:
            continue
        done.add(node)
        for arc, value in flow.items():
            onward = _onward(arc, value, node)
            if arc != exposed and onward is not None and onward not in done:
                number += 1
                price = 0 if arc in hidden else _price(arc, value)
                heappush(waiting, (cost + price, number, onward, passed | {arc}))
    raise AssertionError("a circulation has a cycle through every arc")


def _onward(arc: Arc, value: int, node: Node) -> Node | None:
    """Where a unit can go from `node` by making this figure one more, or one less."""
    if arc[0] == node:
        return arc[1]
    return arc[0] if arc[1] == node and _can_shrink(value) else None


def _price(arc: Arc, value: int) -> int:
    """What hiding costs: a cell its pupils, a zero (which hides little) more, a total far more."""
    if arc[0][0] != "row":
        return 100_000 + value
    return 10 + value if value else 1_000
