"""Every route × nobody and every role × own and other school: who is let in, that a refusal leaves no trace, and that
nothing is changed by a request that another site had sent or that merely looks.

A route that is missing in the table fails the test, so that none is added without its line there.
"""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from phonics_app.domain.account import SYSTEM, Account, Grant, Role
from phonics_app.domain.school import Classroom, PupilDraft, Sex
from phonics_app.pages.components.catalogue import PAGES
from phonics_app.records.accounts import insert_account
from phonics_app.records.passwords import hash_password
from phonics_app.records.pupils import insert_pupils
from phonics_app.records.recordings import insert_recordings
from phonics_app.web.app import middleware, routes
from phonics_app.workflows import accounts, assess
from phonics_app.workflows.accounts import sign_in
from phonics_app.workflows.paper_entry import use_form
from tests import sites
from tests.speech import packs
from tests.web.route_cases import PUBLIC, ROUTES, RouteCase, address_of, filled
from tests.workflows.papers import template_of_no_form
from tests.workflows.sitting_cases import sitting_made
from tests.workflows.use_cases import GRADE, OTHER, OWN, ROLES

URL = "http://testserver"
GIVEN, OWN_PASSWORD = "ส้มโอลูกใหญ่ 1", "ลำไย-8-กิ่ง-เขียว"
ROOM_TEACHERS = {"room_teacher": "1", "next_room_teacher": "2"}
PEOPLE = (*ROLES, *ROOM_TEACHERS)
# Whoever may do everything asks the database for everything; a refusal asks it for nothing that a right does not.
ASKED = [pytest.param(who, marks=() if who == ROLES[0] else pytest.mark.either) for who in PEOPLE]


def all_routes() -> set[str]:
    """ "GET /play/new" of every route; static files are mounts, and named one by one below."""
    return {
        f"{method} {route.path}"
        for route in routes()
        if isinstance(route, Route)
        for method in (route.methods or ())
        if method != "HEAD"
    }


