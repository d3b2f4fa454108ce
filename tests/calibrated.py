"""Sites to calibrate: one with simulated tests, and a calibration put into a database without any reckoning."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from phonics_app.calibration.simulation import simulate_attempts
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.attempt import Attempt, AttemptStatus
from phonics_app.domain.calendar import Round
from phonics_app.domain.calibration import CalibratedGroup, CalibrationContent, CalibrationFacts, ItemEstimate
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.engine import priors
from phonics_app.engine.assembly import plan_hash
from phonics_app.levelling.placement import make_result
from phonics_app.records import attempts as stored
from phonics_app.records.calibrations import insert_calibration
from phonics_app.records.pupils import insert_pupils
from phonics_app.records.results import StoredResult, save_results
from phonics_app.records.settings import set_setting
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.setup import SITE_SETTING, SiteState
from phonics_app.workflows.sittings import current_plan
from tests import sites

ID = "ca" * 16
MOVED = 3
"""So many items of level 4 are found to be harder by 0.9 logits; all others are where they were."""


def insert_proposal(phonics: Phonics, *, calibration_id: str = ID, simulated: bool = False) -> CalibrationContent:
    bank = phonics.uncalibrated.bank
    harder = {item.id for item in bank.active(4)[:MOVED]}
    estimates = tuple(
        ItemEstimate(
            item_id=item.id,
            item_version=item.version,
            answers=80,
            right=50,
            slope=3.0,
            difficulty=item.difficulty.value + (0.9 if item.id in harder else 0.05),
            standard_error=0.12,
            infit=1.0,
            outfit=1.0,
            takes_effect=item.level in (3, 4, 5),
        )
        for item in bank.active()
    )
    content = CalibrationContent((CalibratedGroup("4", 200, -1.0, 0.9),), estimates)
    facts = CalibrationFacts(
        calibration_id,
        phonics.now(),
        "administrator",
        "2pl",
        bank.version,
        200,
        180,
        7000,
        -3000.0,
        30,
        True,
        simulated=simulated,
    )
    with phonics.store.write() as connection:
        insert_calibration(connection, facts, content)
    return content


PUPILS, TWICE = 360, 60
"""So many pupils are tested; so many of them were already tested in the term before."""


def simulate_site(phonics: Phonics) -> None:
    """A demonstration: tests of simulated pupils of two grades, who answer as the difficulties in force say."""
    rows = [
        (f"51{n:030x}", PupilDraft(str(n), "", f"จำลอง{n}", "ทดลอง", Sex.UNKNOWN, Grade.P1 if n % 2 else Grade.P3, "1"))
        for n in range(PUPILS)
    ]
    with phonics.store.write() as connection:
        set_setting(connection, SITE_SETTING, SiteState.DEMONSTRATION.value)
        insert_pupils(connection, sites.SCHOOLS[0].id, sites.YEAR, rows, simulated=True)
        random = np.random.default_rng(11)
        _sit(phonics, connection, rows[:TWICE], Round(sites.YEAR - 1, 2), 200, random)
        _sit(phonics, connection, rows, Round(sites.YEAR, 1), 1, random)


def _sit(phonics, connection, rows, round_, days_ago, random) -> None:
    plan, blueprint = current_plan(phonics, 0), phonics.content.bank.placement
    specs = [priors.from_grade(plan, blueprint, draft.grade) for _id, draft in rows]
    centres = np.array([priors.level_centre(plan.levels, spec.start_level) for spec in specs])
    done = simulate_attempts(plan, specs, centres + random.normal(0, 0.8, len(rows)), seed=days_ago)
    digest, at = plan_hash(plan), phonics.now() - timedelta(days=days_ago)
    stored.save_plan(connection, digest, plan)
    attempts = [
        Attempt(
            id=f"{days_ago:04x}{n:028x}",
            pupil_id=pupil_id,
            school_id=sites.SCHOOLS[0].id,
            plan_hash=digest,
            spec=spec,
            status=AttemptStatus.FINISHED,
            created_at=at,
            created_by=SYSTEM.account_id,
            simulated=True,
        )
        for n, ((pupil_id, _draft), spec) in enumerate(zip(rows, specs, strict=True))
    ]
    keys = stored.insert_attempts(connection, attempts)
    pairs = list(zip(attempts, done, strict=True))
    stored.insert_events(connection, ((keys[a.id], d.events) for a, d in pairs), at)
    version = phonics.content.rubrics.version
    results = [(keys[a.id], a, StoredResult(round_, at, make_result(a.id, d.state, version))) for a, d in pairs]
    save_results(connection, results)
