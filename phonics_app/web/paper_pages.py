"""Keying in marking sheets: where class, form and day are chosen, the page itself, and its part of the JSON API."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from phonics_app.domain.account import Actor
from phonics_app.domain.codec import decode
from phonics_app.domain.errors import PhonicsError, Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.paper import KeyedSheet
from phonics_app.locales.messages import render, render_all
from phonics_app.web.api import json_endpoint
from phonics_app.web.body import read_limited
from phonics_app.web.errors import error_body, status_of
from phonics_app.web.gate import actor_in, phonics_in
from phonics_app.web.language import language_of
from phonics_app.web.paper_texts import import_texts, paper_texts
from phonics_app.web.player_pages import shown_errors
from phonics_app.web.view import page_of
from phonics_app.workflows.classes import list_classes
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, allows
from phonics_app.workflows.rounds import current_round, today
from phonics_app.workflows.schools import list_schools

if TYPE_CHECKING:
    from phonics_app.workflows.paper_entry import PaperClass

# The use cases are imported by the functions that need them: they bring typesetting and tables along, for which the
# port need not wait.

MOST_BYTES = 5 * 1024 * 1024
"""Of a spreadsheet of marks; a class has some twenty kilobytes."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class StartFormRequest:
    """Body of `POST /api/v1/paper/{code}/attempts`; `id` is made by the client."""

    id: str
    pupil_id: str


@dataclass(frozen=True, slots=True)
class GiveFormRequest:
    """Body of `POST /api/v1/forms/attempts`."""

    id: str
    pupil_id: str
    blueprint: str
    level: int
    letter: str


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class as the form on the page names it: "SCHOOL:P3-2"."""

    school_id: str
    grade: Grade
    room: str

    @classmethod
    def of(cls, text: str) -> ClassChoice:
        school_id, _, written = text.partition(":")
        grade, _, room = written.partition("-")
        try:
            return cls(school_id, Grade(grade), room)
        except ValueError:
            raise ProblemsFound([Problem("paper.class", Place(column="class"), text[:60])]) from None

    @property
    def value(self) -> str:
        return f"{self.school_id}:{self.grade.value}-{self.room}"

    def label(self, language: str) -> str:
        grade = self.grade.label(language)
        return f"{grade}/{self.room}" if self.room else grade


def _class(phonics: Phonics, actor: Actor, request: Request, code: str) -> PaperClass:
    from phonics_app.workflows.paper_entry import paper_class

    query = request.query_params
    day = _day(query.get("date", ""))
    chosen = ClassChoice.of(query.get("class", ""))
    year = current_round(phonics).year
    return paper_class(phonics, actor, chosen.school_id, year, chosen.grade, chosen.room, code, day)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ProblemsFound([Problem("paper.no_date", Place(column="date"), text[:30], "YYYY-MM-DD")]) from None


@shown_errors
def choose(request: Request) -> Response:
    """Class, form and day; a code that is not known is refused here, with those that are."""
    from phonics_app.workflows.paper_entry import known_forms

    phonics, actor, language = phonics_in(request), actor_in(request), language_of(request)
    query, refusals = request.query_params, []
    if "date" in query:
        try:
            found = _class(phonics, actor, request, query.get("code", ""))
        except PhonicsError as error:
            refusals = render_all(error.problems, language) if isinstance(error, ProblemsFound) else []
            refusals = refusals or [render(error, language)]
        else:
            told = urlencode({"class": query.get("class", ""), "date": query["date"]})
            place = "/template" if query.get("as") == "template" else ""
            return RedirectResponse(f"/paper/{found.plan.form.code if found.plan.form else ''}{place}?{told}", 303)
    return page_of(
        request,
        "paper.html",
        422 if refusals else 200,
        refusals=refusals,
        classes=_classes(phonics, actor, language),
        forms=known_forms(phonics, actor),
        chosen={name: query.get(name, "") for name in ("class", "code")} | {"date": query.get("date", "")},
        today=today(phonics).isoformat(),
        page={"language": language, "texts": import_texts()},
    )


def _classes(phonics: Phonics, actor: Actor, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Of each school where the actor may test: its name, and value and label of each class."""
    year, found = current_round(phonics).year, []
    for school in list_schools(phonics, actor):
        if allows(actor, Action.GIVE_TESTS, school.id):
            listed = list_classes(phonics, actor, school.id, year)
            choices = [ClassChoice(school.id, grade, room) for grade, room in listed]
            found.append((school.name.in_language(language), [(c.value, c.label(language)) for c in choices]))
    return [(name, classes) for name, classes in found if classes]


@shown_errors
def entry(request: Request) -> Response:
    """The page where sheets are keyed in; its script loads the class."""
    phonics, actor, language = phonics_in(request), actor_in(request), language_of(request)
    code = request.path_params["code"]
    found = _class(phonics, actor, request, code)
    chosen = ClassChoice.of(request.query_params["class"])
    page = {
        "language": language,
        "texts": paper_texts(),
        "code": code,
        "class": chosen.value,
        "class_name": {name: chosen.label(name) for name in ("th", "en")},
        "date": found.given_on.isoformat(),
    }
    return page_of(request, "paper_entry.html", page=page)


