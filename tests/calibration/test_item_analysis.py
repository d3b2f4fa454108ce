"""What a person who writes items is told: of good items nothing, of bad ones what is wrong."""

from __future__ import annotations

import numpy as np
import pytest

from phonics_app.calibration.estimation import Settings, calibrate, without_spread
from phonics_app.calibration.item_analysis import AnswerDetails, analyse_items, without_estimate
from phonics_app.calibration.item_flags import THRESHOLDS, Flag
from phonics_app.calibration.item_model import Model
from phonics_app.calibration.item_statistics import curve_points, item_statistics, wilson
from phonics_app.calibration.left_out import left_out
from phonics_app.calibration.options import option_statistics
from phonics_app.calibration.responses import responses_from
from tests.calibration.answers import error, levelled_world, random_world
from tests.calibration.groups import answered

RASCH = Settings(Model.RASCH)


def spoilt_test():
    """400 pupils, 30 items: item 0 has the wrong key, item 1 is guessed."""
    random = np.random.default_rng(31)
    ability, difficulty, slope = random.normal(0, 1, 400), random.uniform(-1, 1, 30), np.ones(30)
    slope[:2], difficulty[:2] = (-1.0, 0.0), 0.0
    return answered(random, slope * (ability[:, None] - difficulty), ability, slope, difficulty)


@pytest.fixture(scope="module")
def spoilt():
    responses = spoilt_test().responses
    levels = dict.fromkeys(responses.items, "4")
    return {item.item: item for item in analyse_items(calibrate(responses, RASCH), levels=levels)}


def flags(item):
    return [finding.flag for finding in item.findings]


def test_a_wrong_key_is_seen_first(spoilt):
    assert flags(spoilt["i000"])[0] is Flag.CHECK_KEY
    assert spoilt["i000"].point_biserial < -0.2
    shares = [point.share_right for point in spoilt["i000"].curve]
    assert shares[0] > shares[-1] + 0.3


def test_an_item_that_is_guessed_tells_little(spoilt):
    assert Flag.TELLS_LITTLE in flags(spoilt["i001"])
    assert abs(spoilt["i001"].slope) < 2.5 * spoilt["i001"].slope_error
    assert spoilt["i001"].infit > 1.1


def test_items_that_do_not_fit_their_level():
    """Two levels of 15 items; one of the harder level stands below the easier one, one of the easier far above."""
    random = np.random.default_rng(37)
    difficulty = np.concatenate([random.uniform(-1.8, -0.8, 15), random.uniform(0.6, 1.6, 15)])
    difficulty[3], difficulty[20] = 2.0, -2.0
    ability, slope = random.normal(0, 1.5, 500), np.full(30, 1.5)
    made = answered(random, slope * (ability[:, None] - difficulty), ability, slope, difficulty)
    levels = {name: "2" if j >= 15 else "1" for j, name in enumerate(made.responses.items)}
    told = analyse_items(calibrate(made.responses, RASCH), levels=levels)
    assert {(item.item, flag) for item in told for flag in flags(item)} == {
        ("i003", Flag.TOO_HARD),
        ("i020", Flag.TOO_EASY),
    }
    assert 0.8 < told[20].findings[0].value < 1
    assert told[3].findings[0].value < 0.5


def test_nothing_is_said_of_good_items(spoilt):
    assert [name for name, item in spoilt.items() if name > "i001" and item.findings] == []


@pytest.mark.parametrize("model", Model)
def test_slopes_are_found_whatever_the_model(model):
    world = random_world(32, persons=1_500, items=40, each=30)
    responses = world.responses()
    assert not without_spread(responses)
    found = calibrate(responses, Settings(model))
    told = item_statistics(found, left_out(found))
    assert np.corrcoef(told.slope, world.slope)[0, 1] > 0.85
    scale = found.groups.deviation[0]
    z = (told.slope * scale - world.slope) / (told.slope_error * scale)
    assert np.sqrt(np.mean(np.square(z))) == pytest.approx(1.15, abs=0.3)
    assert error(told.difficulty / scale, world.difficulty) < 0.35


