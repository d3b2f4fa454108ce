"""Who may set up an empty site: whoever sits at this machine, or has read the code that its terminal shows.

Without this, the first who opens a new site in a school's network could make himself its administrator.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import Response

CODE_VARIABLE = "PHONICS_SETUP_CODE"
"""Set by whatever starts the app for a network and can show the code to the person there."""
_COOKIE = "phonics_setup_code"
_PATH = "/auth/setup"
_KEY = secrets.token_bytes(32)
"""Of this process: what a cookie holds can't be worked out from a code that somebody tries."""


def may_set_up(request: Request) -> bool:
    """Whether this browser is at this machine, or has given the code; all may where no code was agreed on."""
    if not os.environ.get(CODE_VARIABLE) or _at_this_machine(request):
        return True
    return _is_mark(request.cookies.get(_COOKIE, ""))


def is_code(typed: str) -> bool:
    """Whether `typed` is the code, however it is spaced; nothing is the one in which there is no sign."""
    return _is_mark(_mark(typed))


def remember_code(request: Request, response: Response, typed: str) -> None:
    """Until this browser is closed."""
    secure = request.url.scheme == "https"
    response.set_cookie(_COOKIE, _mark(typed), path=_PATH, httponly=True, samesite="lax", secure=secure)


def _signs(code: str) -> str:
    """Letters count as digits do: whoever chooses a code of his own may choose a word."""
    return "".join(char for char in code.casefold() if char.isalnum())


def _mark(code: str) -> str:
    """What the cookie holds: a code may have letters that no cookie may."""
    return hmac.new(_KEY, _signs(code).encode(), hashlib.sha256).hexdigest()


def _is_mark(mark: str) -> bool:
    agreed = os.environ.get(CODE_VARIABLE, "")
    return bool(_signs(agreed)) and hmac.compare_digest(mark.encode(), _mark(agreed).encode())


def _at_this_machine(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
