"""What directors see: frames of codes and numbers, never of labels; every share comes with its n."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade, Stage
from phonics_app.progress.suppression import suppress


@dataclass(frozen=True, slots=True)
class Filters:
    """What a dashboard shows. None means all (that the actor may see)."""

    school_id: str | None = None
    round: Round | None = None
    """None: the latest round with results."""
    stage: Stage | None = None
    grade: Grade | None = None
    room: str | None = None

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grades that stage and grade leave; empty when neither is given."""
        if self.stage is None and self.grade is None:
            return ()
        return tuple(g for g in Grade if self.stage in (None, g.stage) and self.grade in (None, g))

    @property
    def impossible(self) -> bool:
        """The grade chosen does not belong to the stage chosen."""
        return self.stage is not None and self.grade is not None and self.grade.stage is not self.stage


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Frames hold codes and numbers, never labels; every share comes with its n.

    `levels`: school_id, grade, room, level, pupils (level NA: enrolled, not placed in this round).
    `change`: school_id, grade, moved (levels since the round `previous`, signed), pupils; of pupils placed in both.
    `expected`: school_id, grade, expected_level, placed, at_or_above, share (NA where none is placed, or where
    nothing is expected of the grade).
    `coverage`: school_id, grade, room, enrolled, tested, share.
    `history`: school_id, year, term, placed, mean_level, at_or_above, share — the course over all rounds.
    """

    filters: Filters
    round: Round | None
    previous: Round | None
    """The round with results before `round`, to which `change` compares."""
    rounds: tuple[Round, ...]
    """Rounds with results, oldest first."""
    levels: pd.DataFrame
    change: pd.DataFrame
    expected: pd.DataFrame
    coverage: pd.DataFrame
    history: pd.DataFrame
    simulated: bool
    versions: tuple[tuple[str, str, str], ...] = ()
    """Engine, bank and rubric versions named by the round's results."""
    erased: int = 0
    """Pupils of the round in these schools who were erased since, and are missing in the figures."""


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """Network schools by level, small cells hidden. `counts` as in `network_frame`."""

    round: Round | None
    rounds: tuple[Round, ...]
    counts: pd.DataFrame
    simulated: bool


LEVELS = ("school_id", "grade", "room", "level", "pupils")
CHANGE = ("school_id", "grade", "moved", "pupils")
EXPECTED = ("school_id", "grade", "expected_level", "placed", "at_or_above", "share")
COVERAGE = ("school_id", "grade", "room", "enrolled", "tested", "share")
HISTORY = ("school_id", "year", "term", "placed", "mean_level", "at_or_above", "share")
_KINDS = {
    "school_id": "string",
    "grade": "string",
    "room": "string",
    "share": "Float64",
    "mean_level": "Float64",
}


def frame(columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """Rows as a frame whose columns keep their kinds, empty or not: text, whole numbers with NA, or shares."""
    names = list(columns)
    made = pd.DataFrame(list(rows), columns=names)
    return made.astype({name: _KINDS.get(name, "Int64") for name in names})


def share(part: int, whole: int) -> float | None:
    """None, not 0, where there is nothing to take a share of."""
    return part / whole if whole else None


_GRADE_ORDER = {grade.value: grade.order for grade in Grade}
Count = tuple[str, Grade, str, int | None, int, int]
"""School, grade, room, level (None: not placed), pupils, of them tested."""


def levels_frame(counts: Iterable[Count]) -> pd.DataFrame:
    return frame(LEVELS, ((s, g.value, room, level, pupils) for s, g, room, level, pupils, _ in _in_order(counts)))


def coverage_frame(counts: Iterable[Count]) -> pd.DataFrame:
    """Tested of those enrolled, by class."""
    classes: dict[tuple[str, str, str], list[int]] = {}
    for school_id, grade, room, _, pupils, tested in _in_order(counts):
        sums = classes.setdefault((school_id, grade.value, room), [0, 0])
        sums[0] += pupils
        sums[1] += tested
    return frame(COVERAGE, ((*key, n, tested, share(tested, n)) for key, (n, tested) in classes.items()))


def expected_frame(counts: Iterable[Count], expected: Mapping[Grade, int]) -> pd.DataFrame:
    """How many of those placed are at or above the level expected of their grade."""
    grades: dict[tuple[str, Grade], list[int]] = {}
    for school_id, grade, _, level, pupils, _ in _in_order(counts):
        sums = grades.setdefault((school_id, grade), [0, 0])
        if level is not None:
            sums[0] += pupils
            sums[1] += pupils if level >= expected.get(grade, level + 1) else 0
    rows: list[tuple[object, ...]] = []
    for (school_id, grade), (placed, reached) in grades.items():
        if grade in expected:
            rows.append((school_id, grade.value, expected[grade], placed, reached, share(reached, placed)))
        else:
            rows.append((school_id, grade.value, None, placed, None, None))
    return frame(EXPECTED, rows)


def change_frame(moves: Iterable[tuple[str, Grade, int, int]]) -> pd.DataFrame:
    ordered = sorted(moves, key=lambda m: (m[0], m[1].order, m[2]))
    return frame(CHANGE, ((s, g.value, moved, n) for s, g, moved, n in ordered))


def history_frame(course: Iterable[tuple[str, Round, int, float, int, int]]) -> pd.DataFrame:
    """From school, round, placed, mean level, judged (their grade has an expected level) and at or above."""
    return frame(
        HISTORY,
        ((s, r.year, r.term, placed, mean, up, share(up, judged)) for s, r, placed, mean, judged, up in course),
    )


def summed(data: pd.DataFrame, by: str, kept: Sequence[str], totals: Sequence[str]) -> pd.DataFrame:
    """`totals` summed for every group and every value of `kept`: group, *kept, *totals.

    `by` is "school_id", "grade", "stage" or "room"; a group of "room" is written "P3/2" ("P3/" where there is no room).
    Grades come in school order, schools in the order of `data`.
    """
    grouped = data.assign(group=_groups(data, by))
    if by != "school_id":
        grouped = grouped.sort_values("grade", key=lambda column: column.map(_GRADE_ORDER), kind="stable")
    return grouped.groupby(["group", *kept], dropna=False, sort=False)[list(totals)].sum().reset_index()


def _groups(data: pd.DataFrame, by: str) -> pd.Series[str]:
    if by == "stage":
        return data["grade"].map(lambda grade: Grade(grade).stage.value)
    return data["grade"] + "/" + data["room"] if by == "room" else data[by]


def _in_order(counts: Iterable[Count]) -> list[Count]:
    return sorted(counts, key=lambda c: (c[0], c[1].order, c[2], c[3] is None, c[3] or 0))


def network_frame(counts: Iterable[Count]) -> pd.DataFrame:
    """Pupils by school and level with small cells suppressed; every school has a row for every level.

    Columns: school_id, level (NA: not placed), pupils, suppressed, school_total, level_total, total (NA: hidden).
    """
    cells: dict[tuple[str, int | None], int] = {}
    for school_id, _, _, level, pupils, _ in _in_order(counts):
        cells[school_id, level] = cells.get((school_id, level), 0) + pupils
    shown = suppress(cells)
    order = sorted(shown.cells, key=lambda cell: (cell[0], cell[1] is None, cell[1] or 0))
    made = frame(
        ("school_id", "level", "pupils", "school_total", "level_total", "total"),
        ((s, lv, shown.cells[s, lv], shown.row_totals[s], shown.column_totals[lv], shown.total) for s, lv in order),
    )
    made.insert(3, "suppressed", made["pupils"].isna())
    return made
