"""Every route of the app with the right to it, and how it is asked for: the table of `test_every_route`."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests import sites
from tests.workflows.sitting_cases import sitting_id_at
from tests.workflows.use_cases import Place

PUBLIC = "public"
TEST = "all own - - - -"
SEE = "all own own - - -"
RECORD = "all all - all - -"
MANAGE = "all - - - - -"
EVERYBODY = "all all all all all all"


@dataclass(frozen=True)
class RouteCase:
    """`rights`: of the roles in the order of `use_cases.ROLES`, or PUBLIC. `query` and `body`: templates' values."""

    rights: str
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, object] | None = None
    form: bool = False
    path: dict[str, str] = field(default_factory=dict)
    refused: int = 403
    """The status by which who may not is told so."""


TAKE = f"{1:032x}"
_DAY = sites.START.date().isoformat()
_SHEET: dict[str, object] = {"pupil_id": "{pupil}", "given_on": _DAY, "blocks": []}
_CLASS = {"class": "{school}:P6-1", "date": _DAY}

ROUTES: dict[str, RouteCase] = {
    "GET /healthz": RouteCase(PUBLIC),
    "GET /files/fonts/{name}": RouteCase(PUBLIC, path={"name": "ABeeZee-Regular.ttf"}),
    "GET /auth/language": RouteCase(PUBLIC, {"to": "th"}),
    "GET /auth/setup": RouteCase(PUBLIC),
    "POST /auth/setup": RouteCase(PUBLIC, body={}, form=True),
    "GET /auth/setup/code": RouteCase(PUBLIC),
    "POST /auth/setup/code": RouteCase(PUBLIC, body={}, form=True),
    "GET /auth/setup/progress": RouteCase(PUBLIC),
    # Of a site in order they lead away: test_rescue.
    "GET /auth/rescue": RouteCase(PUBLIC),
    "POST /auth/rescue": RouteCase(PUBLIC, body={}, form=True),
    "POST /auth/rescue/code": RouteCase(PUBLIC, body={}, form=True),
    "GET /auth/rescue/progress": RouteCase(PUBLIC),
    "GET /auth/sign-in": RouteCase(PUBLIC),
    "POST /auth/sign-in": RouteCase(PUBLIC, body={"username": "nobody", "password": "nothing"}, form=True),
    "GET /auth/sign-out": RouteCase(PUBLIC),
    "POST /auth/sign-out": RouteCase(PUBLIC, body={}, form=True),
    # Whoever has a password of his own is sent on, or refused.
    "GET /auth/password": RouteCase(EVERYBODY),
    "POST /auth/password": RouteCase("- - - - - -", body={"password": "ลำไย-8-กิ่ง-เขียว"}, form=True),
    "GET /files/backups": RouteCase(MANAGE),
    "POST /files/backups": RouteCase(MANAGE, body={"backup": "none"}, form=True),
    "GET /files/backups/{name}": RouteCase(MANAGE, path={"name": "no-such.db"}),
    "GET /auth/invitation": RouteCase(PUBLIC, {"code": "no such code"}),
    "POST /auth/invitation": RouteCase(PUBLIC, body={"code": "no such code", "username": "x"}, form=True),
    "GET /play/worker.js": RouteCase(PUBLIC),
    "GET /self/worker.js": RouteCase(PUBLIC),
    "GET /play/new": RouteCase(TEST, {"pupil": "{pupil}"}),
    "GET /play/deliver": RouteCase(EVERYBODY),
    # The page itself holds nothing; what it asks for next is the sitting, and that is refused.
    "GET /play/{attempt_id}": RouteCase(EVERYBODY),
    "POST /api/v1/forms/attempts": RouteCase(
        TEST, body={"id": "e" * 32, "pupil_id": "{pupil}", "blueprint": "probe-words", "level": 3, "letter": "A"}
    ),
    "GET /paper": RouteCase(EVERYBODY),
    "GET /paper/{code}": RouteCase(TEST, _CLASS),
    "GET /paper/{code}/template": RouteCase(TEST, _CLASS),
    "POST /api/v1/paper/import": RouteCase(TEST, {"name": "a.xlsx"}, {}),
    "GET /api/v1/paper/{code}": RouteCase(TEST, _CLASS),
    "POST /api/v1/paper/{code}/sheets": RouteCase(TEST, body=_SHEET),
    "GET /api/v1/paper/{code}/sheets/{attempt_id}": RouteCase(TEST),
    "POST /api/v1/paper/{code}/sheets/{attempt_id}/withdraw": RouteCase(TEST, body={}),
    "POST /api/v1/paper/{code}/attempts": RouteCase(TEST, body={"id": "f" * 32, "pupil_id": "{pupil}"}),
    # A pupil's own device and screen: by tokens of their own, never by a session.
    "POST /api/v1/self/join": RouteCase(PUBLIC, body={"code": "000000"}),
    "GET /api/v1/self/place": RouteCase(PUBLIC),
    "POST /api/v1/self/number": RouteCase(PUBLIC, body={"number": 1}),
    "POST /api/v1/self/name": RouteCase(PUBLIC, body={"mine": True}),
    "POST /api/v1/self/help": RouteCase(PUBLIC, body={"wanted": True}),
    "POST /api/v1/self/test": RouteCase(PUBLIC, body={}),
    "POST /api/v1/self/events": RouteCase(PUBLIC, body={"attempt": "{attempt}", "events": []}),
    "GET /self/audio/{key}": RouteCase(PUBLIC),
    "GET /join": RouteCase(PUBLIC),
    "GET /self/{attempt_id}": RouteCase(PUBLIC),
    "POST /api/v1/show/join": RouteCase(PUBLIC, body={"code": "000000"}),
    "GET /api/v1/show": RouteCase(PUBLIC),
    "GET /show": RouteCase(PUBLIC),
    "GET /sitting/new": RouteCase(TEST, {"school": "{school}", "class": "P6-1"}),
    "POST /sitting/new": RouteCase(TEST, {"school": "{school}", "class": "P6-1"}, {}, form=True),
    "GET /sitting/{sitting_id}": RouteCase(TEST),
    "GET /sitting/{sitting_id}/qr.svg": RouteCase(TEST, refused=404),
    "GET /api/v1/sittings/{sitting_id}": RouteCase(TEST),
    "POST /api/v1/sittings/{sitting_id}": RouteCase(TEST, body={"admits": True}),
    "POST /api/v1/sittings/{sitting_id}/seats": RouteCase(TEST, body={"action": "admit"}),
    "POST /api/v1/attempts/{attempt_id}/screen": RouteCase(TEST, body={"shown": None}),
    "POST /api/v1/attempts/{attempt_id}/screen/code": RouteCase(TEST, body={}),
    "GET /studio": RouteCase(RECORD),
    "GET /files/audio/takes/{recording_id}": RouteCase(RECORD),
    "GET /files/audio/{key}": RouteCase(EVERYBODY),
    "GET /api/v1/recordings": RouteCase(RECORD, {"set": "phonemes"}),
    "POST /api/v1/recordings": RouteCase(
        RECORD,
        body={
            "id": "d" * 32,
            "sound": {"kind": "word", "text": "cat", "phonemes": ["K", "AE", "T"]},
            "wav": "",
            "recorded_at": sites.START.isoformat(),
            "speaker": "",
            "licence": "CC-BY-4.0",
            "consent": True,
        },
    ),
    "POST /api/v1/recordings/{recording_id}/keep": RouteCase(RECORD, body={}),
    "POST /api/v1/recordings/{recording_id}/delete": RouteCase(RECORD, body={}),
    "POST /api/v1/attempts": RouteCase(TEST, body={"id": "c" * 32, "pupil_id": "{pupil}"}),
    "GET /api/v1/attempts/{attempt_id}": RouteCase(TEST),
    "POST /api/v1/attempts/{attempt_id}/events": RouteCase(TEST, body={"events": []}),
    "GET /api/v1/attempts/{attempt_id}/result": RouteCase(SEE),
    **{
        f"GET /{place}/{{rest:path}}": RouteCase(EVERYBODY, path={"rest:path": "no-such/place"})
        for place in ("auth", "play", "sitting", "studio", "paper", "files", "api")
    },
    "GET /self/{rest:path}": RouteCase(PUBLIC, path={"rest:path": "no-such/place"}),
}


def address_of(case: str, place: Place, code: str) -> str:
    """The path of a route, with what it names of this place put in."""
    path = case.partition(" ")[2]
    named = {
        "attempt_id": place.attempt,
        "sitting_id": sitting_id_at(place),
        "code": code,
        "recording_id": TAKE,
        "key": "0" * 16,
        **ROUTES[case].path,
    }
    for name, value in named.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def filled(values: object, place: Place) -> object:
    """`values` with {school}, {pupil} and {attempt} of this place put in."""
    if isinstance(values, dict):
        return {name: filled(value, place) for name, value in values.items()}
    if isinstance(values, str):
        return values.format(school=place.school, pupil=place.pupil, attempt=place.attempt)
    return values
