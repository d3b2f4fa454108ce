"""Figures: they show the counts of their frames, say their n, leave gaps, and mark simulated data."""

import pytest

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult, OnetTarget
from phonics_app.progress import dashboard as frames
from phonics_app.progress.onet import OnetPage, national_means, onet_table
from phonics_app.reports import course_figures, figures, network_figure
from phonics_app.reports.figure_style import level_colours, text_on
from phonics_app.reports.figures import Look

NOW, BEFORE = Round(2569, 1), Round(2568, 2)
NAMES = {"a": "เทศบาลจามเทวี", "b": "เทศบาลประตูลี้"}
COUNTS = [
    ("a", Grade.P1, "1", 3, 10, 10),
    ("a", Grade.P1, "1", None, 5, 2),
    ("a", Grade.P2, "1", 4, 7, 7),
    ("b", Grade.K3, "", 2, 6, 6),
    ("b", Grade.P1, "2", 5, 4, 4),
]
EXPECTED = {Grade.P1: 4, Grade.P2: 4}
COURSE = [
    ("a", Round(2567, 2), 10, 2.5, 10, 5),
    ("a", NOW, 17, 3.4, 17, 7),
    ("b", BEFORE, 9, 3.0, 4, 4),
]
MOVES = [("a", Grade.P1, 0, 6), ("a", Grade.P1, 3, 2), ("a", Grade.P2, -2, 1), ("b", Grade.P1, 1, 4)]


def look(language="th", simulated=False):
    return Look(language, NAMES, simulated)


def onet_page(*years, targets=(), simulated=False):
    results = [OnetResult("a", year, Grade.P6, 30 + index, 40.0 + index) for index, year in enumerate(years)]
    nation = tuple(m for m in national_means() if m.grade is Grade.P6)
    return OnetPage(onet_table(results, targets), nation, tuple(targets), 31.58, simulated)


def all_figures(shown):
    levels, coverage = frames.levels_frame(COUNTS), frames.coverage_frame(COUNTS)
    expected, history = frames.expected_frame(COUNTS, EXPECTED), frames.history_frame(COURSE)
    change = frames.change_frame(MOVES)
    page = frames.NetworkPage(NOW, (NOW,), frames.network_frame(COUNTS), shown.simulated)
    for by in ("school_id", "grade", "room", "stage"):
        yield figures.levels_figure(levels, shown, NOW, by)
        yield figures.coverage_figure(coverage, shown, NOW, by)
    for by in ("school_id", "grade", "stage"):
        yield figures.expected_figure(expected, shown, NOW, by)
        yield figures.change_figure(change, shown, NOW, BEFORE, by)
    for measure in ("share", "mean_level"):
        yield course_figures.history_figure(history, shown, measure)
    yield course_figures.onet_figure(onet_page(2561, 2562, simulated=shown.simulated), shown)
    yield network_figure.network_figure(page, shown)


def empty_figures(shown):
    yield figures.levels_figure(frames.levels_frame([]), shown, NOW)
    yield figures.coverage_figure(frames.coverage_frame([]), shown, NOW)
    yield figures.expected_figure(frames.expected_frame([], {}), shown, NOW)
    yield figures.change_figure(frames.change_frame([]), shown, NOW, None)
    yield course_figures.history_figure(frames.history_frame([]), shown)
    yield network_figure.network_figure(frames.NetworkPage(None, (), frames.network_frame([]), shown.simulated), shown)


def texts(figure):
    return [a.text for a in figure.layout.annotations]


def traces(figure):
    return {trace.name: trace for trace in figure.data if trace.name}


@pytest.mark.parametrize("language", ["th", "en"])
def test_simulated_data_are_marked_in_every_figure(language):
    mark = {"th": "ข้อมูลจำลอง", "en": "Simulated data"}[language]
    for make in (all_figures, empty_figures):
        for figure in make(look(language, simulated=True)):
            assert mark in texts(figure)
        for figure in make(look(language)):
            assert mark not in texts(figure)


def test_thai_figures_hold_no_english():
    for make in (all_figures, empty_figures):
        for figure in make(look(simulated=True)):
            words = figure.to_json().lower()
            for english in (
                "pupils",
                "level ",
                "school ",
                "n=",
                "no data",
                "not placed",
                'hidden"',
                "nation",
                "target",
            ):
                assert english not in words


def test_every_figure_has_a_title_a_height_and_the_typeface():
    for figure in all_figures(look()):
        assert figure.layout.title.text
        assert figure.layout.height >= 200
        assert figure.layout.font.family.startswith("Sarabun")


def test_levels_are_stacked_with_their_counts():
    figure = figures.levels_figure(frames.levels_frame(COUNTS), look(), NOW)
    shown = traces(figure)
    assert list(shown) == ["ระดับ 2", "ระดับ 3", "ระดับ 4", "ระดับ 5", "ยังไม่จัดระดับ"]
    assert list(shown["ระดับ 3"].x) == [10, None]
    assert list(shown["ยังไม่จัดระดับ"].y) == ["เทศบาลจามเทวี (22 คน)", "เทศบาลประตูลี้ (10 คน)"]


def test_grades_come_in_school_order_across_schools():
    figure = figures.levels_figure(frames.levels_frame(COUNTS), look("en"), NOW, "grade")
    assert list(figure.data[0].y) == ["K3 (n=6)", "P1 (n=19)", "P2 (n=7)"]


def test_shares_say_both_counts():
    figure = figures.expected_figure(frames.expected_frame(COUNTS, EXPECTED), look(), NOW)
    assert list(figure.data[0].text) == ["41% (7/17)", "100% (4/4)"]
    figure = figures.coverage_figure(frames.coverage_frame(COUNTS), look(), NOW)
    assert list(figure.data[0].text) == ["86% (19/22)", "100% (10/10)"]


