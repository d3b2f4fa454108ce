"""Security headers on every answer; a strict content policy on our own pages."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from phonics_app.web.paths import is_ours

OWN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Streamlit's front end writes styles and runs workers; still nothing may come from another site.
PAGES_POLICY = (
    "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss: data: blob:; form-action 'self'; "
    "base-uri 'self'; frame-ancestors 'self'; object-src 'none'"
)


_OWN_FILES = ("/auth/", "/play/", "/studio/", "/paper/", "/self/", "/sitting/", "/show/")


class SecurityHeaders:
    """Adds the headers to whatever the inner app answers; a header that is there already stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), path)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _add(headers: MutableHeaders, path: str) -> None:
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Content-Security-Policy", OWN_POLICY if is_ours(path) else PAGES_POLICY)
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=()")
    if path.startswith(_OWN_FILES) and "/static/" in path:
        # Asked for again each time, answered 304 while unchanged: an update never meets an old script.
        headers.setdefault("Cache-Control", "no-cache")
    elif is_ours(path):
        headers.setdefault("Cache-Control", "no-store")