def test_the_table_knows_every_route(tell):
    assert all_routes() == set(ROUTES)
    mounts = {route.path for route in routes() if isinstance(route, Mount)}
    assert mounts == {f"/{room}/static" for room in ("auth", "play", "paper", "self", "show", "sitting", "studio")}
    cells = sum(2 if case.rights == PUBLIC else 2 * (1 + len(PEOPLE)) for case in ROUTES.values())
    changing = sum(name.startswith("POST") for name in ROUTES)
    tell(f"routes: {len(ROUTES)}, {cells} cells of nobody and {len(PEOPLE)} people, {changing} that change something")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A pupil with a test that has just begun at each of two schools, and a form that is known here."""
    own = sites.make_own(tmp_path_factory.mktemp("own"))
    phonics = sites.open_copy(own, tmp_path_factory.mktemp("routes"))
    with phonics.store.write() as connection:
        for number, place in enumerate((OWN, OTHER)):
            draft = PupilDraft(str(number), "ด.ช.", "ต้นกล้า", "จำลองกิจ", Sex.MALE, GRADE, "1")
            insert_pupils(connection, place.school, sites.YEAR, [(place.pupil, draft)])
        insert_recordings(connection, [packs.recording(1, packs.CAT, recorded_by="system")])
        password_hash = hash_password(sites.PASSWORD)
        for name, room in ROOM_TEACHERS.items():
            grant = Grant(Role.TEACHER, OWN.school, (Classroom(sites.YEAR, GRADE, room),))
            account = Account(name, name, name, (grant,), created_at=sites.START)
            insert_account(connection, account, password_hash)
    for place in (OWN, OTHER):
        assess.start_attempt(phonics, SYSTEM, place.attempt, place.pupil)
        sitting_made(phonics, place)
    code = use_form(phonics, SYSTEM, "probe-words", 3, "A")
    phonics.store.close()
    return phonics, code


@pytest.fixture
def site(template, tmp_path):
    phonics = sites.open_copy(sites.path_of(template[0]), tmp_path, like=template[0])
    yield phonics
    phonics.store.close()


@pytest.fixture
def client(site):
    app = Starlette(routes=routes(), middleware=middleware(lambda: site))
    return TestClient(app, base_url=URL, follow_redirects=False)


@pytest.fixture
def code(template):
    return template[1]


def stored(site) -> list[str]:
    """Without what merely notes that somebody looked in."""
    noted = ("audit ", "audit_chain ", "session ", "sign_in_failure ")
    return [line for line in sites.dump(site.store) if not line.startswith(noted)]


def ask(client, name, place, code, origin=URL):
    case, method = ROUTES[name], name.partition(" ")[0]
    query = urlencode(filled(case.query, place))
    headers = {"Origin": origin} if origin else {}
    address = address_of(name, place, code) + (f"?{query}" if query else "")
    return client.request(method, address, headers=headers, **_body(name, case, place))


def _body(name: str, case: RouteCase, place) -> dict[str, object]:
    if name.endswith("/paper/import"):
        return {"content": template_of_no_form(place.school, GRADE)}
    if case.body is None:
        return {}
    return {"data" if case.form else "json": filled(case.body, place)}


def right_of(case: RouteCase, who: str) -> str:
    return case.rights.split()[ROLES.index("teacher" if who in ROOM_TEACHERS else who)]


def is_let_in(case: RouteCase, who: str, place) -> bool:
    right = right_of(case, who)
    if right == "own" and who == "next_room_teacher":
        # The start of a class sitting lists the sittings of one's own rooms, and there are none.
        return False
    return right == "all" or (right == "own" and place is OWN)


LISTS_OWN_ROOMS = {"GET /sitting/new"}


@pytest.mark.parametrize("who", ASKED)
def test_every_route(client, site, code, who):
    cells = [
        (name, place, is_let_in(case, who, place) or (name in LISTS_OWN_ROOMS and place is OWN and "room" in who))
        for name, case in ROUTES.items()
        if case.rights != PUBLIC
        for place in (OWN, OTHER)
    ]
    client.cookies.set("phonics_session", session_of(site, who))
    before = stored(site)
    for name, place, let_in in cells:
        if not let_in:
            answer = ask(client, name, place, code)
            assert answer.status_code == ROUTES[name].refused, (name, place, answer.text[:300])
    assert stored(site) == before
    for name, place, let_in in cells:
        if let_in:
            answer = ask(client, name, place, code)
            assert answer.status_code not in (401, 403), (name, place, answer.text[:300])
            assert answer.status_code < 500, (name, place, answer.text[:300])


def session_of(site, who) -> str:
    return sign_in(site, who, sites.PASSWORD, "127.0.0.1").token


def test_nobody_gets_past_the_gate(client, site, code):
    before = stored(site)
    for name, case in ROUTES.items():
        answer = ask(client, name, OWN, code)
        if case.rights == PUBLIC:
            assert "session.missing" not in answer.text, name
        elif "/api/" in name:
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "session.missing"), name
        elif not name.startswith(("GET /files/", "GET /auth/")) or case.path:
            assert answer.status_code == 303, name
            assert answer.headers["location"].startswith("/auth/sign-in"), name
    assert stored(site) == before


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", ""])
def test_what_changes_something_is_taken_from_our_own_pages_alone(client, site, code, origin):
    client.cookies.set("phonics_session", session_of(site, "administrator"))
    before = stored(site)
    for name in ROUTES:
        if not name.startswith("GET"):
            answer = ask(client, name, OWN, code, origin)
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "request.cross_site"), name
    assert stored(site) == before


def test_whoever_merely_looks_changes_nothing(client, site, code):
    client.cookies.set("phonics_session", session_of(site, "administrator"))
    before = stored(site)
    for name in ROUTES:
        if name.startswith("GET") and name != "GET /auth/sign-out":
            ask(client, name, OWN, code)
    assert stored(site) == before


def test_whoever_was_given_a_password_chooses_his_own_before_anything_else(client, site, code):
    """At every route that needs a session, and at the pages and the websocket of Streamlit behind them."""
    accounts.set_password(site, SYSTEM, "administrator", GIVEN)
    client.cookies.set("phonics_session", sign_in(site, "administrator", GIVEN, "127.0.0.1").token)
    before = stored(site)
    for name, case in ROUTES.items():
        if case.rights == PUBLIC or name.endswith("/auth/password"):
            continue
        answer = ask(client, name, OWN, code)
        if "/api/" in name:
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "account.password_to_be_chosen"), name
        else:
            assert answer.status_code == 303, name
            assert answer.headers["location"].startswith("/auth/password"), name
    for page in PAGES:
        assert client.get(f"/{page.path}").headers["location"].startswith("/auth/password"), page.path
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream", headers={"Origin": URL}):
        pass
    assert stored(site) == before
    form = {"password": OWN_PASSWORD, "again": OWN_PASSWORD, "next": "/accounts"}
    same = client.post("/auth/password", data={**form, "password": GIVEN, "again": GIVEN}, headers={"Origin": URL})
    assert (same.status_code, GIVEN in same.text) == (422, False)
    differ = client.post("/auth/password", data={**form, "again": GIVEN}, headers={"Origin": URL})
    assert differ.status_code == 422
    done = client.post("/auth/password", data=form, headers={"Origin": URL})
    assert (done.status_code, done.headers["location"]) == (303, "/accounts")
    assert ask(client, "GET /studio", OWN, code).status_code == 200
    assert sign_in(site, "administrator", OWN_PASSWORD, "127.0.0.1").actor.chooses_password is False


def test_security_headers_stand_on_every_answer(client, site, code):
    client.cookies.set("phonics_session", session_of(site, "administrator"))
    for name in ROUTES:
        headers = ask(client, name, OWN, code).headers
        assert headers["x-content-type-options"] == "nosniff", name
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';"), name
        assert "unsafe" not in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert headers["referrer-policy"] == "same-origin", name
        assert "cache-control" in headers, name
