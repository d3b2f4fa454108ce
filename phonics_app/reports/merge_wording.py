"""Words for two records of one pupil, for pages and the command line."""

from __future__ import annotations

from phonics_app.domain.merge import Likeness, MergePreview
from phonics_app.locales import N_, Translate

_LIKENESSES = {Likeness.NAME: N_("the name"), Likeness.NUMBER: N_("the number")}


def likeness_label(_: Translate, likeness: Likeness) -> str:
    return _(_LIKENESSES[likeness])


def merge_sentences(_: Translate, preview: MergePreview) -> list[str]:
    """What putting the two together does, and which figures change by it."""
    kept, merged = preview.kept.pupil, preview.merged.pupil
    told = [
        _(
            "{name}, number {number}, stays; classes, names, tests, results and decisions of both are its history."
        ).format(name=kept.name, number=kept.number),
        _("Number {number} is free again, and stands among the pupil's earlier names and numbers.").format(
            number=merged.number
        ),
        _("No test is changed: each keeps its school, class, day and result."),
    ]
    if preview.years:
        years = ", ".join(map(str, preview.years))
        told.append(
            _("Both are in a class in {years}: the later class counts, the other one is kept.").format(years=years)
        )
    if preview.rounds:
        rounds = ", ".join(f"{round_.term}/{round_.year}" for round_ in preview.rounds)
        told.append(
            _(
                "Both were tested in term {rounds}: dashboards count the pupil once from now on, by the later test."
            ).format(rounds=rounds)
        )
    return told
