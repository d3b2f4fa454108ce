"""Figures drawn as narrow as on a tablet held upright: title, mark, axes and legend keep clear of each other."""

from __future__ import annotations

import pytest

from phonics_app.domain.grade import Grade
from phonics_app.progress import dashboard as frames
from phonics_app.reports.figures import Look, coverage_figure, levels_figure
from tests.reports.test_figures import NOW, all_figures, look

pytestmark = pytest.mark.browser

WIDTH = 540
"""Pixels: what the sidebar leaves of 820."""
PAGE = """<!DOCTYPE html><meta charset="utf-8"><body style="margin:0;width:{width}px">{figures}</body>"""
# For each figure: its title and every pair of parts that cover each other or stick out of the picture.
FAULTS = """
() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const whole = plot.getBoundingClientRect(), title = plot.querySelector('.gtitle').textContent;
  const parts = [...plot.querySelectorAll('.gtitle, .gtitle-subtitle, .legend, .xaxislayer-above, .plot, .annotation')]
    .map(e => [e.getAttribute('class'), e.getBoundingClientRect()]).filter(([, r]) => r.width && r.height);
  const faults = parts.filter(([, r]) => r.left < whole.left - 1 || r.right > whole.right + 1
    || r.top < whole.top - 1 || r.bottom > whole.bottom + 1).map(([name]) => `${title}: ${name} sticks out`);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const inside = name => name === 'plot' || name === 'annotation';
  parts.forEach(([name, r], i) => parts.slice(i + 1).forEach(([other, s]) => {
    if (over(r, s) && !(inside(name) && inside(other))) faults.push(`${title}: ${name} over ${other}`);
  }));
  return faults;
})
"""


# Bars that are no longer bars, and legends that must be scrolled.
SQUASHED = """
() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const bars = [...plot.querySelectorAll('.bars .point path')].map(e => e.getBoundingClientRect().height);
  const scrolled = [...plot.querySelectorAll('.legend .scrollbar')].filter(e => e.getBoundingClientRect().height > 0);
  return [...bars.filter(height => height < 14), ...scrolled.map(() => 'a legend is cut')];
})
"""


@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_covers_anything(browser, language):
    page = drawn(browser, all_figures(look(language, simulated=True)))
    assert page.evaluate(FAULTS) == []
    page.close()


def test_nine_levels_and_long_names_leave_room_for_the_bars(browser):
    names = {code: f"San Pa Yang Luang Municipal School {code}" for code in "abcd"}
    counts = [(code, Grade.P1, "1", level, 10 * level, 9 * level) for code in names for level in range(1, 10)]
    counts += [(code, Grade.P1, "1", None, 100, 0) for code in names]
    shown = Look("en", names, simulated=True)
    page = drawn(
        browser,
        [
            levels_figure(frames.levels_frame(counts), shown, NOW),
            coverage_figure(frames.coverage_frame(counts), shown, NOW),
        ],
    )
    assert page.evaluate(FAULTS) == []
    assert page.evaluate(SQUASHED) == []
    page.close()


def drawn(browser, figures):
    """A page with the figures, each as wide as a tablet gives."""
    parts = [
        figure.to_html(full_html=False, include_plotlyjs=index == 0, config={"displayModeBar": False})
        for index, figure in enumerate(figures)
    ]
    page = browser.new_page(viewport={"width": 820, "height": 1180})
    page.set_content(PAGE.format(width=WIDTH, figures="".join(parts)))
    page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot .main-svg .gtitle').length == {len(parts)}")
    return page
