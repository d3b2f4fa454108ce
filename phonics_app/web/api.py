"""The JSON API that the player uses. Every route needs a session; `workflows` decides what it may do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from phonics_app.domain.codec import decode, encode
from phonics_app.domain.errors import PhonicsError
from phonics_app.domain.event import Event
from phonics_app.web.body import AsyncEndpoint, parse_json, read_limited
from phonics_app.web.errors import error_body, status_of
from phonics_app.web.gate import actor_in, phonics_in
from phonics_app.web.language import language_of
from phonics_app.workflows import assess
from phonics_app.workflows.setup import SiteState, site_state

BODY_LIMIT = 1024 * 1024
"""Bytes. A whole test of 500 events is about 100 KB."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StartRequest:
    """Body of `POST /api/v1/attempts`; `id` is made by the client."""

    id: str
    pupil_id: str
    start_level: int | None = None


@dataclass(frozen=True, slots=True)
class EventsRequest:
    """Body of `POST /api/v1/attempts/{id}/events`."""

    events: tuple[Event, ...]


def json_endpoint(
    function: Callable[[Request, object], object], status: int = 200, limit: int = BODY_LIMIT
) -> AsyncEndpoint:
    """Reads JSON (of a POST), runs `function` in a thread, and answers with its data or with its coded error."""

    @wraps(function)
    async def endpoint(request: Request) -> Response:
        try:
            data = parse_json(await read_limited(request, limit)) if request.method == "POST" else None
            answer = await run_in_threadpool(_answer, function, request, data)
        except PhonicsError as error:
            return _refusal(request, error)
        return JSONResponse(answer, status)

    return endpoint


def _answer(function: Callable[[Request, object], object], request: Request, data: object) -> object:
    answer = encode(function(request, data))
    assert isinstance(answer, dict)
    if site_state(phonics_in(request)) is SiteState.DEMONSTRATION:
        answer["simulated"] = True
    return answer


def _refusal(request: Request, error: PhonicsError) -> Response:
    status = status_of(error)
    if status >= 500:
        _log.error("%s %s: %s", request.method, request.url.path, error)
    return JSONResponse(error_body(error, language_of(request)), status)


def start(request: Request, data: object) -> object:
    """Starts an attempt, or returns the one that an earlier try of the same request has made."""
    wanted = decode(StartRequest, data)
    return assess.start_attempt(phonics_in(request), actor_in(request), wanted.id, wanted.pupil_id, wanted.start_level)


def sitting(request: Request, data: object) -> object:
    """All that a device needs to start or resume the test."""
    return assess.get_sitting(phonics_in(request), actor_in(request), request.path_params["attempt_id"])


def append(request: Request, data: object) -> object:
    """Takes numbered events, each exactly once."""
    events = decode(EventsRequest, data).events
    attempt_id = request.path_params["attempt_id"]
    return {"acknowledged": assess.append_events(phonics_in(request), actor_in(request), attempt_id, events)}


def result(request: Request, data: object) -> object:
    """The result, recomputed from the stored events."""
    return assess.compute_result(phonics_in(request), actor_in(request), request.path_params["attempt_id"])


# A plan is half a megabyte of text, 35 KB compressed: a whole class may start at once over one Wi-Fi.
_COMPRESSED = [Middleware(GZipMiddleware, compresslevel=5)]

ROUTES = (
    Route("/api/v1/attempts", json_endpoint(start, 201), methods=["POST"], middleware=_COMPRESSED),
    Route("/api/v1/attempts/{attempt_id}", json_endpoint(sitting), middleware=_COMPRESSED),
    Route("/api/v1/attempts/{attempt_id}/events", json_endpoint(append), methods=["POST"]),
    Route("/api/v1/attempts/{attempt_id}/result", json_endpoint(result)),
)
