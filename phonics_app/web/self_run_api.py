"""The JSON API of a pupil's own device: no session, but a cookie with a token, good for one pupil of one sitting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from phonics_app.domain.codec import decode, encode
from phonics_app.domain.errors import PhonicsError
from phonics_app.domain.event import Event
from phonics_app.web.api import json_endpoint
from phonics_app.web.audio import served
from phonics_app.web.body import AsyncEndpoint, parse_json, read_limited
from phonics_app.web.errors import NotSignedIn, error_body, status_of
from phonics_app.web.gate import phonics_in
from phonics_app.web.language import language_of
from phonics_app.workflows import self_run
from phonics_app.workflows.self_run import Place

DEVICE_COOKIE = "phonics_device"
_SMALL = 4096
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """Body of `POST /api/v1/self/join`."""

    code: str


@dataclass(frozen=True, slots=True)
class NumberRequest:
    number: int


@dataclass(frozen=True, slots=True)
class NameRequest:
    mine: bool


@dataclass(frozen=True, slots=True)
class SelfEventsRequest:
    """`attempt`: whose events these are; on a shared device another pupil may sit by now."""

    attempt: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class HelpRequest:
    wanted: bool


async def join(request: Request) -> Response:
    """Enters with a code; the answer sets the device's cookie."""
    try:
        data = decode(JoinRequest, parse_json(await read_limited(request, _SMALL)))
        joined = await run_in_threadpool(self_run.join, phonics_in(request), data.code, _address(request))
        place = await run_in_threadpool(self_run.place_of, phonics_in(request), joined.token)
    except PhonicsError as error:
        return JSONResponse(error_body(error, language_of(request)), status_of(error))
    response = JSONResponse(encode(place))
    response.set_cookie(
        DEVICE_COOKIE,
        joined.token,
        expires=joined.expires,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def _there(found: T | None) -> T:
    """What the device asked for, unless its token is good for nothing (any more)."""
    if found is None:
        raise NotSignedIn("self_run.not_joined")
    return found


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _token(request: Request) -> str | None:
    return request.cookies.get(DEVICE_COOKIE)


def place(request: Request, data: object) -> Place:
    """Where the device is."""
    return _there(self_run.place_of(phonics_in(request), _token(request)))


def number(request: Request, data: object) -> Place:
    """Sits down at a number; the answer holds its name."""
    wanted = decode(NumberRequest, data).number
    return _there(self_run.choose_number(phonics_in(request), _token(request), wanted, _address(request)))


def name(request: Request, data: object) -> Place:
    """The name is the pupil's, or isn't."""
    return _there(self_run.confirm_name(phonics_in(request), _token(request), decode(NameRequest, data).mine))


def help_wanted(request: Request, data: object) -> Place:
    """A hand up or down."""
    return _there(self_run.ask_help(phonics_in(request), _token(request), decode(HelpRequest, data).wanted))


def test(request: Request, data: object) -> object:
    """All that the device needs to start or resume the test. Nothing in it tells who the pupil is."""
    found = _there(self_run.self_test(phonics_in(request), _token(request)))
    return {"sitting": found.for_device, "events": found.events}


def append(request: Request, data: object) -> object:
    """Takes numbered events, each exactly once; tells where the device is now, so that it need not ask."""
    sent = decode(SelfEventsRequest, data)
    phonics, token = phonics_in(request), _token(request)
    acknowledged, now = _there(self_run.append_self_events(phonics, token, sent.attempt, sent.events))
    return {"acknowledged": acknowledged, "place": now}


def audio(request: Request) -> Response:
    """A sound of the device's own test."""
    phonics, key = phonics_in(request), request.path_params["key"]
    return served(request, lambda: _there(self_run.self_audio(phonics, _token(request), key)))


def _small(function: Callable[[Request, object], object]) -> AsyncEndpoint:
    return json_endpoint(function, limit=_SMALL)


# The plan is 60 KB of text, a sixth of that compressed; the rest of the answers are small.
_COMPRESSED = [Middleware(GZipMiddleware, compresslevel=5)]
ROUTES = (
    Route("/api/v1/self/join", join, methods=["POST"]),
    Route("/api/v1/self/place", json_endpoint(place)),
    Route("/api/v1/self/number", _small(number), methods=["POST"]),
    Route("/api/v1/self/name", _small(name), methods=["POST"]),
    Route("/api/v1/self/help", _small(help_wanted), methods=["POST"]),
    Route("/api/v1/self/test", _small(test), methods=["POST"], middleware=_COMPRESSED),
    Route("/api/v1/self/events", json_endpoint(append), methods=["POST"]),
    Route("/self/audio/{key}", audio),
)
