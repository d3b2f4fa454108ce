"""The session gate: what is not public is served to a signed-in person only."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import NotAllowed, PhonicsError
from phonics_app.web.cookies import SESSION_COOKIE
from phonics_app.web.errors import NotSignedIn, error_body
from phonics_app.web.language import language_of_headers
from phonics_app.web.missing import leads_nowhere, missing
from phonics_app.web.paths import CHOOSE_PASSWORD, is_program, is_public
from phonics_app.web.refusal import refuse_websocket
from phonics_app.web.rescue_desk import RescueDesk
from phonics_app.web.unavailable import unavailable
from phonics_app.workflows.accounts import actor_of
from phonics_app.workflows.context import Phonics, Settings
from phonics_app.workflows.setup import SiteState, site_state


class SessionGate:
    """Puts `phonics_of` and `actor` into the request's state, or turns the request away.

    Works on bare ASGI, so that it holds for websockets as well: a Streamlit session without a
    signed-in person never starts.
    """

    def __init__(self, app: ASGIApp, phonics_of: Callable[[], Phonics], settings_of: Callable[[], Settings]) -> None:
        self.app = app
        self.phonics_of = phonics_of
        self.rescue = RescueDesk(phonics_of, settings_of)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["phonics_of"], state["rescue"] = self.phonics_of, self.rescue
        if is_public(scope["path"]):
            await self._serve_everybody(scope, receive, send)
            return
        refusal = await run_in_threadpool(self._refusal, scope)
        if refusal is None and leads_nowhere(HTTPConnection(scope)):
            await missing(Request(scope))(scope, receive, send)
        elif refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await refuse_websocket(receive, send)
        else:
            await refusal(scope, receive, send)

    async def _serve_everybody(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sign-in and set-up need the product as well: where it can't be opened, they say so."""
        try:
            await self.app(scope, receive, send)
        except PhonicsError as error:
            response = await run_in_threadpool(self._unavailable, error, Headers(scope=scope))
            await response(scope, receive, send)

    def _unavailable(self, error: PhonicsError, headers: Headers) -> Response:
        return unavailable(error, language_of_headers(headers), self.rescue.saw(error))

    def _refusal(self, scope: Scope) -> Response | None:
        """None for a live session; else what the visitor is told instead."""
        connection = HTTPConnection(scope)
        try:
            phonics = self.phonics_of()
            actor = actor_of(phonics, connection.cookies.get(SESSION_COOKIE))
            if actor is None:
                return _turn_away(connection, phonics)
        except PhonicsError as error:
            return self._unavailable(error, connection.headers)
        if actor.chooses_password and connection.url.path != CHOOSE_PASSWORD:
            return _has_to_choose(connection)
        scope["state"]["actor"] = actor
        return None


def _has_to_choose(connection: HTTPConnection) -> Response:
    if is_program(connection.url.path):
        error = NotAllowed("account.password_to_be_chosen")
        return JSONResponse(error_body(error, language_of_headers(connection.headers)), 403)
    return RedirectResponse(f"{CHOOSE_PASSWORD}{_next(connection)}", 303)


def _next(connection: HTTPConnection) -> str:
    wanted = connection.url.path + (f"?{connection.url.query}" if connection.url.query else "")
    return "" if wanted == "/" else f"?next={quote(wanted, safe='')}"


def _turn_away(connection: HTTPConnection, phonics: Phonics) -> Response:
    path = connection.url.path
    if is_program(path):
        language = language_of_headers(connection.headers)
        return JSONResponse(error_body(NotSignedIn("session.missing"), language), 401)
    if site_state(phonics) is SiteState.EMPTY:
        return RedirectResponse("/auth/setup", 303)
    return RedirectResponse(f"/auth/sign-in{_next(connection)}", 303)


def actor_in(connection: HTTPConnection) -> Actor:
    """The signed-in person of a request that has passed the gate."""
    actor = connection.state.actor
    assert isinstance(actor, Actor)
    return actor


def phonics_in(connection: HTTPConnection) -> Phonics:
    """The running product; opens it where that has not happened yet."""
    phonics = connection.state.phonics_of()
    assert isinstance(phonics, Phonics)
    return phonics
