"""The pages of a pupil's own device: entering, and the test. One script makes them; no name stands in them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phonics_app.web.gate import phonics_in
from phonics_app.web.language import language_of
from phonics_app.web.player_pages import shown_errors
from phonics_app.web.self_run_texts import self_run_texts
from phonics_app.web.view import page_of
from phonics_app.workflows.setup import SiteState, site_state


@shown_errors
def enter(request: Request) -> Response:
    """Where the code is typed; `?code=` brings it along from the QR."""
    code = "".join(char for char in request.query_params.get("code", "") if char.isascii() and char.isdigit())
    return _page(request, code=code[:6], attempt_id="")


@shown_errors
def take(request: Request) -> Response:
    """The test. It goes on from what the device has kept, even where the server does not know the device any more."""
    return _page(request, code="", attempt_id=request.path_params["attempt_id"])


def _page(request: Request, **values: str) -> Response:
    simulated = site_state(phonics_in(request)) is SiteState.DEMONSTRATION
    page = {"language": language_of(request), "texts": self_run_texts(), "simulated": simulated, **values}
    return page_of(request, "self_run.html", page=page)


ROUTES = (Route("/join", enter), Route("/self/{attempt_id}", take))