def test_a_share_of_nobody_has_no_bar():
    nobody = frames.expected_frame([("a", Grade.P1, "1", None, 5, 0)], EXPECTED)
    figure = figures.expected_figure(nobody, look("en"), NOW)
    assert list(figure.data[0].x) == [None]
    assert list(figure.data[0].text) == ["n=0"]


def test_changes_are_grouped_and_sum_to_all():
    figure = figures.change_figure(frames.change_frame(MOVES), look(), NOW, BEFORE)
    assert [list(trace.text) for trace in figure.data] == [["1", None], ["6", None], [None, "4"], ["2", None]]
    assert sum(trace.x[0] for trace in figure.data) == pytest.approx(1)
    assert figure.data[0].y[0] == "เทศบาลจามเทวี (9 คน)"


def test_rounds_without_results_are_gaps():
    figure = course_figures.history_figure(frames.history_frame(COURSE), look())
    line = traces(figure)["เทศบาลจามเทวี"]
    assert list(line.x) == ["2/2567", "1/2568", "2/2568", "1/2569"]
    assert list(line.y) == [0.5, None, None, pytest.approx(7 / 17)]
    assert line.connectgaps is False
    rows = [trace.text for trace in figure.data if trace.mode == "text"]
    assert rows[0] == ("10", "", "", "17")
    assert "จำนวนนักเรียนที่จัดระดับ" in figure.layout.title.subtitle.text


def test_onet_gaps_stay_gaps():
    shown = traces(course_figures.onet_figure(onet_page(2560, 2562, 2565), look()))
    nation, school = shown["ระดับประเทศ"], shown["เทศบาลจามเทวี"]
    known = dict(zip(school.x, school.y, strict=True))
    assert [known[y] for y in range(2560, 2566)] == [40.0, None, 41.0, None, None, 42.0]
    means = dict(zip(nation.x, nation.y, strict=True))
    assert (means[2556], means[2563], means[2564]) == (None, 43.55, None)
    assert not nation.connectgaps
    assert not school.connectgaps


def test_onet_says_how_many_sat_it():
    figure = course_figures.onet_figure(onet_page(2561, 2562), look())
    (row,) = (trace for trace in figure.data if trace.mode == "text")
    assert [text for text in row.text if text] == ["30", "31"]
    assert "จำนวนผู้เข้าสอบ" in figure.layout.title.subtitle.text
    nation_only = course_figures.onet_figure(onet_page(), look())
    assert "จำนวนผู้เข้าสอบ" not in nation_only.layout.title.subtitle.text


def test_values_stand_clear_of_their_line():
    course = [("a", Round(2567, 2), 10, 2.5, 10, 5), ("a", Round(2568, 1), 10, 2, 10, 2), ("a", BEFORE, 9, 3.0, 4, 4)]
    (line, _counts) = course_figures.history_figure(frames.history_frame(course), look()).data
    assert list(line.textposition) == ["top center", "bottom center", "top center"]


def test_onet_marks_voluntary_years_and_the_baseline():
    figure = course_figures.onet_figure(onet_page(2562, 2563), look())
    assert figure.layout.shapes[0].x0 == 2562.5
    assert any("2563" in text for text in texts(figure))
    baseline = next(trace for name, trace in traces(figure).items() if "31.58" in name)
    assert set(baseline.y) == {31.58}
    assert "ไม่ระบุชั้น" in baseline.name


@pytest.mark.parametrize(
    ("target", "points", "word"),
    [
        (OnetTarget("a", Grade.P6, 0.03, True), [None, 41.2, None, 43.26], "เชิงสัมพัทธ์"),
        (OnetTarget("a", Grade.P6, 45.0, False), [45, 45, 45, 45], "ค่าสัมบูรณ์"),
    ],
)
def test_onet_targets_reach_one_year_ahead_and_say_what_they_are(target, points, word):
    figure = course_figures.onet_figure(onet_page(2560, 2561, 2563, targets=[target]), look())
    line = next(trace for name, trace in traces(figure).items() if "เป้าหมาย" in name)
    assert word in line.name
    assert list(line.x) == [2560, 2561, 2563, 2564]
    assert list(line.y) == [None if p is None else pytest.approx(p) for p in points]


def test_onet_without_own_results_shows_the_nation():
    shown = traces(course_figures.onet_figure(onet_page(), look()))
    assert "ระดับประเทศ" in shown


def test_hidden_network_cells_show_no_figure():
    page = frames.NetworkPage(NOW, (NOW,), frames.network_frame(COUNTS), False)
    figure = network_figure.network_figure(page, look("en"))
    hidden = int(page.counts["suppressed"].sum())
    assert sum(row.count("hidden") for row in map(list, figure.data[0].text)) == hidden > 0
    assert sum(value is None for row in figure.data[0].z for value in row) == hidden


def test_a_network_of_hidden_cells_only_says_so():
    few = frames.network_frame([("a", Grade.P1, "1", 3, 2, 2), ("a", Grade.P1, "1", 4, 3, 3)])
    figure = network_figure.network_figure(frames.NetworkPage(NOW, (NOW,), few, False), look("en"))
    assert list(figure.data[1].text) == ["hidden"] * len(few)


@pytest.mark.parametrize("count", [1, 2, 9, 14])
def test_any_number_of_levels_has_its_own_colour(count):
    colours = level_colours(list(range(1, count + 1)))
    assert len(set(colours.values())) == count


def test_text_can_be_read_on_its_colour():
    assert (text_on("#ffffff"), text_on("rgb(68, 1, 84)")) == ("#1f2a26", "#ffffff")
