"""The language of a session: a cookie, Thai until somebody chooses."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from phonics_app.locales import DEFAULT_LANGUAGE, LANGUAGES
from phonics_app.web.paths import safe_next

COOKIE = "phonics_language"
LANGUAGE_NAMES = {"th": "ไทย", "en": "English"}
"""Each in its own language, so that whoever needs it can read it."""
_ONE_YEAR = 365 * 24 * 3600


def language_of(request: Request) -> str:
    """The language that this browser asked for, else the default one."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def language_of_headers(headers: Headers) -> str:
    """The same from bare headers, where there is no request object."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return DEFAULT_LANGUAGE
    return morsel.value if morsel is not None and morsel.value in LANGUAGES else DEFAULT_LANGUAGE


def other_language(language: str) -> str:
    """The language that the switch offers."""
    return next(other for other in LANGUAGES if other != language)


def choose(request: Request) -> Response:
    """Sets the language and goes back to where the person was."""
    response = RedirectResponse(safe_next(request.query_params.get("next")), 303)
    wanted = request.query_params.get("to", "")
    if wanted in LANGUAGES:
        response.set_cookie(COOKIE, wanted, max_age=_ONE_YEAR, samesite="lax", secure=request.url.scheme == "https")
    return response


ROUTES = (Route("/auth/language", choose),)
