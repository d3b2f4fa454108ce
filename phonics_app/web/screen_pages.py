"""The page of a pupil's screen: it shows what the teacher's device has it show. No session; no name stands in it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phonics_app.web.language import language_of
from phonics_app.web.screen_texts import screen_texts
from phonics_app.web.view import page_of


def show(request: Request) -> Response:
    """Where the code is typed, and then the words; `?code=` brings the code along from the QR."""
    code = "".join(char for char in request.query_params.get("code", "") if char.isascii() and char.isdigit())
    page = {"language": language_of(request), "texts": screen_texts(), "code": code[:6]}
    return page_of(request, "show.html", page=page)


ROUTES = (Route("/show", show),)
