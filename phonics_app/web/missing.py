"""What stands at addresses where nothing is."""

from __future__ import annotations

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from phonics_app.domain.errors import NotFound
from phonics_app.web.errors import error_body
from phonics_app.web.language import language_of
from phonics_app.web.paths import is_ours, is_program
from phonics_app.web.view import page_of
from phonics_app.workflows.addresses import is_page


def missing(request: Request) -> Response:
    """404 in the visitor's language, with a way back; programs get it as JSON."""
    if is_program(request.url.path):
        return JSONResponse(error_body(NotFound("address.unknown"), language_of(request)), 404)
    return page_of(request, "missing.html", 404)


def leads_nowhere(connection: HTTPConnection) -> bool:
    """Whether a person (not the page's own script) asks for an address that neither this room nor a page answers."""
    path = connection.url.path
    if connection.scope["type"] != "http" or "text/html" not in connection.headers.get("accept", ""):
        return False
    return not (is_ours(path) or is_program(path) or is_page(path))


_PLACES = ("auth", "play", "self", "sitting", "studio", "paper", "files", "api")
# Behind all other routes of this room: what they don't know would else be answered by Streamlit, in English.
ROUTES = [Route(f"/{place}/{{rest:path}}", missing) for place in _PLACES]
