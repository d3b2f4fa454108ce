"""O-NET figures: bands, differences, gaps, targets, and the rules of what is possible."""

import pytest

from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult, OnetTarget
from phonics_app.progress.onet import band_of, baseline, national_means, onet_bands, onet_table, target_points
from phonics_app.progress.onet_rules import result_problems, target_problems


def result(year=2562, mean=36.0, **more):
    return OnetResult("s", year, more.pop("grade", Grade.P6), more.pop("n", 40), mean, **more)


def codes(problems):
    return [(p.code, p.place.column) for p in problems]


def test_national_means_have_sources_and_leave_gaps():
    means = national_means()
    assert all(m.source for m in means)
    assert {m.year for m in means if m.grade is Grade.P6} == {2554, 2555, *range(2557, 2564)}
    (last,) = [m for m in means if (m.year, m.grade) == (2563, Grade.P6)]
    assert (last.mean, last.n) == (43.55, 495217)


@pytest.mark.parametrize(
    ("mean", "number"), [(0, 1), (39.99, 1), (40, 2), (44.99, 2), (45, 3), (49.99, 3), (50, 4), (100, 4)]
)
def test_bands(mean, number):
    assert band_of(mean).number == number
    assert len(onet_bands()) == 4


def test_the_baseline_is_the_quoted_one():
    assert (baseline().year, baseline().mean) == (2556, 31.58)
    assert baseline().source


def test_the_table_compares_with_nation_and_year_before():
    table = onet_table([result(2563, 45.0), result(2561, 40.0), result(2562, 36.0)], []).set_index("year")
    assert table.loc[2562, "difference"] == pytest.approx(36 - 34.42)
    assert table.loc[2562, "change"] == pytest.approx(-4)
    assert list(table.index) == [2561, 2562, 2563]
    assert list(table["voluntary"]) == [False, False, True]


def test_a_gap_has_no_change_and_an_unknown_nation_no_difference():
    table = onet_table([result(2562), result(2564)], [OnetTarget("s", Grade.P6, 0.03, True)]).set_index("year")
    assert table[["change", "target"]].isna().all(axis=None)
    assert table["national"].isna().tolist() == [False, True]
    assert table["difference"].isna().tolist() == [False, True]


def test_the_year_before_is_of_the_same_grade_and_school():
    other = OnetResult("other", 2561, Grade.P6, 9, 99.0)
    table = onet_table([result(2562), result(2561, grade=Grade.M3), other], [])
    assert table["change"].isna().all()


def test_targets_are_points_or_gains():
    assert target_points(OnetTarget("s", Grade.P6, 50.0, False), 30.0) == 50
    assert target_points(OnetTarget("s", Grade.P6, 0.03, True), 30.0) == pytest.approx(30.9)
    assert target_points(OnetTarget("s", Grade.P6, 0.03, True), None) is None


def test_an_empty_table_keeps_its_columns():
    assert "voluntary" in onet_table([], []).columns


def test_a_possible_result_has_no_problem():
    whole = result(sd=11.2, maximum=80.0, minimum=12.5, share_50=0.2)
    assert result_problems(whole, Grade.P6, 2569) == ()


@pytest.mark.parametrize(
    ("wrong", "code", "column"),
    [
        ({"year": 2026}, "onet.year_bad", "year"),
        ({"year": 2570}, "onet.year_bad", "year"),
        ({"grade": Grade.P5}, "onet.grade_bad", "grade"),
        ({"grade": Grade.M3}, "onet.grade_not_taught", "grade"),
        ({"n": 0}, "onet.n_bad", "n"),
        ({"mean": 100.5}, "onet.out_of_range", "mean"),
        ({"sd": -1.0}, "onet.out_of_range", "sd"),
        ({"share_50": 45.0}, "onet.out_of_range", "share_50"),
        ({"maximum": 35.0}, "onet.mean_above_maximum", "mean"),
        ({"minimum": 37.0}, "onet.mean_below_minimum", "mean"),
        ({"maximum": 45.0, "share_50": 0.1}, "onet.share_contradicts", "share_50"),
        ({"mean": 60.0, "minimum": 50.0, "share_50": 0.9}, "onet.share_contradicts", "share_50"),
    ],
)
def test_impossible_results(wrong, code, column):
    assert codes(result_problems(result(**wrong), Grade.P6, 2569)) == [(code, column)]


def test_all_problems_come_at_once():
    assert len(result_problems(result(year=2500, mean=-3.0, n=0), Grade.P6, 2569)) == 3


def test_targets_out_of_range():
    assert target_problems(OnetTarget("s", Grade.P6, 3.0, True))
    assert target_problems(OnetTarget("s", Grade.P6, 120.0, False))
    assert not target_problems(OnetTarget("s", Grade.P6, 0.03, True))
    assert not target_problems(OnetTarget("s", Grade.P6, 45.0, False))
