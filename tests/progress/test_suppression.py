"""Nothing hidden can be worked out: checked by linear programming, a way independent of the one under test."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from phonics_app.domain.grade import Grade
from phonics_app.progress.dashboard import network_frame
from phonics_app.progress.suppression import SMALLEST_SHOWN, suppress


@st.composite
def tables(draw):
    rows = draw(st.integers(1, 4))
    columns = draw(st.integers(1, 4))
    sizes = st.one_of(st.integers(0, 8), st.integers(0, 60))
    return np.array(draw(st.lists(sizes, min_size=rows * columns, max_size=rows * columns))).reshape(rows, columns)


def shown_of(table):
    cells = {(str(i), j): int(v) for (i, j), v in np.ndenumerate(table)}
    return cells, suppress(cells)


def with_totals(table):
    """The table with a row and a column of totals."""
    wide = np.hstack([table, table.sum(axis=1, keepdims=True)])
    return np.vstack([wide, wide.sum(axis=0, keepdims=True)])


def as_matrix(shown, shape):
    rows, columns = shape
    matrix = [[shown.cells[str(i), j] for j in range(columns)] + [shown.row_totals[str(i)]] for i in range(rows)]
    return [*matrix, [shown.column_totals[j] for j in range(columns)] + [shown.total]]


def possible_ranges(full, published):
    """Smallest and largest value of every hidden figure, given all that is published and that sums are sums."""
    shape = full.shape
    index = np.arange(full.size).reshape(shape)
    equations = []
    for line in (*index, *index.T):
        row = np.zeros(full.size)
        row[line[:-1]] = 1
        row[line[-1]] = -1
        equations.append(row)
    bounds = []
    for value, shown in zip(full.ravel(), [v for line in published for v in line], strict=True):
        bounds.append((min(1, value), None) if shown is None else (shown, shown))
    for place, shown in enumerate(v for line in published for v in line):
        if shown is None:
            aim = np.zeros(full.size)
            aim[place] = 1
            ends = [linprog(s * aim, A_eq=equations, b_eq=np.zeros(len(equations)), bounds=bounds) for s in (1, -1)]
            low = ends[0].fun
            high = np.inf if ends[1].status == 3 else -ends[1].fun
            yield low, high


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_hidden_figure_can_be_worked_out(table):
    _, shown = shown_of(table)
    published = as_matrix(shown, table.shape)
    for low, high in possible_ranges(with_totals(table), published):
        assert high - low > 0.999


COUNTS = st.tuples(st.integers(0, 2), st.sampled_from((None, 1, 2, 3)), st.integers(1, 9))
"""School, level, pupils."""


@settings(max_examples=40, deadline=None)
@given(st.lists(COUNTS, min_size=1, max_size=9))
def test_a_page_can_not_be_solved_for_what_it_hides(counts):
    """All that the page shows is a linear system: cells, totals by school, by level, of all. What it hides stays open.

    Classes and grades of a school are shown together only, so there is no second table to subtract from this one.
    """
    frame = network_frame((f"s{s}", Grade.P1 if n % 2 else Grade.P2, str(n), level, n, n) for s, level, n in counts)
    cells = list(zip(frame["school_id"], frame["level"].fillna(0), strict=True))
    rows, hidden = [], frame["pupils"].isna().to_numpy()
    for number, shown in enumerate(frame["pupils"]):
        if not pd.isna(shown):
            rows.append([float(number == at) for at in range(len(cells))])
    for place, total in ((0, "school_total"), (1, "level_total")):
        for key in dict.fromkeys(cell[place] for cell in cells):
            if not pd.isna(frame[total][[cell[place] for cell in cells].index(key)]):
                rows.append([float(cell[place] == key) for cell in cells])
    if not pd.isna(frame["total"].iloc[0]):
        rows.append([1.0] * len(cells))
    known = np.array(rows).reshape(len(rows), len(cells))
    rank = np.linalg.matrix_rank(known) if rows else 0
    for at in np.flatnonzero(hidden):
        alone = np.zeros(len(cells))
        alone[at] = 1
        assert np.linalg.matrix_rank(np.vstack([known, alone])) > rank


@settings(max_examples=200, deadline=None)
@given(tables())
def test_what_is_shown_is_true_and_never_small(table):
    _, shown = shown_of(table)
    for true_line, line in zip(with_totals(table), as_matrix(shown, table.shape), strict=True):
        for true, figure in zip(true_line, line, strict=True):
            assert figure is None or figure == true
            assert figure is None or figure == 0 or figure >= SMALLEST_SHOWN


def test_nothing_is_hidden_without_need():
    _, shown = shown_of(np.array([[12, 0, 30], [5, 9, 0]]))
    assert None not in [*shown.cells.values(), *shown.row_totals.values(), *shown.column_totals.values(), shown.total]


def test_a_second_cell_goes_with_a_small_one():
    """With the row's total shown, 3 would follow from 20 − 17."""
    _, shown = shown_of(np.array([[3, 17, 40], [30, 25, 50]]))
    hidden = {cell for cell, value in shown.cells.items() if value is None}
    assert hidden == {("0", 0), ("0", 1), ("1", 0), ("1", 1)}
    assert shown.row_totals == {"0": 60, "1": 105}


def test_as_little_as_possible_goes_with_a_small_cell_and_its_total():
    """Beside a zero, the cheapest way out is one more cell and one more total, not the whole row."""
    _, shown = shown_of(np.array([[20, 60, 3], [15, 55, 0]]))
    hidden = {cell for cell, value in shown.cells.items() if value is None}
    assert hidden == {("0", 0), ("0", 2)}
    assert shown.row_totals == {"0": 83, "1": 70}
    assert shown.column_totals == {0: None, 1: 115, 2: None}


@pytest.mark.parametrize("value", [1, 4])
def test_a_single_small_school_shows_nothing(value):
    _, shown = shown_of(np.array([[value]]))
    assert (shown.cells["0", 0], shown.row_totals["0"], shown.total) == (None, None, None)


def test_missing_cells_are_zero():
    assert suppress({("a", 1): 9, ("b", None): 12}).cells == {("a", 1): 9, ("a", None): 0, ("b", 1): 0, ("b", None): 12}
