"""The way back for a database that can't be opened: a code shows who is in charge, then a backup is put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date, format_time
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from phonics_app.domain.calendar import THAI_TIME, buddhist_year
from phonics_app.domain.errors import PhonicsError
from phonics_app.locales import N_, translator
from phonics_app.locales.labels import size_label
from phonics_app.locales.messages import render
from phonics_app.web.body import Form, first, form_endpoint
from phonics_app.web.language import language_of
from phonics_app.web.rescue_desk import Look, RescueDesk
from phonics_app.web.unavailable import REASONS
from phonics_app.web.view import page_of
from phonics_app.workflows.rescue import Backup, Part, Step, Trial

_COOKIE = "phonics_rescue"
_PATH = "/auth/rescue"
PARTS = {
    Part.INTEGRITY: N_("The database is whole"),
    Part.MIGRATIONS: N_("The database is of this version"),
    Part.WRITING: N_("Data can be written"),
    Part.ROOM: N_("There is room on the disk"),
    Part.CLOCK: N_("The clock is right"),
    Part.BACKUP: N_("There is a usable backup"),
}
STEPS = {
    Step.CHECKING: N_("The backup is being checked and brought up to date"),
    Step.KEEPING: N_("The present state is being kept"),
    Step.REPLACING: N_("The backup is being put in its place"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A backup as the page shows it. `wrong`: why it can't be used; neither `holds` nor that: not tried out yet."""

    name: str
    made: str
    size: str
    simulated: bool
    encrypted: bool
    holds: Trial | None
    newest: str
    wrong: str

    @property
    def choosable(self) -> bool:
        return self.holds is not None or (self.encrypted and not self.wrong)


def desk_of(request: Request) -> RescueDesk:
    desk = request.state.rescue
    assert isinstance(desk, RescueDesk)
    return desk


def show(request: Request) -> Response:
    """The code, then what was found; how far it is, or that it is done. A site in order has no such page."""
    desk = desk_of(request)
    known = desk.knows(request.cookies.get(_COOKIE))
    if known and desk.run is not None and (desk.run.running or desk.run.done):
        return _run_page(request, desk)
    trouble = desk.trouble()
    if trouble is None:
        return RedirectResponse("/", 303)
    if not known:
        return _code_page(request, trouble)
    return _found_page(request, desk, trouble)


def _code_page(request: Request, trouble: PhonicsError, wrong: str = "") -> Response:
    reason = translator(language_of(request))(REASONS[trouble.code])
    return page_of(request, "rescue_code.html", 403 if wrong else 200, reason=reason, wrong=wrong)


def _run_page(request: Request, desk: RescueDesk) -> Response:
    assert desk.run is not None
    if desk.run.done:
        made = _moment(desk.run.made_at, language_of(request)) if desk.run.made_at else ""
        return page_of(request, "rescue_done.html", name=desk.run.name, made=made, kept=str(desk.run.kept or ""))
    step = translator(language_of(request))(STEPS[desk.run.step])
    return page_of(request, "rescue_progress.html", share=desk.run.share, step=step)


def _found_page(
    request: Request, desk: RescueDesk, trouble: PhonicsError, failure: str = "", chosen: str = ""
) -> Response:
    """`chosen`: the backup that stays chosen after a refusal; a passphrase is never sent back."""
    language = language_of(request)
    _ = translator(language)
    look = desk.looked(anew="anew" in request.query_params)
    if desk.run is not None and desk.run.error is not None and not failure:
        failure, chosen = render(desk.run.error, language), desk.run.name
    rows = [_row(backup, look, language) for backup in look.backups]
    return page_of(
        request,
        "rescue.html",
        reason=_(REASONS[trouble.code]),
        failure=failure,
        findings=[(_(PARTS[f.part]), _wrong(f.problem, language)) for f in look.findings],
        rows=rows,
        proposed=_proposed(rows, chosen),
        folder=str(look.backups[0].path.parent) if look.backups else "",
        tried=len(look.trials),
        ended=look.ended,
    )


