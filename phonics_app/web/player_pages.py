"""The pages of the test player: the start screen and the test itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phonics_app.domain.errors import PhonicsError, ProblemsFound
from phonics_app.locales.messages import render, render_all
from phonics_app.web.errors import status_of
from phonics_app.web.gate import actor_in, phonics_in
from phonics_app.web.language import language_of
from phonics_app.web.player_texts import player_texts
from phonics_app.web.view import page_of
from phonics_app.workflows.assess import propose_test

Endpoint = Callable[[Request], Response]


def _shown_errors(function: Endpoint) -> Endpoint:
    """A refusal becomes a page that says why."""

    @wraps(function)
    def endpoint(request: Request) -> Response:
        try:
            return function(request)
        except PhonicsError as error:
            language = language_of(request)
            problems = render_all(error.problems, language) if isinstance(error, ProblemsFound) else []
            return page_of(request, "refused.html", status_of(error), reason=render(error, language), problems=problems)

    return endpoint


@_shown_errors
def new(request: Request) -> Response:
    """The start screen of a test."""
    proposal = propose_test(phonics_in(request), actor_in(request), request.query_params.get("pupil", ""))
    return page_of(request, "play_new.html", proposal=proposal)


@_shown_errors
def play(request: Request) -> Response:
    """The player. It loads the sitting itself, from the server or from the device's own storage."""
    return page_of(request, "play.html", attempt_id=request.path_params["attempt_id"], texts=player_texts())


ROUTES = (Route("/play/new", new), Route("/play/{attempt_id}", play))
