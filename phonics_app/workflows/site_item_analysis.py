"""What the answers of a site's own pupils say of its items: figures of all schools together, without a name.

The items are calibrated as in a calibration, so on the scale of the levels; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from threading import Lock

import numpy as np
from sqlalchemy import Connection

from phonics_app.calibration.dif import Grouping, Shift, Verdict, differential_functioning
from phonics_app.calibration.estimation import Calibration
from phonics_app.calibration.item_analysis import AnswerDetails, ItemAnalysis, analyse_items
from phonics_app.calibration.item_flags import THRESHOLDS, Finding, Flag
from phonics_app.calibration.reliability import Band, DecisionQuality, Reliability, decision_quality, reliabilities
from phonics_app.calibration.responses import Array
from phonics_app.calibration.scoring import abilities
from phonics_app.domain.account import Actor
from phonics_app.domain.bank import Item
from phonics_app.domain.errors import Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Sex
from phonics_app.domain.strand import Strand
from phonics_app.engine.assembly import plan_for
from phonics_app.records import sitting_facts
from phonics_app.workflows.calibration_answers import (
    START_LEVEL,
    SiteAnswers,
    count_calibrated,
    groups_of,
    site_answers,
)
from phonics_app.workflows.calibrations import LEAST_SITTINGS
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.schools import list_schools
from phonics_app.workflows.site_calibration import Progress, calibrate_site, part

__all__ = [
    "LEAST_SITTINGS",
    "AnalysedItem",
    "Band",
    "DecisionQuality",
    "Difference",
    "Flag",
    "Reliability",
    "SiteAnalysis",
    "Trait",
    "Verdict",
    "analyse_site_items",
    "count_tests",
    "kept_analysis",
]
_kept: dict[tuple[str, str], SiteAnalysis] = {}
"""Of one site and its items: figures without a name, the same for everybody, and slow to make."""
_one_at_a_time = Lock()


class Trait(StrEnum):
    """By what pupils are compared."""

    SCHOOL = "school"
    SEX = "sex"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class AnalysedItem:
    item: Item
    told: ItemAnalysis
    share_of_tests: float
    """In which it was asked, 0–1; of a pupil who met it twice only the first time counts."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Most urgent first."""
        return self.told.findings

    @property
    def enough(self) -> bool:
        """Whether there are answers enough to say something."""
        return all(finding.flag is not Flag.TOO_FEW for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Difference:
    """`group`: id of a school ("" for one that the actor does not see), value of a `Sex` or of a `Grade`. `item`: of a
    single one that was compared beyond its skill."""

    trait: Trait
    group: str
    strand: Strand
    level: int
    item: str
    shift: Shift


@dataclass(frozen=True, slots=True)
class SiteAnalysis:
    """`finished`: tests that there were; `tests`: those of them with an answer that counts.

    `items`: most urgent first. `cuts`: of each level the ability at which it is mastered. `compared`: traits by which
    there is anything to compare; `items_not_tested`: by these, single items too seldom answered to be compared.
    `reliability`: of all together (group ""), and by the levels at which tests began. `bands` of `decisions`: levels.
    """

    made_at: datetime
    finished: int
    tests: int
    pupils: int
    answers: int
    simulated: bool
    converged: bool
    items: tuple[AnalysedItem, ...]
    cuts: tuple[tuple[int, float], ...]
    compared: tuple[Trait, ...]
    differences: tuple[Difference, ...]
    items_not_tested: Mapping[Trait, int]
    reliability: tuple[Reliability, ...]
    decisions: DecisionQuality

    @property
    def least_answers(self) -> int:
        """Of an item, for anything to be said of it."""
        return round(THRESHOLDS[Flag.TOO_FEW].value)


def count_tests(phonics: Phonics, actor: Actor) -> int:
    """Finished tests that an analysis would rest on. PROPOSE_ITEMS."""
    require(actor, Action.PROPOSE_ITEMS)
    with phonics.store.read() as connection:
        return count_calibrated(connection)


def kept_analysis(phonics: Phonics, actor: Actor) -> SiteAnalysis | None:
    """What this process has analysed last, if the items in force are still the same. PROPOSE_ITEMS."""
    require(actor, Action.PROPOSE_ITEMS)
    found = _kept.get(_key(phonics))
    return None if found is None else _seen_by(phonics, actor, found)


def analyse_site_items(phonics: Phonics, actor: Actor, progress: Progress = lambda share: None) -> SiteAnalysis:
    """All anew, and kept for `kept_analysis`: with thousands of tests it takes seconds. PROPOSE_ITEMS.

    One at a time: who asks meanwhile gets the same. `ProblemsFound` "item_analysis.few_tests".
    """
    require(actor, Action.PROPOSE_ITEMS)
    key = _key(phonics)
    before = _kept.get(key)
    with _one_at_a_time:
        found = _kept.get(key)
        if found is None or found is before:
            found = _analysed(phonics, progress)
            _kept.clear()
            _kept[key] = found
    return _seen_by(phonics, actor, found)


def _key(phonics: Phonics) -> tuple[str, str]:
    return phonics.settings.database_url, phonics.content.bank.version


def _seen_by(phonics: Phonics, actor: Actor, found: SiteAnalysis) -> SiteAnalysis:
    """Without the names of schools that the actor does not see."""
    seen = {school.id for school in list_schools(phonics, actor)}
    return replace(found, differences=tuple(_without_name(one, seen) for one in found.differences))


def _analysed(phonics: Phonics, progress: Progress) -> SiteAnalysis:
    bank = phonics.uncalibrated.bank
    with phonics.store.read() as connection:
        found, finished = site_answers(connection, bank, part(progress, 0.0, 0.2)), count_calibrated(connection)
        if found is None or len(found.sittings) < LEAST_SITTINGS:
            raise ProblemsFound([Problem("item_analysis.few_tests", expected=str(LEAST_SITTINGS))])
        progress(0.2)
        facts = sitting_facts.pupils_of_sittings(connection)
        seconds = _seconds(connection, found)
    progress(0.35)
    by_id = {item.id: item for item in bank.items}
    items = [by_id[item_id] for item_id in found.responses.items]
    made = calibrate_site(bank, found, part(progress, 0.35, 0.5))
    told = analyse_items(made, AnswerDetails(seconds=seconds), {item.id: str(item.level) for item in items})
    progress(0.6)
    differences, not_tested = _differences(made, items, _groupings(found, facts), progress)
    cuts = _cuts(phonics)
    return SiteAnalysis(
        made_at=phonics.now(),
        finished=finished,
        tests=len(found.sittings),
        pupils=found.pupils,
        answers=found.responses.count,
        simulated=found.simulated,
        converged=made.converged,
        items=_urgent_first(items, told, len(found.sittings)),
        cuts=cuts,
        compared=tuple(not_tested),
        differences=tuple(differences),
        items_not_tested=not_tested,
        reliability=_reliability(made, found),
        decisions=decision_quality(made, [cut for _level, cut in cuts[:-1]]),
    )


def _cuts(phonics: Phonics) -> tuple[tuple[int, float], ...]:
    """Those of the tests that are given now."""
    bank = phonics.content.bank
    levels = plan_for(bank, phonics.content.rubrics, bank.placement.id, 0).levels
    return tuple((level.number, level.cut) for level in levels)


def _reliability(made: Calibration, found: SiteAnswers) -> tuple[Reliability, ...]:
    label_of = dict(zip((str(s.key) for s in found.sittings), groups_of(found.sittings, START_LEVEL), strict=True))
    labels, code = np.unique([label_of[person] for person in made.responses.persons], return_inverse=True)
    return reliabilities(abilities(made.responses, made.items, made.groups), labels.tolist(), code)


def _urgent_first(items: Sequence[Item], told: Sequence[ItemAnalysis], tests: int) -> tuple[AnalysedItem, ...]:
    order = list(Flag)
    found = [AnalysedItem(item, one, one.n / tests) for item, one in zip(items, told, strict=True)]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                order.index(one.findings[0].flag) if one.findings and one.enough else len(order) + (not one.enough),
                one.item.level,
                one.item.id,
            ),
        )
    )


