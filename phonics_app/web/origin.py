"""Refuses state-changing requests that another site made the browser send (CSRF)."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from phonics_app.domain.errors import NotAllowed
from phonics_app.web.errors import error_body
from phonics_app.web.language import language_of_headers
from phonics_app.web.refusal import refuse_websocket

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOriginOnly:
    """`Sec-Fetch-Site` decides where the browser sends it; else `Origin` must name this host.

    A plain-http LAN address is no secure context, so browsers leave `Sec-Fetch-Site` out there.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE_METHODS:
            headers = Headers(scope=scope)
            if not is_same_origin(headers):
                body = error_body(NotAllowed("request.cross_site"), language_of_headers(headers))
                await JSONResponse(body, 403)(scope, receive, send)
                return
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            if "origin" in headers and not is_same_origin(headers):
                await refuse_websocket(receive, send)
                return
        await self.app(scope, receive, send)


def is_same_origin(headers: Headers) -> bool:
    """Whether the request was made by a page of this very site."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")
