"""Which paths need a session, and which `next` may be followed."""

from __future__ import annotations

from urllib.parse import urlsplit

CHOOSE_PASSWORD = "/auth/password"

_PUBLIC = frozenset(
    {
        "/healthz",
        "/join",
        "/show",  # a pupil's screen beside the teacher's device: by its own token
        "/api/v1/show",
        "/play/worker.js",
        "/favicon.png",
        "/manifest.json",
        "/_stcore/health",
        "/_stcore/host-config",
    }
)
_PUBLIC_PREFIXES = (
    "/auth/setup",
    "/auth/rescue",  # only where the database can't be opened, by a code of the data folder
    "/auth/sign-in",
    "/auth/sign-out",
    "/auth/invitation",  # by the code of the invitation
    "/auth/language",
    "/auth/static/",
    "/play/static/",
    "/studio/static/",
    "/self/",  # a pupil's own device: by its own token
    "/api/v1/self/",
    "/sitting/static/",
    "/show/static/",
    "/api/v1/show/",
    "/paper/static/",
    "/files/fonts/",
    "/static/",
    "/component/",
    "/_stcore/bidi-components/",
)


def is_public(path: str) -> bool:
    """Whether `path` is served without a session. Everything that is not named here needs one."""
    return path in _PUBLIC or path.startswith(_PUBLIC_PREFIXES)


def is_program(path: str) -> bool:
    """Whether `path` is asked for by a program, which wants a status and not a redirection."""
    return path.startswith(("/api/", "/_stcore/", "/media/", "/app/static/"))


def is_ours(path: str) -> bool:
    """Whether this room answers `path` itself (and so the strict content policy holds)."""
    return path in ("/studio", "/paper", "/join", "/show") or path.startswith(
        ("/auth/", "/play/", "/studio/", "/paper/", "/self/", "/sitting/", "/show/", "/api/", "/files/", "/healthz")
    )


def safe_next(target: str | None, default: str = "/") -> str:
    """`target` if it is a path on this site, else `default`: nobody is sent elsewhere after signing in."""
    if not target or not target.startswith("/") or "\\" in target or any(ord(c) < 32 for c in target):
        return default
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or target.startswith("//"):
        return default
    return target
