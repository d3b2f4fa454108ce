"""The first password of one's own, which whoever was given one has to choose before anything else."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from phonics_app.domain.errors import PhonicsError, ProblemsFound
from phonics_app.locales.messages import render, render_all
from phonics_app.web.body import Form, first, form_endpoint
from phonics_app.web.cookies import SESSION_COOKIE
from phonics_app.web.errors import status_of
from phonics_app.web.gate import phonics_in
from phonics_app.web.language import language_of
from phonics_app.web.paths import CHOOSE_PASSWORD, safe_next
from phonics_app.web.view import page_of
from phonics_app.workflows.accounts import actor_of
from phonics_app.workflows.own_sessions import choose_password

PASSWORD_MINIMUM = 10


def show(request: Request) -> Response:
    """The form; whoever has a password of his own is sent on."""
    target = safe_next(request.query_params.get("next"))
    actor = actor_of(phonics_in(request), request.cookies.get(SESSION_COOKIE))
    if actor is None or not actor.chooses_password:
        return RedirectResponse(target, 303)
    return _form_page(request, target)


@form_endpoint
def submit(request: Request, form: Form) -> Response:
    """Stores it and goes on to `next`; a refusal shows the form again."""
    target = safe_next(first(form, "next"))
    token = request.cookies.get(SESSION_COOKIE)
    try:
        choose_password(phonics_in(request), token, first(form, "password"), first(form, "again"))
    except PhonicsError as error:
        language = language_of(request)
        refusals = render_all(error.problems, language) if isinstance(error, ProblemsFound) else []
        return _form_page(request, target, refusals or [render(error, language)], status_of(error))
    return RedirectResponse(target, 303)


def _form_page(request: Request, target: str, refusals: list[str] | None = None, status: int = 200) -> Response:
    return page_of(
        request, "choose_password.html", status, target=target, refusals=refusals or [], minimum=PASSWORD_MINIMUM
    )


ROUTES = (
    Route(CHOOSE_PASSWORD, show, methods=["GET"]),
    Route(CHOOSE_PASSWORD, submit, methods=["POST"]),
)