@shown_errors
def template(request: Request) -> Response:
    """The spreadsheet for this form and class."""
    from phonics_app.workflows.paper_import import export_paper_template

    phonics, query, code = phonics_in(request), request.query_params, request.path_params["code"]
    chosen, day = ClassChoice.of(query.get("class", "")), _day(query.get("date", ""))
    where = (chosen.school_id, current_round(phonics).year, chosen.grade, chosen.room)
    language = language_of(request)
    content = export_paper_template(phonics, actor_in(request), *where, code, day, language)
    name = f"{code}-{chosen.grade.value}-{chosen.room}-{day.isoformat()}.xlsx"
    return Response(content, media_type=_XLSX, headers={"Content-Disposition": f'attachment; filename="{quote(name)}"'})


async def bring_in(request: Request) -> Response:
    """Looks at a filled-in spreadsheet, or stores what was shown of it: with the digest of the preview."""
    try:
        content = await read_limited(request, MOST_BYTES)
        answer = await run_in_threadpool(_import, request, content)
    except PhonicsError as error:
        return JSONResponse(error_body(error, language_of(request)), status_of(error))
    return JSONResponse(answer)


def _import(request: Request, content: bytes) -> dict[str, object]:
    from phonics_app.workflows.paper_import import commit_paper, preview_paper

    phonics, actor, query = phonics_in(request), actor_in(request), request.query_params
    name, language = query.get("name", "")[:200], language_of(request)
    if digest := query.get("digest"):
        return {"stored": commit_paper(phonics, actor, name, content, digest).new}
    found = preview_paper(phonics, actor, name, content)
    return {
        "problems": [_shown_problem(problem, language) for problem in found.problems],
        "rows": [
            {"sheet": row.sheet, "row": row.row, "name": row.pupil.name, "change": row.change.value}
            for row in found.rows
        ],
        "new": found.new,
        "ready": found.ready,
        "digest": found.digest,
    }


def _shown_problem(problem: Problem, language: str) -> dict[str, object]:
    """Its place in columns of a table, and what is wrong in words."""
    place = problem.place
    told = render(replace(problem, place=Place()), language)
    return {"sheet": place.sheet, "row": place.row, "column": place.column, "value": problem.value, "told": told}


def class_data(request: Request, data: object) -> object:
    """The form's plan and the pupils of the class."""
    return _class(phonics_in(request), actor_in(request), request, request.path_params["code"])


def sheets(request: Request, data: object) -> object:
    """Takes one sheet; the same again changes nothing."""
    from phonics_app.workflows.paper_entry import enter_sheet

    sheet = decode(KeyedSheet, data)
    sitting = enter_sheet(phonics_in(request), actor_in(request), request.path_params["code"], sheet)
    return {"attempt_id": sitting.attempt.id}


def one_sheet(request: Request, data: object) -> object:
    """A stored sheet as it was keyed in."""
    from phonics_app.workflows.paper_entry import sheet_of

    return sheet_of(phonics_in(request), actor_in(request), request.path_params["attempt_id"])


def withdraw(request: Request, data: object) -> object:
    """Takes a stored sheet back: how it stands with the pupil's sheet then."""
    from phonics_app.workflows.paper_entry import withdraw_sheet

    row = withdraw_sheet(phonics_in(request), actor_in(request), request.path_params["attempt_id"])
    return {"attempt_id": row.attempt_id, "entered": row.entered}


def attempts(request: Request, data: object) -> object:
    """Starts an attempt on the form for the player."""
    from phonics_app.workflows.paper_entry import start_form_attempt

    wanted = decode(StartFormRequest, data)
    code = request.path_params["code"]
    return start_form_attempt(phonics_in(request), actor_in(request), wanted.id, wanted.pupil_id, code)


def give_form(request: Request, data: object) -> object:
    """Starts an attempt on a form that need not have been printed."""
    from phonics_app.workflows import form_giving

    wanted = decode(GiveFormRequest, data)
    chosen = (wanted.blueprint, wanted.level, wanted.letter)
    return form_giving.give_form(phonics_in(request), actor_in(request), wanted.id, wanted.pupil_id, *chosen)


_COMPRESSED = [Middleware(GZipMiddleware, compresslevel=5)]
ROUTES = (
    Route("/api/v1/forms/attempts", json_endpoint(give_form, 201), methods=["POST"], middleware=_COMPRESSED),
    Route("/paper", choose),
    Route("/paper/{code}", entry),
    Route("/paper/{code}/template", template),
    Route("/api/v1/paper/import", bring_in, methods=["POST"]),
    Route("/api/v1/paper/{code}", json_endpoint(class_data), middleware=_COMPRESSED),
    Route("/api/v1/paper/{code}/sheets", json_endpoint(sheets, 201), methods=["POST"]),
    Route("/api/v1/paper/{code}/sheets/{attempt_id}", json_endpoint(one_sheet)),
    Route("/api/v1/paper/{code}/sheets/{attempt_id}/withdraw", json_endpoint(withdraw), methods=["POST"]),
    Route("/api/v1/paper/{code}/attempts", json_endpoint(attempts, 201), methods=["POST"], middleware=_COMPRESSED),
)
