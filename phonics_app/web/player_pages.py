"""The pages of the test player: the start screen and the test itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phonics_app.domain.calendar import buddhist_year
from phonics_app.domain.errors import PhonicsError, ProblemsFound
from phonics_app.domain.school import Pupil
from phonics_app.locales import translator
from phonics_app.locales.messages import render, render_all
from phonics_app.web.errors import status_of
from phonics_app.web.gate import actor_in, phonics_in
from phonics_app.web.language import language_of
from phonics_app.web.player_texts import player_texts
from phonics_app.web.reach import address_of, is_loopback
from phonics_app.web.screen_texts import ways_of_seeing
from phonics_app.web.view import page_of
from phonics_app.workflows.assess import TestProposal, propose_test
from phonics_app.workflows.setup import SiteState, site_state

if TYPE_CHECKING:
    from phonics_app.workflows.form_giving import FormChoice

Endpoint = Callable[[Request], Response]


def shown_errors(function: Endpoint) -> Endpoint:
    """A refusal becomes a page that says why."""

    @wraps(function)
    def endpoint(request: Request) -> Response:
        try:
            return function(request)
        except PhonicsError as error:
            language = language_of(request)
            problems = render_all(error.problems, language) if isinstance(error, ProblemsFound) else []
            return page_of(request, "refused.html", status_of(error), reason=render(error, language), problems=problems)

    return endpoint


@shown_errors
def new(request: Request) -> Response:
    """The start screen of a test: whom it is for, what is needed, at which level it begins and why."""
    phonics, language = phonics_in(request), language_of(request)
    proposal = propose_test(phonics, actor_in(request), request.query_params.get("pupil", ""))
    pupil = proposal.pupil
    return page_of(
        request,
        "play_new.html",
        pupil=pupil,
        school_class=_class_name(pupil, language),
        open_attempt_id=proposal.open_attempt_id,
        start_level=proposal.start_level,
        why=_why(proposal, language),
        levels=phonics.content.bank.levels,
        minutes=phonics.content.bank.placement.stopping.maximum_seconds // 60,
        simulated=site_state(phonics) is SiteState.DEMONSTRATION,
        ways=ways_of_seeing(language),
        forms=(forms := _forms(request, pupil)),
        chosen={"form": request.query_params.get("form", "")},
        page=_page_data(
            language,
            pupil_id=pupil.id,
            start_level=proposal.start_level,
            forms={one.id: _form_choice(one, language) for one in forms},
            chosen={name: request.query_params.get(name, "") for name in ("level", "letter")},
        ),
    )


def _forms(request: Request, pupil: Pupil) -> tuple[FormChoice, ...]:
    # Imported here: it brings typesetting and tables along, for which the port need not wait.
    from phonics_app.workflows.form_giving import forms_to_give

    return forms_to_give(phonics_in(request), actor_in(request), pupil.id)


def _form_choice(form: FormChoice, language: str) -> dict[str, object]:
    """Levels of a kind of form; for each level its letters with the day on which the pupil had them."""
    _ = translator(language)
    letters = {}
    for level in form.levels:
        days = {letter: form.given.get((level, letter)) for letter in form.letters}
        letters[level] = [
            [letter, letter if day is None else _("{letter} (had on {day})").format(letter=letter, day=_short(day))]
            for letter, day in days.items()
        ]
    return {"levels": form.levels, "letters": letters, "next": {n: form.next_letter(n) for n in form.levels}}


def _short(day: date) -> str:
    return f"{day.day}/{day.month}/{buddhist_year(day)}"


def _class_name(pupil: Pupil, language: str) -> str:
    grade = pupil.grade.label(language)
    return f"{grade}/{pupil.room}" if pupil.room else grade


def _why(proposal: TestProposal, language: str) -> str:
    _ = translator(language)
    if proposal.last_result is not None:
        level = proposal.last_result.proposed_level
        return _("Proposed because the last test showed level {level}. You may choose another.").format(level=level)
    grade = proposal.pupil.grade.label(language)
    return _("Proposed because it is what is expected in {grade}. You may choose another.").format(grade=grade)


@shown_errors
def play(request: Request) -> Response:
    """The player. It loads the sitting itself, from the server or from the device's own storage."""
    page = _page_data(
        language_of(request),
        attempt_id=request.path_params["attempt_id"],
        deliver_address=address_of(request, "/play/deliver"),
        screen_address=address_of(request, "/show"),
        screen_reachable=not is_loopback(request.url.hostname or ""),
    )
    return page_of(request, "play.html", page=page)


@shown_errors
def deliver(request: Request) -> Response:
    """Where a test that could not be sent is handed over as a file."""
    return page_of(request, "play_deliver.html", page=_page_data(language_of(request)))


def _page_data(language: str, **values: object) -> dict[str, object]:
    """What the page's script reads; it stands in the page, so that nothing further has to be fetched."""
    return {"language": language, "texts": player_texts(), **values}


ROUTES = (
    Route("/play/new", new),
    Route("/play/deliver", deliver),
    Route("/play/{attempt_id}", play),
)
