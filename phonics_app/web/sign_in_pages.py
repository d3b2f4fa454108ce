"""Signing in and out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from phonics_app.domain.errors import PhonicsError
from phonics_app.locales.messages import render
from phonics_app.web.body import Form, first, form_endpoint
from phonics_app.web.cookies import SESSION_COOKIE, clear_session, set_session
from phonics_app.web.demonstration_people import people
from phonics_app.web.device import device_of
from phonics_app.web.errors import status_of
from phonics_app.web.gate import phonics_in
from phonics_app.web.language import language_of
from phonics_app.web.paths import safe_next
from phonics_app.web.view import page_of
from phonics_app.workflows.accounts import (
    SignedIn,
    actor_of,
    demonstration_sign_in,
    sign_in,
    sign_out,
)
from phonics_app.workflows.setup import SiteState, site_state


def show(request: Request) -> Response:
    """The form; on an empty site first the set-up."""
    if site_state(phonics_in(request)) is SiteState.EMPTY:
        return RedirectResponse("/auth/setup", 303)
    return _form_page(request, safe_next(request.query_params.get("next")))


@form_endpoint
def submit(request: Request, form: Form) -> Response:
    """Signs in and goes on to `next`; a refusal shows the form again with the name that was typed."""
    target = safe_next(first(form, "next"))
    try:
        session = _enter(request, form)
    except PhonicsError as error:
        return _form_page(
            request, target, first(form, "username"), render(error, language_of(request)), status_of(error)
        )
    response = RedirectResponse(target, 303)
    set_session(request, response, session)
    return response


def _enter(request: Request, form: Form) -> SignedIn:
    phonics = phonics_in(request)
    address = request.client.host if request.client else ""
    if account_id := first(form, "account_id"):
        return demonstration_sign_in(phonics, account_id, address, device_of(request))
    return sign_in(phonics, first(form, "username").strip(), first(form, "password"), address, device_of(request))


def _form_page(request: Request, target: str, username: str = "", refusal: str = "", status: int = 200) -> Response:
    phonics = phonics_in(request)
    return page_of(
        request,
        "sign_in.html",
        status,
        target=target,
        username=username,
        refusal=refusal,
        created="created" in request.query_params,
        demonstration=site_state(phonics) is SiteState.DEMONSTRATION,
        people=people(phonics, language_of(request)),
    )


def ask_sign_out(request: Request) -> Response:
    """A page with one button: signing out by a mere link would let other sites do it."""
    actor = actor_of(phonics_in(request), request.cookies.get(SESSION_COOKIE))
    if actor is None:
        return RedirectResponse("/auth/sign-in", 303)
    return page_of(request, "sign_out.html", name=actor.display_name)


@form_endpoint
def leave(request: Request, form: Form) -> Response:
    """Ends the session on the server and takes the cookie away."""
    token = request.cookies.get(SESSION_COOKIE)
    if token:
        sign_out(phonics_in(request), token)
    response = RedirectResponse("/auth/sign-in", 303)
    clear_session(response)
    return response


ROUTES = (
    Route("/auth/sign-in", show, methods=["GET"]),
    Route("/auth/sign-in", submit, methods=["POST"]),
    Route("/auth/sign-out", ask_sign_out, methods=["GET"]),
    Route("/auth/sign-out", leave, methods=["POST"]),
)
