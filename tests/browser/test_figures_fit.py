"""Figures drawn as narrow as on a tablet held upright: title, mark, axes and legend keep clear of each other."""

from __future__ import annotations

import pytest

from tests.reports.test_figures import all_figures, look

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


@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_covers_anything(browser, language):
    parts = [
        figure.to_html(full_html=False, include_plotlyjs=index == 0, config={"displayModeBar": False})
        for index, figure in enumerate(all_figures(look(language, simulated=True)))
    ]
    page = browser.new_page(viewport={"width": 820, "height": 1180})
    page.set_content(PAGE.format(width=WIDTH, figures="".join(parts)))
    page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot .main-svg .gtitle').length == {len(parts)}")
    assert page.evaluate(FAULTS) == []
    page.close()
