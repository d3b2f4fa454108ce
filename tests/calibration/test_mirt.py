"""Held to mirt (PyPI), another program for the same models: a 2PL, and a Rasch model as a 2PL of one common slope."""

from __future__ import annotations

import numpy as np
import pytest
from mirt import fit_mirt

from phonics_app.calibration.estimation import Settings, calibrate
from phonics_app.calibration.item_model import Model
from phonics_app.calibration.standard_errors import standard_errors
from tests.calibration.answers import random_world

ITEMS = 24


@pytest.fixture(scope="module")
def responses():
    return random_world(51, persons=1_500, items=ITEMS, each=15).responses()


def by_mirt(responses, **settings):
    table = np.where(responses.answered.toarray() > 0, responses.right.toarray(), -1).astype(int)
    found = fit_mirt(table, model="2PL", n_quadpts=61, tol=1e-6, max_iter=5_000, **settings)
    assert found.converged
    return found


def told_by(found, name):
    return np.ravel(found.model.parameters[name])


def test_2pl(responses):
    theirs, ours = by_mirt(responses, se_method="oakes"), calibrate(responses, Settings(tolerance=1e-5))
    assert ours.log_likelihood == pytest.approx(theirs.log_likelihood, abs=1e-3)
    assert ours.items.slope == pytest.approx(told_by(theirs, "discrimination"), abs=1e-3)
    assert ours.items.difficulty == pytest.approx(told_by(theirs, "difficulty"), abs=1e-3)
    errors = standard_errors(ours)
    assert errors.slope == pytest.approx(np.ravel(theirs.standard_errors["discrimination"]), rel=5e-3)
    assert errors.difficulty == pytest.approx(np.ravel(theirs.standard_errors["difficulty"]), rel=5e-3)


def test_rasch(responses):
    theirs = by_mirt(responses, constraints=[("discrimination", range(ITEMS))], compute_standard_errors=False)
    ours = calibrate(responses, Settings(Model.RASCH, tolerance=1e-5))
    common = told_by(theirs, "discrimination")[0]
    assert told_by(theirs, "discrimination") == pytest.approx(np.full(ITEMS, common))
    assert ours.log_likelihood == pytest.approx(theirs.log_likelihood, abs=1e-3)
    assert ours.groups.deviation == pytest.approx([common], abs=1e-3)
    assert ours.items.difficulty == pytest.approx(common * told_by(theirs, "difficulty"), abs=1e-3)
