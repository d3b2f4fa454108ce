"""The teacher's pages of a class that takes a test by itself: opening it, and who is where."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import threading
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from phonics_app.domain.account import Actor
from phonics_app.domain.class_sitting import ClassSitting, SeatAction
from phonics_app.domain.codec import decode
from phonics_app.domain.errors import PhonicsError
from phonics_app.domain.grade import Grade
from phonics_app.locales import translator
from phonics_app.locales.messages import render
from phonics_app.web.api import json_endpoint
from phonics_app.web.body import Form, first, form_endpoint
from phonics_app.web.errors import error_body, status_of
from phonics_app.web.gate import actor_in, phonics_in
from phonics_app.web.language import language_of
from phonics_app.web.monitor_texts import flag_texts, monitor_texts
from phonics_app.web.player_pages import shown_errors
from phonics_app.web.reach import address_of, is_loopback
from phonics_app.web.view import page_of
from phonics_app.workflows import class_sittings
from phonics_app.workflows.class_sittings import Board, BoardRow
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.setup import SiteState, site_state

_SMALL = 16 * 1024
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SeatsRequest:
    """Body of `POST /api/v1/sittings/{id}/seats`; `numbers` null: all seats."""

    action: SeatAction
    numbers: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """Body of `POST /api/v1/sittings/{id}`."""

    ended: bool | None = None
    admits: bool | None = None


@shown_errors
def new(request: Request) -> Response:
    """Before a class sits down: what can be heard here, and the sittings of the last months."""
    return _new(request)


def _new(request: Request, refusal: str = "", status: int = 200) -> Response:
    phonics, actor, language = phonics_in(request), actor_in(request), language_of(request)
    school, group = request.query_params.get("school", ""), request.query_params.get("class", "")
    earlier = class_sittings.list_class_sittings(phonics, actor, school)
    return page_of(
        request,
        "sitting_new.html",
        status,
        school_id=school,
        group=group,
        group_name=_group_name(language, *_group(group)),
        sound=class_sittings.sound_of_items(phonics, actor),
        levels=class_sittings.level_groups(phonics, actor, school),
        earlier=[(s.id, _name(s, language), s.opened_at.date().isoformat(), s.ended_at is None) for s in earlier],
        refusal=refusal,
        simulated=site_state(phonics) is SiteState.DEMONSTRATION,
    )


def _group(text: str) -> tuple[Grade | None, str, int | None]:
    """ "P3-2" is a class, "level-4" the pupils of a level."""
    head, _, tail = text.partition("-")
    if head == "level":
        return None, "", int(tail) if tail.isascii() and tail.isdigit() and len(tail) < 4 else None
    return next((grade for grade in Grade if grade.value == head), None), tail, None


def _group_name(language: str, grade: Grade | None, room: str, level: int | None) -> str:
    if level is not None:
        return translator(language)("Level {n}").format(n=level)
    label = grade.label(language) if grade else ""
    return f"{label}/{room}" if room else label


def _name(sitting: ClassSitting, language: str) -> str:
    return _group_name(language, sitting.grade, sitting.room, sitting.level)


def open_sitting(request: Request, form: Form) -> Response:
    """Opens the sitting, and goes to where it is watched."""
    grade, room, level = _group(request.query_params.get("class", ""))
    school, admits = request.query_params.get("school", ""), first(form, "admits") == "1"
    try:
        sitting = class_sittings.open_class_sitting(
            phonics_in(request), actor_in(request), school, grade, room, level, admits=admits
        )
    except PhonicsError as error:
        refusal, status = render(error, language_of(request)), status_of(error)
        return shown_errors(lambda asked: _new(asked, refusal, status))(request)
    return RedirectResponse(f"/sitting/{sitting.id}", 303)


_preparing: set[str] = set()


def _prepare_sounds(phonics: Phonics, actor: Actor, sitting_id: str) -> None:
    """While the teacher's page opens and the pupils come, in the background and once at a time."""

    def work() -> None:
        try:
            class_sittings.prepare_sounds(phonics, actor, sitting_id)
        except PhonicsError:
            _log.warning("the sounds of %s could not be made beforehand", sitting_id, exc_info=True)
        finally:
            _preparing.discard(sitting_id)

    if sitting_id not in _preparing:
        _preparing.add(sitting_id)
        threading.Thread(target=work, daemon=True).start()


