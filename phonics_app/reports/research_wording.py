"""What is too small in a research export, and how coarse it would have to be, in words."""

from __future__ import annotations

from collections.abc import Mapping

from phonics_app.domain.grade import Grade
from phonics_app.locales import N_, Translate, translator
from phonics_app.progress.research import Coarseness, Known, SmallGroup
from phonics_app.reports.labels import STAGES

STEPS = {
    "no_schools": N_("leave schools out"),
    "no_sex": N_("leave sex out"),
    "stages": N_("stages instead of grades"),
    "years": N_("years instead of terms"),
    "unlinked": N_("tests of one pupil not linked"),
}
_SEXES = {"male": N_("boy"), "female": N_("girl"), "unknown": N_("not known")}


def group_text(group: SmallGroup, schools: Mapping[str, str], language: str) -> str:
    """What is known of the pupils of a group, record by record."""
    _ = translator(language)
    return "; ".join(_known_text(_, known, schools, language) for known in group.known)


def _known_text(_: Translate, known: Known, schools: Mapping[str, str], language: str) -> str:
    school, sex, grade, time = known
    stages = {stage.value: _(text) for stage, text in STAGES.items()}
    where = stages[grade] if grade in stages else Grade(grade).label(language)
    parts = (schools.get(school, school), _(_SEXES[sex]) if sex in _SEXES else sex, where, time)
    return ", ".join(part for part in parts if part)


def coarseness_text(coarse: Coarseness, language: str) -> str:
    _ = translator(language)
    return " + ".join(_(STEPS[step]) for step in coarse.steps) or _("as fine as there is")
