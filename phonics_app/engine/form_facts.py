"""What assembled forms measure: scores by ability, the score at the cut, the new correspondences covered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from phonics_app.domain.bank import Bank, Item
from phonics_app.domain.form import FormBlueprint, FormFacts, FormSet, NewCorrespondence
from phonics_app.engine.ability import Array, right_probability
from phonics_app.engine.cuts import mastery_cut
from phonics_app.engine.form_pool import candidates, name_of, new_at

REACH, STEP = 2.0, 0.05
"""Scores are told from `REACH` logits below the lowest level's cut to as much above the highest's (a level: 1.2)."""
_DECIMALS = 4


def form_facts(blueprint: FormBlueprint, made: FormSet, bank: Bank, mastery: float) -> FormFacts:
    """`mastery`: share of a level's items that counts as mastery."""
    if made.cut is None:
        return FormFacts((), (), (), (), ())
    slope = bank.placement.slopes[len(bank.placement.slopes) // 2]
    cuts = _cuts(bank, slope, mastery)
    near = [cut for level, cut in cuts.items() if level in made.levels] or [made.cut]
    thetas = np.arange(min(near) - REACH, max(near) + REACH + STEP / 2, STEP)
    by_id = {item.id: item for item in bank.items}
    forms = [[by_id[item_id] for item_id in form.items] for form in made.forms]
    at_cut = (float(_scores(items, slope, np.array([made.cut]))[0]) for items in forms)
    return FormFacts(
        cuts=tuple(cuts.items()),
        thetas=tuple(thetas.round(_DECIMALS).tolist()),
        scores=tuple(tuple(_scores(items, slope, thetas).round(_DECIMALS).tolist()) for items in forms),
        at_cut=tuple(round(score, _DECIMALS) for score in at_cut),
        new=_new(blueprint, made, bank),
    )


def _cuts(bank: Bank, slope: float, mastery: float) -> dict[int, float]:
    """The placement test's cuts, of levels that have items for it."""
    asked = {
        level.number: [item for item in bank.active(level.number) if any(r.takes(item) for r in bank.placement.blocks)]
        for level in bank.levels
    }
    return {number: mastery_cut(items, slope, mastery) for number, items in asked.items() if items}


def _scores(items: Sequence[Item], slope: float, thetas: Array) -> Array:
    curves = (
        right_probability(thetas, slope, i.difficulty.value, i.difficulty.standard_error, i.guessing) for i in items
    )
    return np.asarray(np.sum(list(curves), axis=0))


def _new(blueprint: FormBlueprint, made: FormSet, bank: Bank) -> tuple[NewCorrespondence, ...]:
    having = {candidate.id: candidate.new for candidate in candidates(blueprint, made.levels, bank, ())}
    tested = frozenset[str]().union(*having.values())
    in_form = {form.letter: frozenset[str]().union(*(having[i] for i in form.items)) for form in made.forms}
    new, ordered = new_at(bank.correspondences, made.levels), dict.fromkeys(map(name_of, bank.correspondences))
    return tuple(
        NewCorrespondence(name, tuple(letter for letter, names in in_form.items() if name in names), name in tested)
        for name in ordered
        if name in new
    )
