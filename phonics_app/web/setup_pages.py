"""First start: set up one's own schools, or look round with demonstration data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from phonics_app.domain.errors import Conflict, NotAllowed, PhonicsError, ProblemsFound
from phonics_app.locales.messages import render
from phonics_app.web import setup_guard
from phonics_app.web.body import Form, first, form_endpoint
from phonics_app.web.demonstration import DemonstrationMaker
from phonics_app.web.errors import status_of
from phonics_app.web.gate import phonics_in
from phonics_app.web.language import language_of
from phonics_app.web.setup_form import HIGHEST_GRADES, SetupForm, field_messages, offered_form, read_form
from phonics_app.web.view import page_of
from phonics_app.workflows.setup import PASSWORD_MINIMUM, SiteState, guess_setup_code, set_up_schools, site_state

_maker = DemonstrationMaker()


def show(request: Request) -> Response:
    """The choice and the form; a site that is set up has neither."""
    run = _maker.current()
    if run is not None and run.running:
        return page_of(request, "progress.html", share=run.share)
    if site_state(phonics_in(request)) is not SiteState.EMPTY:
        return RedirectResponse("/auth/sign-in", 303)
    if not setup_guard.may_set_up(request):
        return page_of(request, "setup_code.html", refusal="")
    failure = render(run.error, language_of(request)) if run is not None and run.error is not None else ""
    return _form_page(request, offered_form(), {}, failure=failure)


@form_endpoint
def submit(request: Request, form: Form) -> Response:
    """One of the two ways, or a row more or less in the list of schools."""
    if not setup_guard.may_set_up(request):
        return RedirectResponse("/auth/setup", 303)
    choice = first(form, "choice")
    if choice == "demonstration":
        return _start_demonstration(request)
    filled = read_form(form)
    if choice == "add":
        return _form_page(request, filled.with_row(), {})
    if choice.startswith("remove-"):
        return _form_page(request, filled.without_row(choice.removeprefix("remove-")), {})
    return _set_up(request, filled)


@form_endpoint
def give_code(request: Request, form: Form) -> Response:
    """From another device: the code lets this browser go on."""
    typed = first(form, "code")
    try:
        guess_setup_code(phonics_in(request), setup_guard.is_code(typed), request.client.host if request.client else "")
    except NotAllowed as error:
        return page_of(request, "setup_code.html", status_of(error), refusal=render(error, language_of(request)))
    response = RedirectResponse("/auth/setup", 303)
    setup_guard.remember_code(request, response, typed)
    return response


def _start_demonstration(request: Request) -> Response:
    phonics = phonics_in(request)
    if site_state(phonics) is SiteState.EMPTY:
        _maker.start(phonics)
    return RedirectResponse("/auth/setup", 303)


def _set_up(request: Request, filled: SetupForm) -> Response:
    # Two different passwords: none is passed on, so that the workflow refuses and names all the other faults.
    password = filled.password if filled.passwords_agree else ""
    try:
        set_up_schools(phonics_in(request), filled.drafts(), filled.username, filled.display_name, password)
    except Conflict:
        return RedirectResponse("/auth/sign-in", 303)
    except ProblemsFound as found:
        messages = field_messages(filled.problems(found.problems), filled, language_of(request))
        return _form_page(request, filled, messages, 422)
    return RedirectResponse("/auth/sign-in?created=1", 303)


def _form_page(
    request: Request, filled: SetupForm, messages: dict[str, list[str]], status: int = 200, failure: str = ""
) -> Response:
    return page_of(
        request,
        "setup.html",
        status,
        form=filled,
        messages=messages,
        failure=failure,
        grades=HIGHEST_GRADES,
        password_minimum=PASSWORD_MINIMUM,
    )


def progress(request: Request) -> Response:
    """How far the demonstration data is: `{share, done, message}`."""
    run = _maker.current()
    if run is None:
        return JSONResponse({"share": 0.0, "done": True, "message": ""})
    message = render(run.error, language_of(request)) if isinstance(run.error, PhonicsError) else ""
    return JSONResponse({"share": run.share, "done": not run.running, "message": message})


ROUTES = (
    Route("/auth/setup", show, methods=["GET"]),
    Route("/auth/setup", submit, methods=["POST"]),
    Route("/auth/setup/code", show, methods=["GET"]),
    Route("/auth/setup/code", give_code, methods=["POST"]),
    Route("/auth/setup/progress", progress, methods=["GET"]),
)