@shown_errors
def watch(request: Request) -> Response:
    """Who is where. The page asks for the board itself."""
    phonics, language = phonics_in(request), language_of(request)
    board = class_sittings.sitting_board(phonics, actor_in(request), request.path_params["sitting_id"])
    _prepare_sounds(phonics, actor_in(request), board.sitting.id)
    page = {
        "language": language,
        "texts": monitor_texts(),
        "flags": flag_texts(),
        "sitting_id": board.sitting.id,
        "title": _name(board.sitting, language),
        "address": address_of(request, "/join"),
        "reachable": not is_loopback(request.url.hostname or ""),
        "simulated": site_state(phonics) is SiteState.DEMONSTRATION,
        "class_page": f"/class?school={board.sitting.school_id}",
    }
    return page_of(request, "sitting.html", page=page)


def qr(request: Request) -> Response:
    """The address with the code, as a QR in SVG. Nothing but the code is in it."""
    import segno

    phonics, sitting_id = phonics_in(request), request.path_params["sitting_id"]
    try:
        sitting = class_sittings.sitting_board(phonics, actor_in(request), sitting_id).sitting
    except PhonicsError:
        return Response(status_code=404)
    picture = io.BytesIO()
    segno.make(f"{address_of(request, '/join')}?code={sitting.code}", micro=False).save(
        picture, kind="svg", border=4, scale=8
    )
    return Response(picture.getvalue(), media_type="image/svg+xml")


def board_endpoint(request: Request) -> Response:
    """The board as small JSON; 304 while nothing has changed, which is nearly always."""
    try:
        board = class_sittings.sitting_board(phonics_in(request), actor_in(request), request.path_params["sitting_id"])
    except PhonicsError as error:
        return JSONResponse(error_body(error, language_of(request)), status_of(error))
    content = json.dumps(_board(board), ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)


def _board(board: Board) -> dict[str, object]:
    sitting = board.sitting
    return {
        "code": sitting.code if board.code_holds else "",
        "ended": sitting.ended_at is not None,
        "admits": sitting.admits,
        "maximum_items": board.maximum_items,
        "seats": [_row(row) for row in board.rows],
    }


def _row(row: BoardRow) -> dict[str, object]:
    """What is usual is left out, so that forty rows are small."""
    seat = row.seat
    found = {
        "number": seat.number,
        "name": row.pupil.name,
        "status": seat.status.value,
        "items": seat.items,
        "device": bool(seat.device),
        "connected": row.connected,
        "help": seat.needs_help,
        "flags": list(row.flags),
        "level": row.level,
        "attempt": seat.attempt_id if row.level is not None else "",
    }
    return {name: value for name, value in found.items() if value not in (False, [], None, "", 0)}


def act(request: Request, data: object) -> object:
    """Admits, pauses, ends … seats."""
    wanted = decode(SeatsRequest, data)
    sitting_id = request.path_params["sitting_id"]
    phonics, actor = phonics_in(request), actor_in(request)
    return {"changed": class_sittings.act_on_seats(phonics, actor, sitting_id, wanted.action, wanted.numbers)}


def change(request: Request, data: object) -> object:
    """Ends the sitting, opens it again with a new code, or says how pupils are let in."""
    wanted = decode(ChangeRequest, data)
    phonics, actor, sitting_id = phonics_in(request), actor_in(request), request.path_params["sitting_id"]
    sitting = class_sittings.change_sitting(phonics, actor, sitting_id, ended=wanted.ended, admits=wanted.admits)
    return {"code": sitting.code}


ROUTES = (
    Route("/sitting/new", new),
    Route("/sitting/new", form_endpoint(open_sitting), methods=["POST"]),
    Route("/sitting/{sitting_id}", watch),
    Route("/sitting/{sitting_id}/qr.svg", qr),
    Route("/api/v1/sittings/{sitting_id}", board_endpoint),
    Route("/api/v1/sittings/{sitting_id}", json_endpoint(change, limit=_SMALL), methods=["POST"]),
    Route("/api/v1/sittings/{sitting_id}/seats", json_endpoint(act, limit=_SMALL), methods=["POST"]),
)
