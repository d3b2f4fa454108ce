"""What the first visitors would else wait for: libraries, catalogues, the first drawing of a figure."""

from __future__ import annotations

import phonics_app.workflows.exports  # noqa: F401 - with it come pandas and what makes documents
from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.locales import DEFAULT_LANGUAGE, LANGUAGES, translations
from phonics_app.progress.dashboard import history_frame, levels_frame
from phonics_app.reports.course_figures import history_figure
from phonics_app.reports.figures import Look, levels_figure


def warm_up() -> None:
    """Reads the catalogues and draws bars and lines: plotly loads at the first drawing what it needs."""
    for language in LANGUAGES:
        translations(language)
    look, round_ = Look(DEFAULT_LANGUAGE, simulated=True), Round(2569, 1)
    levels_figure(levels_frame([("", Grade.P1, "1", 1, 1, 1)]), look, round_).to_json()
    history_figure(history_frame([("", round_, 1, 1.0, 1, 1)]), look).to_json()
