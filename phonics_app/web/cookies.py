"""The session cookie: out of reach of scripts, never sent along from other sites."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from phonics_app.workflows.accounts import SignedIn

SESSION_COOKIE = "phonics_session"


def set_session(request: Request, response: Response, session: SignedIn) -> None:
    """Hands the session's token to the browser, over https only where the site is served so."""
    response.set_cookie(
        SESSION_COOKIE,
        session.token,
        expires=session.expires,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def clear_session(response: Response) -> None:
    """Takes the token away again."""
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")