def _seconds(connection: Connection, found: SiteAnswers) -> Array:
    """Of each answer, by person and then by item: the time of its block, shared out evenly among the items tried."""
    times = sitting_facts.block_seconds(connection)
    known: dict[tuple[str, str], float] = {}
    for sitting in found.sittings:
        sizes: dict[str, int] = {}
        for block, _item, _score in sitting.answers:
            sizes[block] = sizes.get(block, 0) + 1
        for block, item, _score in sitting.answers:
            if (sitting.key, block) in times:
                known[str(sitting.key), item] = times[sitting.key, block] / sizes[block]
    responses = found.responses
    answered = responses.answered.sorted_indices()
    rows = np.repeat(np.arange(len(responses.persons)), np.diff(answered.indptr)).tolist()
    pairs = zip(rows, answered.indices.tolist(), strict=True)
    return np.array([known.get((responses.persons[p], responses.items[j]), np.nan) for p, j in pairs])


def _groupings(found: SiteAnswers, facts: Mapping[int, sitting_facts.SittingPupil]) -> dict[Trait, Grouping]:
    """Those by which there are two groups at least."""
    sittings = {str(sitting.key): sitting for sitting in found.sittings}
    ordered = [sittings[person] for person in found.responses.persons]
    _, pupil = np.unique([sitting.pupil_id for sitting in ordered], return_inverse=True)
    values = {
        Trait.SCHOOL: [facts[s.key].school_id for s in ordered],
        Trait.SEX: ["" if (sex := facts[s.key].sex) is Sex.UNKNOWN else sex.value for s in ordered],
        Trait.GRADE: [grade.value if (grade := facts[s.key].grade) else "" for s in ordered],
    }
    made = {}
    for trait, of_person in values.items():
        labels = sorted(set(of_person) - {""}, key=_grade_order if trait is Trait.GRADE else str)
        place = {name: k for k, name in enumerate(labels)}
        if len(labels) > 1:
            code = np.array([place.get(value, -1) for value in of_person])
            made[trait] = Grouping(tuple(labels), code, pupil)
    return made


def _grade_order(value: str) -> str:
    return f"{Grade(value).order:02d}"


def _differences(
    made: Calibration, items: Sequence[Item], groupings: Mapping[Trait, Grouping], progress: Progress
) -> tuple[list[Difference], dict[Trait, int]]:
    """Skills are strands at a level."""
    skills = {item.id: (item.strand, item.level) for item in items}
    names = {skill: f"{skill[0].value}/{skill[1]}" for skill in set(skills.values())}
    of_name = {name: skill for skill, name in names.items()}
    found: list[Difference] = []
    not_tested: dict[Trait, int] = {}
    for done, (trait, grouping) in enumerate(groupings.items(), start=1):
        told = differential_functioning(made, grouping, {item: names[skill] for item, skill in skills.items()})
        found += [Difference(trait, s.group, *of_name[s.bundle], "", s) for s in told.skills]
        found += [Difference(trait, s.group, *skills[s.bundle], s.bundle, s) for s in told.items]
        not_tested[trait] = told.items_not_tested
        progress(0.6 + 0.35 * done / len(groupings))
    return found, not_tested


def _without_name(one: Difference, seen: set[str]) -> Difference:
    return replace(one, group="") if one.trait is Trait.SCHOOL and one.group not in seen else one
