"""Request bodies: read up to a limit, then as a form or as JSON. Endpoints that use them are plain functions.

The body must be awaited, the database must not hold up the event loop: so the wrapper reads, and the
function runs in a thread.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from phonics_app.domain.errors import Problem, ProblemsFound
from phonics_app.web.errors import TooLarge

Form = dict[str, list[str]]
AsyncEndpoint = Callable[[Request], Awaitable[Response]]
_FORM_LIMIT = 64 * 1024


async def read_limited(request: Request, limit: int) -> bytes:
    """The whole body; `TooLarge` as soon as it grows over `limit` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLarge("request.too_large", {"limit": limit})
    return bytes(body)


def parse_form(body: bytes) -> Form:
    """An url-encoded form: field → its values in order, surrounding blanks kept."""
    form: Form = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True):
        form.setdefault(name, []).append(value)
    return form


def first(form: Form, name: str) -> str:
    """The first value of a field, "" where it is missing."""
    return form.get(name, [""])[0]


def parse_json(body: bytes) -> object:
    """JSON data; `ProblemsFound` where the body is none, or holds what the standard leaves out of JSON and of text."""
    try:
        data: object = json.loads(body)
        # Python reads NaN and half characters (lone surrogates), but neither can be stored or sent back.
        json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
        return data
    except (ValueError, RecursionError) as error:
        raise ProblemsFound([Problem("request.not_json", value=str(error)[:200])]) from error


def form_endpoint(function: Callable[[Request, Form], Response]) -> AsyncEndpoint:
    """Makes an endpoint of a plain function of the request and its form."""

    @wraps(function)
    async def endpoint(request: Request) -> Response:
        try:
            form = parse_form(await read_limited(request, _FORM_LIMIT))
        except TooLarge:
            return Response(status_code=413)
        return await run_in_threadpool(function, request, form)

    return endpoint
