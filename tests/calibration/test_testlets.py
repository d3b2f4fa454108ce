"""Items of one passage hang together: how much is found, and intervals hold again what they promise."""

from __future__ import annotations

import numpy as np
import pytest

from phonics_app.calibration.estimation import calibrate
from phonics_app.calibration.scoring import abilities
from phonics_app.calibration.standard_errors import standard_errors
from phonics_app.calibration.testlets import block_errors, corrected_calibration, dependence, effective_responses
from tests.calibration.groups import passages


def scored(calibration):
    return abilities(calibration.responses, calibration.items, calibration.groups)


def coverage(found, ability):
    return float(np.mean(np.abs(found.theta - ability) < 1.96 * found.standard_error))


@pytest.fixture(scope="module")
def dependent():
    made, blocks = passages(1, persons=1_500, blocks=6, size=6, deviation=1.0)
    found = calibrate(made.responses)
    return made, blocks, found, dependence(found, blocks)


def test_the_variance_of_blocks_is_found(dependent):
    _, _, _, found = dependent
    assert [block.items for block in found.blocks] == [6] * 6
    assert {block.persons for block in found.blocks} == {1_500}
    assert np.mean([block.variance for block in found.blocks]) == pytest.approx(1.0, abs=0.2)
    assert all(block.variance > 5 * block.standard_error for block in found.blocks)
    assert all(0.05 < block.correlation < 0.3 for block in found.blocks)


def test_intervals_of_abilities_cover_again(dependent):
    made, _, plain, found = dependent
    corrected = corrected_calibration(plain, found)
    assert coverage(scored(plain), made.ability) < 0.88
    assert coverage(scored(corrected), made.ability) == pytest.approx(0.95, abs=0.02)


def test_slopes_are_no_longer_too_steep(dependent):
    """The curve over ability alone is flatter than that given the block's chance: by 1 / sqrt(1 + .346 variance)
    (the normal approximation to a logistic curve; Zeger, Liang & Albert 1988)."""
    made, _, plain, found = dependent
    flat = float(np.mean(made.slope / np.sqrt(1 + 0.346 * made.slope**2)))
    corrected = corrected_calibration(plain, found)
    assert plain.items.slope.mean() > flat + 0.03
    assert corrected.items.slope.mean() == pytest.approx(flat, abs=0.04)


def test_standard_errors_of_difficulties_are_those_that_are_met():
    """Over 20 worlds: errors of what was found, in standard errors, of items and of passages' means."""
    plain, corrected = [], []
    for seed in range(20):
        made, blocks = passages(seed, persons=400, blocks=5, size=5, deviation=1.2)
        found = calibrate(made.responses)
        known = dependence(found, blocks)
        anew = corrected_calibration(found, known)
        member = known.member == np.arange(5)[:, None]
        errors = block_errors(found, anew, known)
        for calibration, z, of_means, of_items in (
            (found, plain, [e.independent for e in errors], standard_errors(found).difficulty),
            (anew, corrected, [e.corrected for e in errors], standard_errors(anew, clustered=True).difficulty),
        ):
            off = calibration.items.difficulty - made.difficulty
            z.append([*(member @ off / 5 / of_means), *(off / of_items)])
    plain, corrected = np.square(plain), np.square(corrected)
    for part in (slice(0, 5), slice(5, None)):
        assert np.sqrt(plain[:, part].mean()) > 1.15
        assert np.sqrt(corrected[:, part].mean()) == pytest.approx(1, abs=0.12)


def test_answers_of_a_block_count_less(dependent):
    made, _, plain, found = dependent
    weighted = effective_responses(plain, found)
    assert np.all((weighted.answered.data > 0) & (weighted.answered.data < 1))
    assert (weighted.right > weighted.answered).nnz == 0
    assert np.array_equal(weighted.answered.indices, made.responses.answered.indices)


def test_independent_items_stay_as_they_are():
    made, blocks = passages(2, persons=800, blocks=5, size=5, deviation=0.0)
    plain = calibrate(made.responses)
    found = dependence(plain, blocks)
    z = [block.variance / block.standard_error for block in found.blocks]
    assert np.abs(z).max() < 3.5
    assert found.used.max() < 0.1
    before, after = scored(plain), scored(corrected_calibration(plain, found))
    assert after.theta == pytest.approx(before.theta, abs=0.1)


def test_items_without_a_block_stand_alone(dependent):
    _, blocks, plain, _ = dependent
    some = {item: block for item, block in blocks.items() if block == "b0"} | {"i006": "lonely"}
    found = dependence(plain, some)
    assert [block.block for block in found.blocks] == ["b0"]
    weights = effective_responses(plain, found).answered.toarray()
    assert np.all(weights[:, :6] < 1)
    assert np.all(weights[:, 6:] == 1)
    assert dependence(plain, {}).blocks == ()
    assert np.array_equal(
        effective_responses(plain, dependence(plain, {})).answered.data, plain.responses.answered.data
    )
