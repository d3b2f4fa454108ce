"""Choosing items for parallel forms as a mixed-integer linear programme (van der Linden 2005, *Linear Models for
Optimal Test Design*, chapters 4–5), solved by HiGHS through scipy.

Every item and form has a variable that is 1 where the item stands in the form. What must hold is linear in these,
and so is the expected score; the largest difference between forms is one more variable, to be minimised.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from random import Random
from typing import TypeVar

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import coo_array

from phonics_app.domain.errors import PhonicsError
from phonics_app.domain.form import FormBlueprint, FormPart
from phonics_app.engine.ability import Array
from phonics_app.engine.form_pool import Candidate

T = TypeVar("T", tuple[str, ...], str)

SECONDS = 60.0
"""Most time of one solution, a safeguard: searches end by their goal long before."""
NODES = 200
"""Most nodes of the search, so that a fast and a slow machine end at the same forms."""
NEAR = 0.25
"""Of the tolerance: forms this near are alike enough, and the search ends. Zero can hardly be reached or proved."""
_GAP, _ROUNDING = 0.05, 1e-6
_COST_MISSING = 1000.0
_COST_UNASKED, _COST_AGAIN = 1.0, 0.1
_WHOLE, _REAL = 1, 0
MINIMUM, LENGTH, NEUTRAL = "forms.lack_minimum", "forms.lack_length", "forms.lack_neutral"


@dataclass(frozen=True, slots=True)
class Lack:
    """What the bank can't meet: the `MINIMUM` of a part (by index), or of the whole form `LENGTH` or `NEUTRAL`."""

    code: str
    part: int = -1


@dataclass(frozen=True, slots=True)
class Selection:
    """The candidates of each form by index, or what the bank lacks for them."""

    forms: tuple[tuple[int, ...], ...]
    missing: Mapping[Lack, int]
    """What lacks → items, over all forms."""
    uncovered: tuple[frozenset[str], ...]
    """Of each form the new correspondences without an item, where there are items."""
    gap: float
    """Points by which forms that are more alike might still be found."""


