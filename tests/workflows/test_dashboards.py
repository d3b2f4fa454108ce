"""Dashboards: what the frames hold, what filters leave, and who may see which school."""

import pandas as pd
import pytest

from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import NotAllowed
from phonics_app.domain.grade import Grade, Stage
from phonics_app.workflows.dashboards import Filters, dashboard, network, trace
from tests.progress.builder import Builder
from tests.progress.site import BEFORE, FIRST, NETWORK, NOW, OTHER_NETWORK, SECOND, due_class, fill, two_rounds

FRAMES = {
    "levels": ["school_id", "grade", "room", "level", "pupils"],
    "change": ["school_id", "grade", "moved", "pupils"],
    "expected": ["school_id", "grade", "expected_level", "placed", "at_or_above", "share"],
    "coverage": ["school_id", "grade", "room", "enrolled", "tested", "share"],
    "history": ["school_id", "year", "term", "placed", "mean_level", "at_or_above", "share"],
}


@pytest.fixture
def filled(phonics):
    return fill(phonics, two_rounds())


def test_frames_have_the_columns_promised_even_when_empty(phonics, people):
    shown = dashboard(phonics, people.director, Filters(FIRST))
    assert {name: list(getattr(shown, name)) for name in FRAMES} == FRAMES
    assert (shown.round, shown.previous, shown.rounds) == (None, None, ())


def test_the_latest_round_with_results_is_the_default(filled, people):
    shown = dashboard(filled, people.director, Filters(FIRST))
    assert (shown.round, shown.previous, shown.rounds) == (NOW, BEFORE, (BEFORE, NOW))


def test_one_school_sums_up(filled, people):
    shown = dashboard(filled, people.director, Filters(FIRST))
    assert shown.levels["pupils"].sum() == shown.coverage["enrolled"].sum() == 24
    assert shown.coverage["tested"].sum() == shown.expected["placed"].sum() == 21
    assert shown.levels.loc[shown.levels["level"].isna(), "pupils"].sum() == 3
    assert shown.change["pupils"].sum() == 24 - 3 - 3
    assert set(shown.change["moved"]) == {0, 1, 2}
    assert list(shown.history["placed"]) == [20, 21]


def test_an_earlier_round_shows_the_classes_of_its_year(filled, people):
    shown = dashboard(filled, people.director, Filters(FIRST, BEFORE))
    assert set(shown.levels["grade"]) == {"P1", "P3", "P6"}
    assert shown.previous is None
    assert shown.change.empty


def test_expected_levels_come_from_the_blueprint(filled, people):
    expected = filled.content.bank.blueprint("placement").expected_level
    shown = dashboard(filled, people.director, Filters(FIRST))
    for row in shown.expected.itertuples():
        assert row.expected_level == expected[Grade(row.grade)]
        levels = shown.levels[(shown.levels["grade"] == row.grade) & shown.levels["level"].notna()]
        reached = levels.loc[levels["level"] >= row.expected_level, "pupils"].sum()
        assert (row.at_or_above, row.share) == (reached, pytest.approx(reached / row.placed))


@pytest.mark.parametrize(
    ("filters", "grades"),
    [
        (Filters(FIRST, grade=Grade.P4), ["P4"]),
        (Filters(FIRST, stage=Stage.PRIMARY), ["P2", "P4"]),
        (Filters(FIRST, stage=Stage.SECONDARY, grade=Grade.M1), ["M1"]),
        (Filters(FIRST, stage=Stage.SECONDARY, grade=Grade.P4), []),
        (Filters(FIRST, room="2", grade=Grade.P4), ["P4"]),
    ],
    ids=str,
)
def test_filters(filled, people, filters, grades):
    shown = dashboard(filled, people.director, filters)
    assert set(shown.levels["grade"]) == set(shown.coverage["grade"]) == set(grades)
    assert filters.room is None or set(shown.levels["room"]) == {filters.room}


def test_undecided_pupils_are_tested_but_not_placed(phonics, people):
    fill(phonics, due_class())
    shown = dashboard(phonics, people.director, Filters(FIRST))
    assert list(shown.coverage[["enrolled", "tested"]].iloc[0]) == [6, 2]
    assert shown.levels.set_index("level")["pupils"].to_dict() == {7: 1, pd.NA: 5}
    assert list(shown.expected["placed"]) == [1]


def test_a_share_of_nobody_is_unknown(phonics, people):
    built = Builder()
    built.pupil(FIRST, Grade.P3)
    fill(phonics, built)
    shown = dashboard(phonics, people.director, Filters(FIRST, NOW))
    assert shown.expected["share"].isna().all()
    assert list(shown.coverage["share"]) == [0.0]


def test_all_schools_are_the_municipal_ones(filled, people):
    shown = dashboard(filled, people.municipal_director, Filters())
    assert set(shown.levels["school_id"]) == {FIRST, SECOND}
    assert set(shown.history["school_id"]) == {FIRST, SECOND}


@pytest.mark.parametrize(
    ("who", "school_id"),
    [
        ("teacher", FIRST),
        ("other_director", FIRST),
        ("trainer", FIRST),
        ("director", None),
        ("municipal_director", NETWORK),
        ("municipal_director", "no such school"),
    ],
)
def test_others_may_not_see(filled, people, who, school_id):
    with pytest.raises(NotAllowed):
        dashboard(filled, getattr(people, who), Filters(school_id))


def test_an_administrator_may_see_a_network_school(filled, people):
    assert set(dashboard(filled, people.administrator, Filters(NETWORK)).levels["school_id"]) == {NETWORK}


@pytest.mark.parametrize("who", ["municipal_director", "trainer", "administrator"])
def test_network_hides_small_cells(filled, people, who):
    shown = network(filled, getattr(people, who))
    assert list(shown)[:4] == ["school_id", "level", "pupils", "suppressed"]
    assert set(shown["school_id"]) == {NETWORK, OTHER_NETWORK}
    assert shown["suppressed"].any()
    assert (shown["pupils"].isna() == shown["suppressed"]).all()
    known = shown["pupils"].dropna()
    assert ((known == 0) | (known >= 5)).all()
    assert set(shown["total"]) == {48}


def test_network_is_empty_before_the_first_test(phonics, people):
    assert network(phonics, people.municipal_director).empty


@pytest.mark.parametrize("who", ["director", "teacher"])
def test_network_is_not_for_single_schools(filled, people, who):
    with pytest.raises(NotAllowed):
        network(filled, getattr(people, who), Round(2569, 1))


def test_trace_leads_to_the_pupils(filled, people):
    shown = dashboard(filled, people.director, Filters(FIRST, grade=Grade.P4))
    rows = trace(filled, people.director, Filters(FIRST, grade=Grade.P4))
    assert list(rows) == ["pupil_id", "grade", "room", "level", "attempt_id", "decided_at"]
    assert len(rows) == shown.expected["placed"].sum()
    assert set(rows["grade"]) == {"P4"}


@pytest.mark.parametrize(
    ("who", "school_id"), [("municipal_director", FIRST), ("teacher", FIRST), ("director", SECOND)]
)
def test_trace_needs_both_rights(filled, people, who, school_id):
    with pytest.raises(NotAllowed):
        trace(filled, getattr(people, who), Filters(school_id))
