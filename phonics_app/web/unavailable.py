"""The page that stands in for all others when the product can't be opened (a damaged database, broken content)."""

from __future__ import annotations

from starlette.responses import Response

from phonics_app.domain.errors import PhonicsError, ProblemsFound
from phonics_app.locales.messages import render, render_all
from phonics_app.web.view import page


def unavailable(error: PhonicsError, language: str) -> Response:
    """503 with the reason, and every problem where there are several."""
    problems = render_all(error.problems, language) if isinstance(error, ProblemsFound) else []
    return page("unavailable.html", language, 503, reason=render(error, language), problems=problems)