def test_slopes_far_from_the_model_are_found():
    """From a falling curve to a steep one, beside 28 items of slope 1, all calibrated with one slope."""
    true = np.array([-1, 0, 0.3, 0.6, 1, 1.5, 2.5])
    found = []
    for seed in range(6):
        random = np.random.default_rng(seed)
        ability, difficulty, slope = random.normal(0, 1.2, 400), random.uniform(-1, 1, 35), np.ones(35)
        slope[:7], difficulty[:7] = true, 0.3
        made = answered(random, slope * (ability[:, None] - difficulty), ability, slope, difficulty)
        calibration = calibrate(made.responses, RASCH)
        told = item_statistics(calibration, left_out(calibration))
        # On the scale of the items of slope 1.
        found.append(told.slope[:7] / np.median(told.slope[7:]))
    assert np.mean(found, axis=0) == pytest.approx(true, abs=0.15)


def test_what_is_left_out_is_left_out():
    """Against the plain way: without one answer, the posterior of its person from the others."""
    responses = random_world(33, persons=150, items=8, each=6).responses()
    found = calibrate(responses, RASCH)
    told, theta, items = left_out(found), found.theta, found.items
    share = 1 / (1 + np.exp(-(items.slope[:, None] * theta + items.intercept[:, None])))
    prior = found.groups.log_weights(theta)[0]
    for row in range(0, 900, 37):
        person, item = told.person[row], told.item[row]
        log = prior.copy()
        for j in np.flatnonzero(responses.answered[person].toarray()[0]):
            if j != item:
                log += np.log(share[j] if responses.right[person, j] else 1 - share[j])
        weight = np.exp(log - log.max())
        weight /= weight.sum()
        assert told.ability[row] == pytest.approx(weight @ theta)
        assert told.share[row] == pytest.approx(weight @ share[item])
        assert told.right[row] == bool(responses.right[person, item])


def test_points_of_the_curve_lie_by_the_model():
    world = levelled_world(34, persons=900, items=60, each=10, levels=3)
    found = calibrate(world.responses(grouped=True), RASCH)
    answers = left_out(found)
    curves = curve_points(answers, len(found.responses.items))
    points = [point for curve in curves for point in curve]
    assert sum(point.n for point in points) == len(answers.item)
    assert all(np.diff([point.ability for point in curve]).min(initial=1) >= 0 for curve in curves)
    inside = [point.low <= point.expected <= point.high for point in points]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.05)


def test_intervals_of_shares():
    # Wilson's interval of 8 of 10 by hand: (.8 + .19207 ± 1.95996 sqrt(.016 + .0096036)) / 1.384146.
    low, high = wilson(np.array([0.8]), np.array([10]))
    assert (low[0], high[0]) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))


def chosen_test():
    """Three options: B draws the weak, nobody takes C."""
    made = spoilt_test()
    random = np.random.default_rng(35)
    found = calibrate(made.responses, RASCH)
    answers = left_out(found)
    wrong = np.where(random.random(len(answers.item)) < 0.003, "C", "B")
    return found, np.where(answers.right, "A", wrong)


def test_options_by_ability_of_who_chose_them():
    found, chosen = chosen_test()
    told = analyse_items(found, AnswerDetails(chosen), offered={"i020": ("A", "B", "C", "D")})
    a, b, *rest = told[20].options
    assert (a.option, a.key, b.option, b.key) == ("A", True, "B", False)
    assert a.n + b.n + sum(option.n for option in rest) == 400
    assert a.shares[0] < a.shares[1] < a.shares[2]
    assert a.point_biserial > 0.2 > -0.2 > b.point_biserial
    assert a.point_biserial == pytest.approx(told[20].point_biserial, abs=1e-9)
    assert rest[-1].option == "D"
    assert rest[-1].n == 0
    assert (Flag.OPTION_NOT_TAKEN, "D") in [(f.flag, f.option) for f in told[20].findings]
    # With the wrong key it is the "wrong" option that the strong choose.
    assert (Flag.OPTION_OF_THE_STRONG, "B") in [(f.flag, f.option) for f in told[0].findings]


