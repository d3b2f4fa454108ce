"""What is said of a simulation: the verdict on the test's word, weak spots, the plot and the tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from phonics_app.domain.simulation import Band
from phonics_app.locales import translator
from phonics_app.reports.figures import Look
from phonics_app.reports.simulation_figure import honesty_figure
from phonics_app.reports.simulation_report import simulation_report
from phonics_app.reports.simulation_wording import Word, weak_spots, word_of, word_text
from phonics_app.reports.tables import to_csv
from phonics_app.reports.workbook import to_excel
from tests.simulated import made_up_simulation

DAY = date(2026, 11, 21)
MADE = made_up_simulation()


def band(pupils: int, right: float) -> Band:
    return Band(0.87, 0.93, pupils, 0.9, right)


@pytest.mark.parametrize(
    ("told", "word"),
    [
        (band(1000, 0.91), Word.TRUE),
        (band(1000, 0.88), Word.TRUE),
        (band(1000, 0.79), Word.SAYS_TOO_MUCH),
        (band(1000, 0.97), Word.SAYS_TOO_LITTLE),
        (band(500, 0.875), Word.UNCLEAR),
        (band(20, 0.9), Word.UNCLEAR),
        (band(40, 0.5), Word.SAYS_TOO_MUCH),
        (None, Word.UNCLEAR),
    ],
    ids=["right", "nearly", "too much", "too little", "chance may do it", "few", "few but far", "nobody"],
)
def test_the_tests_word(told, word):
    assert word_of(told) is word
    assert "{" not in word_text(translator("th"), told)


def test_a_weak_level_and_a_cut_with_few_items_are_named():
    low, few = weak_spots(translator("en"), MADE)
    assert low.startswith("Level 3 is found less often than the others: 60%")
    assert few.startswith("Few items tell level 2 from level 3: 20")


def test_equal_levels_have_no_weak_spot():
    even = made_up_simulation(exact=(0.86, 0.83, 0.84), items=(60, 70))
    assert list(weak_spots(translator("en"), even)) == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_plot_shows_bands_of_enough_pupils_and_says_that_they_are_simulated(language):
    figure = honesty_figure(MADE.figures, Look(language))
    line, points = figure.data
    assert list(points.x) == [0.86, 0.92]
    assert list(points.y) == [0.76, 0.83]
    assert list(line.x) == list(line.y)
    assert [a.name for a in figure.layout.annotations] == ["simulated"]


def test_too_few_pupils_make_no_plot():
    few = replace(MADE.figures, reliability=MADE.figures.reliability[:1])
    assert not honesty_figure(few, Look("th")).data


def test_tables_hold_the_figures_and_what_was_simulated():
    report = simulation_report(MADE, "en", DAY)
    tables = {table.title: table for table in report.tables}
    assert tables["By true level"].rows[2][:3] == ("3", 300, 0.6)
    assert tables["Where two levels meet"].rows[1] == ("2 and 3", 0.25, 20, 4, "yes")
    assert dict(report.facts)["How they answer"].startswith("Careless")
    assert report.simulated
    text = to_csv(report).decode("utf-8-sig")
    assert "Simulated data" in text.splitlines()[1]
    assert to_excel(report).startswith(b"PK")


def test_a_cut_without_pupils_is_a_gap():
    nobody = replace(MADE, figures=replace(MADE.figures, boundaries=MADE.figures.boundaries[:1]))
    tables = {table.title: table for table in simulation_report(nobody, "en", DAY).tables}
    assert tables["Where two levels meet"].rows[1][1] is None