@dataclass(slots=True)
class _Program:
    """Columns with bounds, kind and cost; rows as sparse entries."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    limits: list[tuple[float, float]] = field(default_factory=list)

    def column(self, low: float, high: float, kind: int, cost: float = 0.0) -> int:
        self.low.append(low)
        self.high.append(high)
        self.kind.append(kind)
        self.cost.append(cost)
        return len(self.low) - 1

    def row(self, terms: Mapping[int, float], low: float = -np.inf, high: float = np.inf) -> None:
        self.entries += [(len(self.limits), column, value) for column, value in terms.items()]
        self.limits.append((low, high))

    def solve(self) -> OptimizeResult:
        rows, columns, values = zip(*self.entries, strict=True)
        shape = (len(self.limits), len(self.low))
        low, high = zip(*self.limits, strict=True)
        return milp(
            np.array(self.cost),
            integrality=np.array(self.kind),
            bounds=Bounds(np.array(self.low), np.array(self.high)),
            constraints=LinearConstraint(coo_array((values, (rows, columns)), shape=shape).tocsc(), low, high),
            options={"time_limit": SECONDS, "node_limit": NODES, "mip_rel_gap": _GAP},
        )


def least_neutral(blueprint: FormBlueprint) -> int:
    """Items of a form that no Thai habit of speech disturbs."""
    return ceil(blueprint.transfer_neutral * blueprint.length - _ROUNDING)


class _Choice:
    """The programme of one set of forms: what must hold in every form, with a slack for each thing that may lack."""

    def __init__(self, blueprint: FormBlueprint, parts: Sequence[FormPart], pool: Sequence[Candidate]) -> None:
        self.blueprint, self.parts, self.pool = blueprint, parts, pool
        self.program = _Program()
        self.forms = range(blueprint.forms)
        self.chosen = [[self.program.column(0, 1, _WHOLE) for _ in self.forms] for _ in pool]
        self.planned: dict[tuple[int, str], int] = {}
        self.lacking: dict[tuple[int, str], list[int]] = {}
        self.not_neutral: list[int] = []
        self.left_out: list[dict[str, int]] = [{} for _ in self.forms]
        self.again: list[int] = []
        self._apart()
        self._enemies()
        self._counts()
        self._neutral()
        self._cover()

    def _sum(self, form: int, members: Sequence[int]) -> dict[int, float]:
        return {self.chosen[i][form]: 1.0 for i in members}

    def _apart(self) -> None:
        """No item in two forms, or as few as possible."""
        for columns in self.chosen:
            shared: dict[int, float] = {}
            if not self.blueprint.separate:
                self.again.append(self.program.column(0, len(columns) - 1, _REAL, _COST_AGAIN))
                shared = {self.again[-1]: -1.0}
            self.program.row(dict.fromkeys(columns, 1.0) | shared, high=1)

    def _enemies(self) -> None:
        """At most one that asks for a word; none of these beside another that shows it."""
        asking, showing = _by_token([c.words for c in self.pool]), _by_token([c.shown for c in self.pool])
        for token, askers in sorted(asking.items()):
            groups = [[*askers, other] for other in showing.get(token, ()) if other not in askers] or [askers]
            for group in groups:
                for form in self.forms:
                    if len(group) > 1:
                        self.program.row(self._sum(form, group), high=1)

    def _counts(self) -> None:
        """As many of each task in every form; what the bank lacks is made up by slack."""
        for number, part in enumerate(self.parts):
            tasks = {c.task for c in self.pool if c.part == number} | {task.value for task in part.tasks}
            keys = [(number, task) for task in sorted(tasks or {part.strand.value})]
            for key in keys:
                self._count(key, part.maximum)
            self.program.row({self.planned[key]: 1.0 for key in keys}, part.minimum, part.maximum)
        length = self.blueprint.length
        self.program.row(dict.fromkeys(self.planned.values(), 1.0), 0 if self.blueprint.recur else length, length)

    def _count(self, key: tuple[int, str], maximum: int) -> None:
        wanted = -_COST_UNASKED if self.blueprint.recur else 0.0
        planned = self.planned[key] = self.program.column(0, maximum, _WHOLE, wanted)
        lacking = self.lacking[key] = [self.program.column(0, maximum, _WHOLE, _COST_MISSING) for _ in self.forms]
        members = [i for i, c in enumerate(self.pool) if (c.part, c.task) == key]
        for form in self.forms:
            self.program.row(self._sum(form, members) | {lacking[form]: 1.0, planned: -1.0}, 0, 0)

    def _neutral(self) -> None:
        least = least_neutral(self.blueprint)
        members = [i for i, c in enumerate(self.pool) if c.neutral]
        for form in self.forms if least else ():
            slack = self.program.column(0, least, _WHOLE, _COST_MISSING)
            self.not_neutral.append(slack)
            self.program.row(self._sum(form, members) | {slack: 1.0}, least)

    def _cover(self) -> None:
        """Each new correspondence as often as is wanted, where an item has it at all."""
        wanted = self.blueprint.cover_new
        for name, members in sorted(_by_token([c.new for c in self.pool]).items()) if wanted else ():
            for form in self.forms:
                slack = self.left_out[form][name] = self.program.column(0, wanted, _REAL, 1.0)
                self.program.row(self._sum(form, members) | {slack: 1.0}, wanted)

    def settle(self, solved: Array) -> None:
        """What was found to be possible at best must hold from now on, so that only the likeness is sought."""
        program = self.program
        for column in (*(c for columns in self.lacking.values() for c in columns), *self.not_neutral):
            program.high[column] = round(solved[column])
        left_out = [column for of_form in self.left_out for column in of_form.values()]
        for slacks in filter(None, (left_out, self.again)):
            program.row(dict.fromkeys(slacks, 1.0), high=sum(solved[c] for c in slacks) + _ROUNDING)
        if self.blueprint.recur:
            program.row(dict.fromkeys(self.planned.values(), 1.0), sum(round(solved[c]) for c in self.planned.values()))
        program.cost = [0.0] * len(program.cost)

    def make_alike(self, curves: Array, goal: float) -> None:
        """Every form's expected score within a band at every ability, the widest band as narrow as possible."""
        program = self.program
        widest = program.column(goal, np.inf, _REAL, 1.0)
        for curve in curves.T:
            floor = program.column(-np.inf, np.inf, _REAL)
            for form in self.forms:
                score = {self.chosen[i][form]: float(v) for i, v in enumerate(curve) if v > 1e-9} | {floor: -1.0}
                program.row(score, 0)
                program.row(score | {widest: -1.0}, high=0)
        self._break_ties(goal)

    def _break_ties(self, goal: float) -> None:
        """Costs by id, too small to matter together: of equally good forms always the same are taken."""
        most = _GAP * goal / (4 * self.blueprint.length * self.blueprint.forms)
        for candidate, columns in zip(self.pool, self.chosen, strict=True):
            for form, column in enumerate(columns):
                self.program.cost[column] = most * Random(f"{candidate.id}/{form}").random()

    def selection(self, solved: Array, gap: float) -> Selection:
        forms = [tuple(i for i, columns in enumerate(self.chosen) if solved[columns[f]] > 0.5) for f in self.forms]
        left_out = (frozenset(n for n, c in of_form.items() if solved[c] > 0.5) for of_form in self.left_out)
        return Selection(tuple(forms), self._missing(solved, forms), tuple(left_out), gap)

    def _missing(self, solved: Array, forms: Sequence[Sequence[int]]) -> dict[Lack, int]:
        """What lacks of a part's minimum; whatever else lacks could be of any part that has room.

        Over all forms; where they may share items, one that is added serves them all.
        """
        together = sum if self.blueprint.separate else max
        missing: dict[Lack, int] = {}
        for number, part in enumerate(self.parts):
            counts = [sum(1 for i in form if self.pool[i].part == number) for form in forms]
            missing[Lack(MINIMUM, number)] = together(max(0, part.minimum - count) for count in counts)
        made_up = [sum(round(solved[columns[form]]) for columns in self.lacking.values()) for form in self.forms]
        missing[Lack(LENGTH)] = together(made_up) - sum(missing.values())
        missing[Lack(NEUTRAL)] = together([round(solved[column]) for column in self.not_neutral] or [0])
        return {lack: count for lack, count in missing.items() if count > 0}


def _by_token(sets: Iterable[frozenset[T]]) -> dict[T, list[int]]:
    """Token → the candidates that have it, in order."""
    found: dict[T, list[int]] = defaultdict(list)
    for index, tokens in enumerate(sets):
        for token in tokens:
            found[token].append(index)
    return found


def select(blueprint: FormBlueprint, parts: Sequence[FormPart], pool: Sequence[Candidate], curves: Array) -> Selection:
    """The items of each form. `curves`: candidates × abilities, points expected.

    First with the slacks, which says what is possible at best; then, where nothing lacks, for likeness.
    """
    choice = _Choice(blueprint, parts, pool)
    possible = choice.program.solve()
    if possible.x is None:
        raise PhonicsError("forms.no_solution", {"seconds": round(SECONDS)})
    first = choice.selection(possible.x, 0.0)
    if first.missing:
        return first
    goal = NEAR * blueprint.tolerance * blueprint.length * max(candidate.points for candidate in pool)
    choice.settle(possible.x)
    choice.make_alike(curves, goal)
    alike = choice.program.solve()
    if alike.x is None:
        return first
    return choice.selection(alike.x, float(alike.fun - max(alike.mip_dual_bound, goal)))
