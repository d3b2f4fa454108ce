"""What every figure carries beside its own data."""

from __future__ import annotations

import json

from phonics_app.reports.figure_style import empty_figure


def test_a_figure_carries_a_small_template():
    template = json.loads(empty_figure("Pupils", "en").to_json())["layout"]["template"]
    assert len(json.dumps(template)) < 500, "plotly's own have 6,000 letters, and take longer than the rest of a figure"
    assert template["layout"]["autotypenumbers"] == "strict", "else a class named 1/2 would become a number or a date"
