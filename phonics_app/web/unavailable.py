"""The page that stands in for all others when the product can't be opened (a damaged database, broken content)."""

from __future__ import annotations

from starlette.responses import Response

from phonics_app.domain.errors import PhonicsError, ProblemsFound
from phonics_app.locales import N_, translator
from phonics_app.locales.messages import render, render_all
from phonics_app.web.view import page

REASONS = {
    "database.damaged": N_("The database is damaged: what is stored in it can't be read any more."),
    "database.newer": N_(
        "A newer version of Phonics Nine has worked with these data. Best install that version again: then nothing is "
        "lost. A backup from before brings back the state of its day, in this version."
    ),
}
"""Of a database from which a backup leads back, without the command that does the same."""


def unavailable(error: PhonicsError, language: str, rescuable: bool = False) -> Response:
    """503 with the reason, and every problem where there are several; `rescuable`: with the way to the backups."""
    problems = render_all(error.problems, language) if isinstance(error, ProblemsFound) else []
    reason = translator(language)(REASONS[error.code]) if rescuable else render(error, language)
    return page("unavailable.html", language, 503, reason=reason, problems=problems, rescuable=rescuable)