def test_unknown_options_are_no_option():
    found, chosen = chosen_test()
    chosen[::2] = ""
    answers = left_out(found)
    told = option_statistics(found.responses.items, answers, chosen)
    assert sum(option.n for options in told.values() for option in options) == np.count_nonzero(chosen != "")
    assert option_statistics(found.responses.items, answers, np.full(len(chosen), "")) == {}


def test_median_times():
    found, _ = chosen_test()
    answers = left_out(found)
    seconds = np.where(answers.item == 3, np.nan, answers.person / 10.0)
    told = analyse_items(found, AnswerDetails(seconds=seconds))
    assert told[3].median_seconds is None
    assert told[4].median_seconds == pytest.approx(np.median(np.arange(400) / 10))
    assert analyse_items(found)[4].median_seconds is None


def test_of_few_answers_nothing_is_said():
    random = np.random.default_rng(36)
    ability = random.normal(0, 1.5, 60)
    rows = [
        (f"p{p:03}", f"i{j}", random.random() < 1 / (1 + np.exp(j - 2 - ability[p])))
        for p in range(60)
        for j in range(5)
    ]
    person, item, score = zip(*(row for row in rows if row[1] != "i0" or row[0] < "p020"), strict=True)
    first, *others = analyse_items(calibrate(responses_from(person, item, [float(s) for s in score]), RASCH))
    assert (first.n, flags(first)) == (20, [Flag.TOO_FEW])
    assert all(Flag.TOO_FEW not in flags(item) for item in others)


def test_pupils_who_are_all_alike_tell_of_no_slope():
    rows = [(f"p{p:03}", f"i{j}", (p * 7 + j * 3) % 5 > j) for p in range(60) for j in range(4)]
    person, item, score = zip(*rows, strict=True)
    told = analyse_items(calibrate(responses_from(person, item, [float(s) for s in score]), RASCH))
    assert np.isnan([item.slope for item in told]).all()
    assert Flag.TELLS_LITTLE not in [flag for item in told for flag in flags(item)]


def test_of_three_wrong_answers_nobody_can_tell_who_gives_them():
    """An item that nearly everybody knows, missed by the three best of 200 pupils: that may be chance."""
    random = np.random.default_rng(38)
    ability, difficulty, slope = random.normal(0, 1, 200), random.uniform(-1, 1, 20), np.ones(20)
    made = answered(random, ability[:, None] - difficulty, ability, slope, difficulty)
    table = made.responses.right.toarray()
    for missed, expected in ((3, []), (6, [Flag.CHECK_KEY])):
        table[:, 0] = ~np.isin(np.arange(200), np.argsort(ability)[-missed:])
        person, item = np.indices(table.shape)
        names = np.char.mod("p%03d", person.ravel()), np.char.mod("i%02d", item.ravel())
        told = analyse_items(calibrate(responses_from(*names, table.ravel()), RASCH))[0]
        assert told.point_biserial < -0.1
        assert flags(told) == expected


def test_what_everybody_knows_has_no_difficulty():
    known, unknown, few = (without_estimate("x", n, right) for n, right in ((40, 40), (40, 0), (5, 5)))
    assert (flags(known), flags(unknown), flags(few)) == ([Flag.ALL_RIGHT], [Flag.ALL_WRONG], [Flag.TOO_FEW])
    assert (known.share_right, unknown.share_right) == (1.0, 0.0)
    assert np.isnan(known.difficulty)


def test_every_threshold_says_where_it_comes_from():
    assert set(THRESHOLDS) == set(Flag) - {Flag.ALL_RIGHT, Flag.ALL_WRONG}
    assert {threshold.grade for threshold in THRESHOLDS.values()} <= {"norm", "study", "expert", "provisional"}
    assert all(threshold.source for threshold in THRESHOLDS.values())
