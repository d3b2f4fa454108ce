"""Parallel fixed forms from a blueprint and the bank; the same bank always gives the same forms."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from phonics_app.domain.bank import Bank
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.form import Form, FormBlueprint, FormPart, FormSet
from phonics_app.domain.passage import Passage
from phonics_app.domain.strand import Strand
from phonics_app.engine.ability import Array
from phonics_app.engine.assembly import GRID
from phonics_app.engine.cuts import mastery_cut
from phonics_app.engine.form_pool import Candidate, candidates, new_at
from phonics_app.engine.form_program import LENGTH, MINIMUM, NEUTRAL, Lack, Selection, least_neutral, select

ASSEMBLY_VERSION = "1"
"""Raise it whenever the same bank could lead to other forms."""
REACH, STEP = 1.5, 0.5
"""Forms are matched at abilities a `STEP` apart, from `REACH` logits below the easiest item to as much above the
hardest: round the cut, where the items are neither all wrong nor all right. All between and beyond is measured."""
MEASURED = np.linspace(GRID.minimum, GRID.maximum, 721)
"""Abilities at which the difference is measured, a fortieth of a logit apart."""
STORED = np.linspace(GRID.minimum, GRID.maximum, 37)
_DECIMALS = 4

Sheet = tuple[int, ...]
"""Candidates of a form in the order in which they are given."""


def assemble_forms(
    blueprint: FormBlueprint, levels: Sequence[int], bank: Bank, passages: Iterable[Passage], mastery: float
) -> FormSet:
    """The forms of one set of levels, lowest first. `mastery`: share of a level's items that counts as mastery.

    Raises `ProblemsFound` "forms.too_thin" with everything that the bank lacks, and how many items of it.
    """
    parts = blueprint.parts_at(levels[-1])
    pool = candidates(blueprint, levels, bank, passages)
    cut = _cut(bank, pool, levels[-1], mastery)
    asked = _Asked(blueprint, tuple(levels), pool, bank.placement.slopes, cut)
    selection = select(blueprint, parts, pool, asked.curves(_matched(pool)))
    if selection.missing:
        raise ProblemsFound(_lacks(blueprint, parts, levels, selection), "forms.too_thin")
    return asked.form_set(bank, selection)


def _matched(pool: Sequence[Candidate]) -> Array:
    difficulties = [candidate.item.difficulty.value for candidate in pool if candidate.item] or [0.0]
    return np.arange(min(difficulties) - REACH, max(difficulties) + REACH + STEP, STEP)


def _cut(bank: Bank, pool: Sequence[Candidate], level: int, mastery: float) -> float | None:
    """The placement test's cut of the level, so that both tests mean the same; none for passages."""
    items = [item for item in bank.active(level) if any(rule.takes(item) for rule in bank.placement.blocks)]
    slopes = bank.placement.slopes
    if not items or not any(candidate.item for candidate in pool):
        return None
    return mastery_cut(items, slopes[len(slopes) // 2], mastery)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the forms of one set are drawn from, and how it is measured."""

    blueprint: FormBlueprint
    levels: tuple[int, ...]
    pool: tuple[Candidate, ...]
    slopes: tuple[float, ...]
    cut: float | None

    @property
    def id(self) -> str:
        return f"{self.blueprint.id}-{_span(self.levels)}"

    def curves(self, theta: Array) -> Array:
        """Candidates × (slopes × abilities): points expected."""
        of_slopes = ([candidate.curve(theta, slope) for candidate in self.pool] for slope in self.slopes)
        return np.hstack([np.reshape(curves, (len(self.pool), theta.size)) for curves in of_slopes])

    def form_set(self, bank: Bank, selection: Selection) -> FormSet:
        sheets = [self._sheet(chosen, n) for n, chosen in enumerate(selection.forms)]
        maximum = max(sum(self.pool[i].points for i in sheet) for sheet in sheets)
        difference, at = self._difference(sheets)
        share = round(difference / maximum, _DECIMALS)
        return FormSet(
            blueprint_id=self.blueprint.id,
            blueprint_version=self.blueprint.version,
            bank_version=bank.version,
            assembly_version=ASSEMBLY_VERSION,
            levels=self.levels,
            cut=self.cut,
            thetas=tuple(STORED.tolist()),
            forms=tuple(self._form(sheet, n) for n, sheet in enumerate(sheets)),
            maximum=maximum,
            difference=share,
            difference_at=at if self.cut is not None else None,
            gap=round(selection.gap, _DECIMALS),
            notes=(*_unlike(self.blueprint, share), *self._left_out(bank, selection)),
        )

    def _sheet(self, chosen: Sequence[int], number: int) -> Sheet:
        """Part by part, the easiest first; a grid that is filled up goes round, each round in an order of its own."""
        random = Random(f"{self.blueprint.id}/{number}/{[self.pool[i].id for i in chosen]}")
        ordered = sorted(random.sample(chosen, len(chosen)), key=lambda i: (self.pool[i].part, self.pool[i].order))
        if not self.blueprint.recur:
            return tuple(ordered)
        rounds, rest = divmod(self.blueprint.length, len(ordered))
        # The last round is of every difficulty, so that forms stay alike.
        last = [ordered[n * len(ordered) // rest] for n in range(rest)]
        return tuple(i for cells in [ordered] * rounds + [last] for i in random.sample(cells, len(cells)))

    def _difference(self, sheets: Sequence[Sheet]) -> tuple[float, float]:
        """The largest difference in points at any ability and slope, and the ability."""
        curves = self.curves(MEASURED)
        scores = np.stack([curves[list(sheet)].sum(axis=0) for sheet in sheets])
        apart = scores.max(axis=0) - scores.min(axis=0)
        return float(apart.max()), float(MEASURED[apart.argmax() % MEASURED.size])

    def _form(self, sheet: Sheet, number: int) -> Form:
        middle = self.slopes[len(self.slopes) // 2]
        expected = np.sum([self.pool[i].curve(STORED, middle) for i in sheet], axis=0)
        letter = string.ascii_uppercase[number]
        ids = tuple(self.pool[i].id for i in sheet)
        return Form(f"{self.id}-{letter}", letter, ids, tuple(expected.round(_DECIMALS).tolist()))

    def _left_out(self, bank: Bank, selection: Selection) -> Iterator[Problem]:
        """New correspondences without an item: in the bank, or in one of the forms for want of room."""
        if not self.blueprint.cover_new:
            return
        tested = frozenset[str]().union(*(candidate.new for candidate in self.pool))
        if none := new_at(bank.correspondences, self.levels) - tested:
            yield _note("forms.no_item", self.id, none)
        for number, left_out in enumerate(selection.uncovered):
            if left_out:
                yield _note("forms.left_out", f"{self.id}-{string.ascii_uppercase[number]}", left_out)


def _span(levels: Sequence[int]) -> str:
    return "-".join(str(level) for level in levels)


def _note(code: str, forms: str, names: Iterable[str]) -> Problem:
    return Problem(code, Place(), ", ".join(sorted(names)), forms, warning=True)


def _unlike(blueprint: FormBlueprint, share: float) -> Iterator[Problem]:
    if share > blueprint.tolerance:
        yield Problem("forms.unlike", Place(), f"{share:.1%}", f"{blueprint.tolerance:.1%}")


def _lacks(
    blueprint: FormBlueprint, parts: Sequence[FormPart], levels: Sequence[int], selection: Selection
) -> Iterator[Problem]:
    """One problem for each thing that lacks: where, how many more items, and how many the forms want in all."""
    in_a_form = {LENGTH: blueprint.length, NEUTRAL: least_neutral(blueprint)}
    forms = blueprint.forms if blueprint.separate else 1
    for lack, count in selection.missing.items():
        needed = parts[lack.part].minimum if lack.code == MINIMUM else in_a_form[lack.code]
        yield Problem(lack.code, _place(parts, levels, lack), str(count), str(needed * forms))


def _place(parts: Sequence[FormPart], levels: Sequence[int], lack: Lack) -> Place:
    of = [parts[lack.part]] if lack.code == MINIMUM else parts
    tasks = dict.fromkeys(task.value for part in of for task in part.tasks)
    names = [*tasks] or [*dict.fromkeys(part.strand.value for part in of)]
    read = any(part.strand is Strand.ORAL_READING_FLUENCY for part in of)
    return Place(file="passages/*.toml" if read else "items/*.csv", column=f"level {_span(levels)}, {', '.join(names)}")
