"""Whoever was invited makes his account: by the link, or by the code on his card."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from phonics_app.domain.errors import PhonicsError, ProblemsFound
from phonics_app.locales.messages import render, render_all
from phonics_app.web.body import Form, first, form_endpoint
from phonics_app.web.cookies import set_session
from phonics_app.web.device import device_of
from phonics_app.web.errors import status_of
from phonics_app.web.gate import phonics_in
from phonics_app.web.language import language_of
from phonics_app.web.password_pages import PASSWORD_MINIMUM
from phonics_app.web.view import page_of
from phonics_app.workflows.invitations import Invitation, accept_invitation, look_at_invitation


def show(request: Request) -> Response:
    """The form for the account, or first for the code."""
    code = request.query_params.get("code", "")
    if not code:
        return _form_page(request, "", None)
    try:
        found = look_at_invitation(phonics_in(request), code, _address(request))
    except PhonicsError as error:
        return _form_page(request, code, None, [render(error, language_of(request))], status_of(error))
    return _form_page(request, code, found)


@form_endpoint
def submit(request: Request, form: Form) -> Response:
    """Makes the account and goes on to the first page, signed in."""
    phonics, code, username = phonics_in(request), first(form, "code"), first(form, "username").strip()
    words = (username, first(form, "password"), first(form, "again"))
    try:
        session = accept_invitation(phonics, code, *words, _address(request), device_of(request))
    except PhonicsError as error:
        return _refused(request, code, username, error)
    response = RedirectResponse("/", 303)
    set_session(request, response, session)
    return response


def _refused(request: Request, code: str, username: str, error: PhonicsError) -> Response:
    language, found = language_of(request), None
    if isinstance(error, ProblemsFound):
        try:
            found = look_at_invitation(phonics_in(request), code, _address(request))
        except PhonicsError:
            found = None
        return _form_page(request, code, found, render_all(error.problems, language), 422, username)
    return _form_page(request, code, None, [render(error, language)], status_of(error))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _form_page(
    request: Request,
    code: str,
    found: Invitation | None,
    refusals: list[str] | None = None,
    status: int = 200,
    username: str = "",
) -> Response:
    return page_of(
        request,
        "invitation.html",
        status,
        code=code,
        found=found,
        username=username or (found.username if found else ""),
        refusals=refusals or [],
        minimum=PASSWORD_MINIMUM,
    )


ROUTES = (
    Route("/auth/invitation", show, methods=["GET"]),
    Route("/auth/invitation", submit, methods=["POST"]),
)