def _proposed(rows: Sequence[Row], chosen: str) -> str:
    """What was chosen, else the newest that holds."""
    return next((row.name for row in rows if row.name == chosen and row.choosable), "") or next(
        (row.name for row in rows if row.holds is not None), ""
    )


def _wrong(problem: PhonicsError | None, language: str, name: str = "") -> str:
    """Of a backup with its name alone; of the database without the command that does what this page does."""
    if problem is None:
        return ""
    if problem.code in REASONS:
        return translator(language)(REASONS[problem.code])
    return render(PhonicsError(problem.code, {**problem.data, "path": name}) if name else problem, language)


def _row(backup: Backup, look: Look, language: str) -> Row:
    found = look.trials.get(backup.path.name)
    trial = found if isinstance(found, Trial) else None
    wrong = _wrong(found, language, backup.path.name) if isinstance(found, PhonicsError) else ""
    return Row(
        backup.path.name,
        _moment(backup.made_at, language),
        size_label(translator(language), backup.size),
        backup.simulated,
        backup.encrypted,
        trial,
        _moment(trial.newest_event, language) if trial and trial.newest_event else "–",
        wrong,
    )


def _moment(moment: datetime, language: str) -> str:
    local = moment.astimezone(THAI_TIME)
    day = f"{format_date(local, 'd MMM', locale=language)} {buddhist_year(local.date())}"
    return f"{day} {format_time(local, 'HH:mm', locale=language)}"


@form_endpoint
def give_code(request: Request, form: Form) -> Response:
    """The right code lets this browser go on."""
    desk = desk_of(request)
    trouble = desk.trouble()
    if trouble is None:
        return RedirectResponse("/", 303)
    language = language_of(request)
    try:
        token = desk.enter(first(form, "code"))
    except PhonicsError as error:
        return _code_page(request, trouble, render(error, language))
    if token is None:
        return _code_page(request, trouble, translator(language)("This is not the code."))
    response = RedirectResponse(_PATH, 303)
    secure = request.url.scheme == "https"
    response.set_cookie(_COOKIE, token, path=_PATH, httponly=True, samesite="strict", secure=secure)
    return response


@form_endpoint
def put_back(request: Request, form: Form) -> Response:
    """Begins to put the chosen backup back."""
    desk = desk_of(request)
    trouble = desk.trouble()
    if trouble is None or not desk.knows(request.cookies.get(_COOKIE)):
        return RedirectResponse(_PATH, 303)
    name = first(form, "backup")
    if not name or first(form, "sure") != "yes":
        _ = translator(language_of(request))
        return _found_page(request, desk, trouble, _("Choose a backup and tick the box below it."), name)
    desk.start(name, first(form, "passphrase"))
    return RedirectResponse(_PATH, 303)


def progress(request: Request) -> Response:
    """How far it is: `{share, done, told, mark}`; `mark` changes when there is something new to show."""
    desk, language = desk_of(request), language_of(request)
    nothing = {"share": 1.0, "done": True, "told": "", "mark": "end"}
    if not desk.knows(request.cookies.get(_COOKIE)):
        return JSONResponse(nothing)  # the page then asks for the code
    if desk.run is not None and desk.run.running:
        told = translator(language)(STEPS[desk.run.step])
        return JSONResponse({"share": desk.run.share, "done": False, "told": told, "mark": desk.run.step.value})
    if desk.look is None or desk.look.ended:
        return JSONResponse(nothing)
    share = len(desk.look.trials) / max(1, len(desk.look.backups))
    return JSONResponse({"share": share, "done": False, "told": "", "mark": str(len(desk.look.trials))})


ROUTES = (
    Route(_PATH, show, methods=["GET"]),
    Route(_PATH, put_back, methods=["POST"]),
    Route(f"{_PATH}/code", give_code, methods=["POST"]),
    Route(f"{_PATH}/progress", progress, methods=["GET"]),
)
