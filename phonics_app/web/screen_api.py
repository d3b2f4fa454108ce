"""A pupil's screen beside the teacher's device: pairing, saying what is shown, and waiting for it.

The pupil's screen polls long: its request waits, as a coroutine and without a thread, until something else is shown or
some seconds have passed. So it follows at once, nothing has to be kept open for ever, and a lost link shows by itself.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from phonics_app.domain.codec import decode, encode
from phonics_app.domain.errors import PhonicsError
from phonics_app.web.api import json_endpoint
from phonics_app.web.body import parse_json, read_limited
from phonics_app.web.errors import NotSignedIn, error_body, status_of
from phonics_app.web.gate import actor_in, phonics_in
from phonics_app.web.language import language_of
from phonics_app.workflows import second_screen
from phonics_app.workflows.second_screen import PairStatus, Screen, ShownItems

SCREEN_COOKIE = "phonics_screen"
WAIT_SECONDS = 8.0
"""So long a request waits for something new. A screen that is gone is noticed after a little more."""
_SMALL = 64 * 1024
"""Bytes; a passage of 300 words is a tenth of it."""
_SCREEN_HOURS = 4


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """Body of `POST /api/v1/attempts/{id}/screen/code`; `renew`: another screen is to take the place of this one."""

    renew: bool = False


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """Body of `POST /api/v1/attempts/{id}/screen`; `shown` null: the screen waits."""

    shown: ShownItems | None = None
    link: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """Body of `POST /api/v1/show/join`."""

    code: str


def code(request: Request, data: object) -> PairStatus:
    """A code to join by."""
    wanted = decode(CodeRequest, data)
    attempt_id = request.path_params["attempt_id"]
    return second_screen.open_screen(phonics_in(request), actor_in(request), attempt_id, wanted.renew)


def show(request: Request, data: object) -> PairStatus:
    """The teacher's device says what is shown."""
    told = decode(ShowRequest, data)
    attempt_id = request.path_params["attempt_id"]
    return second_screen.show_on_screen(
        phonics_in(request), actor_in(request), attempt_id, told.shown, told.link, told.ended
    )


async def join(request: Request) -> Response:
    """A screen joins by the code; the answer sets its cookie."""
    try:
        typed = decode(JoinRequest, parse_json(await read_limited(request, _SMALL))).code
        address = request.client.host if request.client else ""
        token = await run_in_threadpool(second_screen.join_screen, phonics_in(request), typed, address)
        screen = await run_in_threadpool(second_screen.see_screen, phonics_in(request), token)
    except PhonicsError as error:
        return _refusal(request, error)
    response = JSONResponse(encode(screen))
    response.set_cookie(
        SCREEN_COOKIE,
        token,
        max_age=_SCREEN_HOURS * 3600,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def _refusal(request: Request, error: PhonicsError) -> Response:
    return JSONResponse(error_body(error, language_of(request)), status_of(error))


async def see(request: Request) -> Response:
    """What the screen shows; waits while it is still the version that `?seen=` names."""
    token = request.cookies.get(SCREEN_COOKIE, "")
    try:
        screen = await _when_changed(request, token, request.query_params.get("seen", ""))
    except PhonicsError as error:
        return _refusal(request, error)
    if screen is None:
        return _refusal(request, NotSignedIn("screen.not_joined"))
    return JSONResponse(encode(screen))


async def _when_changed(request: Request, token: str, seen: str) -> Screen | None:
    phonics, changed = phonics_in(request), asyncio.Event()
    loop, since = asyncio.get_running_loop(), phonics.now()

    def wake() -> None:
        loop.call_soon_threadsafe(changed.set)

    screen = await run_in_threadpool(second_screen.see_screen, phonics, token, seen)
    if screen is None or screen.version != seen:
        return screen
    second_screen.wait_for_screen(phonics, token, seen, wake)
    try:
        gone = await _wait(request, changed)
    finally:
        second_screen.stop_waiting(wake)
    if gone:
        await run_in_threadpool(second_screen.screen_gone, phonics, token, since)
        return None
    return await run_in_threadpool(partial(second_screen.see_screen, phonics, token, seen, waited=True))


async def _wait(request: Request, changed: asyncio.Event) -> bool:
    """Until it has changed or the time is over; whether whoever asked has hung up."""
    hung_up = asyncio.create_task(_hung_up(request))
    waiting = asyncio.create_task(changed.wait())
    try:
        await asyncio.wait({hung_up, waiting}, timeout=WAIT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        return hung_up.done() and not waiting.done()
    finally:
        hung_up.cancel()
        waiting.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


ROUTES = (
    Route("/api/v1/attempts/{attempt_id}/screen", json_endpoint(show, limit=_SMALL), methods=["POST"]),
    Route("/api/v1/attempts/{attempt_id}/screen/code", json_endpoint(code, limit=_SMALL), methods=["POST"]),
    Route("/api/v1/show/join", join, methods=["POST"]),
    Route("/api/v1/show", see),
)
