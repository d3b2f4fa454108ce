"""What the first visitors would else wait for: libraries, catalogues, and the costly first drawing of figures."""

from __future__ import annotations

import phonics_app.workflows.exports  # noqa: F401 - with it come pandas and what makes documents
from phonics_app.domain.account import SYSTEM
from phonics_app.locales import DEFAULT_LANGUAGE, LANGUAGES, translations
from phonics_app.progress.dashboard import Filters
from phonics_app.reports.course_figures import history_figure
from phonics_app.reports.figures import Look, coverage_figure, levels_figure
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.dashboards import dashboard


def warm_up(phonics: Phonics) -> None:
    """Reads the catalogues and draws a dashboard's figures, once for each kind of plot.

    Raises `PhonicsError` where the database can't be read.
    """
    for language in LANGUAGES:
        translations(language)
    shown, look = dashboard(phonics, SYSTEM, Filters()), Look(DEFAULT_LANGUAGE, simulated=True)
    if shown.round is not None:
        levels_figure(shown.levels, look, shown.round).to_json()
        coverage_figure(shown.coverage, look, shown.round).to_json()
        history_figure(shown.history, look).to_json()
