"""Two processes of the app on one PostgreSQL, behind a real nginx as `docs/several-processes.md` has it set up.

Device by device over plain HTTP: what was begun at one process goes on at the other, and a killed one loses nothing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx2 as httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select
from websockets.sync.client import connect

from phonics_app.domain.calendar import Round
from phonics_app.domain.codec import encode
from phonics_app.domain.event import Event
from phonics_app.records import open_store
from phonics_app.records.guesses import PER_ACCOUNT
from phonics_app.records.schema import attempt, event
from phonics_app.workflows import assess
from phonics_app.workflows.context import Phonics, Settings
from tests import classroom, databases, sites
from tests.browser.school import P1_PUPIL, P4_PUPIL, make_school
from tests.browser.server import Server, free_port
from tests.conftest import cannot_run
from tests.pages.busy import diary_of

pytestmark = pytest.mark.postgresql
DOCUMENT = sites.ROOT / "docs" / "several-processes.md"
SCHOOL = sites.SCHOOLS[0].id


def find_nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@dataclass
class Site:
    """`phonics`: the database as the test itself sees it. `proxy`: the proxy's address."""

    phonics: Phonics
    processes: tuple[Server, Server]
    proxy: str
    log: Path
    devices: list[httpx.Client] = field(default_factory=list)

    def at(self, url: str, who: str | None = None) -> httpx.Client:
        """A device that speaks with this address alone, signed in there with `who`."""
        client = httpx.Client(base_url=url, verify=False, timeout=30, headers={"Origin": url}, trust_env=False)
        self.devices.append(client)
        if who is not None:
            answer = client.post("/auth/sign-in", data={"username": who, "password": sites.PASSWORD})
            assert answer.status_code == 303, answer.text
        return client

    def both(self, token: str) -> tuple[httpx.Client, httpx.Client]:
        """The same session at either process."""
        one, other = (self.at(process.url) for process in self.processes)
        for client in (one, other):
            client.cookies.set("phonics_session", token)
        return one, other


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    if not databases.on_postgresql():
        cannot_run("no PostgreSQL found")
    program = find_nginx()
    if program is None:
        cannot_run("no nginx found (Debian: nginx-light)")
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as ending:
        phonics = _filled(folder)
        ending.callback(phonics.store.close)
        address = {"PHONICS_DATABASE_URL": phonics.settings.database_url}
        processes = (Server(folder / "data", environment=address), Server(folder / "data", environment=address))
        for process in processes:
            ending.callback(process.kill)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(Server.start, processes))
        port = free_port()
        command = [program, "-c", _configured(folder, processes, port), "-p", str(folder)]
        proxy = ending.enter_context(subprocess.Popen(command))
        ending.callback(proxy.terminate)
        found = Site(phonics, processes, f"https://127.0.0.1:{port}", folder / "access.log")
        _until_it_answers(found)
        yield found


def _filled(folder: Path) -> Phonics:
    """A school in this academic year, with a class that can take a test by itself."""
    path = make_school(folder)
    settings = Settings(folder / "data", databases.url_of(path), sites.ROOT)
    phonics = Phonics(settings, open_store(settings.database_url), sites.content())
    classroom.enrol(phonics, Round.of(date.today()).year)
    classroom.record_everything(phonics, range(1, 3))
    return phonics


def _configured(folder: Path, processes: tuple[Server, ...], port: int) -> str:
    """The document's configuration with this machine's ports, certificate and folders: nothing else is changed."""
    found = re.search("```nginx\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    _certificate(folder / "phonics.pem", folder / "phonics.key")
    changes = {
        "127.0.0.1:8501": f"127.0.0.1:{processes[0].port}",
        "127.0.0.1:8502": f"127.0.0.1:{processes[1].port}",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "/etc/ssl/phonics.pem": str(folder / "phonics.pem"),
        "/etc/ssl/private/phonics.key": str(folder / "phonics.key"),
        "access_log off;": f"access_log {folder}/access.log who_served;",
        "/var/log/nginx/phonics.log": f"{folder}/error.log",
    }
    text = found[1]
    for there, here in changes.items():
        assert there in text
        text = text.replace(there, here)
    passing = "\n".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    log = "log_format who_served '$status $request_method $uri $upstream_addr';"
    path = folder / "nginx.conf"
    path.write_text(
        f"{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n"
        f"events {{}}\nhttp {{\n{log}\n{passing}\n{text}}}\n",
        encoding="utf-8",
    )
    return str(path)


def _certificate(certificate: Path, key: Path) -> None:
    made, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(made.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    signed = builder.sign(made, hashes.SHA256())
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    key.write_bytes(made.private_bytes(*plain))


@pytest.fixture(autouse=True)
def _switched_off(site: Site) -> Iterator[None]:
    """Every device, at the end of its test."""
    yield
    while site.devices:
        site.devices.pop().close()


def _until_it_answers(site: Site) -> None:
    client = site.at(site.proxy)
    for _ in range(100):
        with suppress(httpx.TransportError):
            assert client.get("/healthz").status_code == 200
            return
        time.sleep(0.1)
    pytest.fail((site.log.parent / "nginx.log").read_text())


def test_a_session_is_one_of_the_site_wherever_it_began(site):
    here = site.at(site.processes[0].url, "teacher")
    _, there = site.both(here.cookies["phonics_session"])
    assert there.get("/play/new", params={"pupil": P4_PUPIL.id}).status_code == 200
    assert there.post("/auth/sign-out").status_code == 303
    assert here.get("/play/new", params={"pupil": P4_PUPIL.id}).status_code == 303


def test_guessing_is_slowed_down_by_all_of_them_together(site):
    clients = [site.at(process.url) for process in site.processes]
    wrong = {"username": "trainer", "password": "ผิดแน่นอน-1"}
    for n in range(PER_ACCOUNT):
        assert clients[n % 2].post("/auth/sign-in", data=wrong).status_code == 403
    right = {"username": "trainer", "password": sites.PASSWORD}
    assert [client.post("/auth/sign-in", data=right).status_code for client in clients] == [403, 403]


def test_behind_the_proxy_cookies_are_for_https_and_a_page_stays_with_its_process(site):
    client = site.at(site.proxy)
    answer = client.post("/auth/sign-in", data={"username": "director", "password": sites.PASSWORD})
    assert "secure" in answer.headers["set-cookie"].lower()
    foreign = client.post("/auth/sign-out", headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    for _ in range(4):
        assert client.get("/").status_code == 200
    cookie = f"phonics_session={client.cookies['phonics_session']}"
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    address = f"{site.proxy.replace('https', 'wss')}/_stcore/stream"
    with connect(
        address, ssl=trusting, origin=site.proxy, additional_headers={"Cookie": cookie}, subprotocols=["streamlit"]
    ):
        pass
    served = [line.split() for line in _log_with(site, "/_stcore/stream").splitlines()]
    assert len({process for _, _, uri, process in served if uri in ("/", "/_stcore/stream")}) == 1


def _log_with(site: Site, uri: str) -> str:
    """What nginx has noted, as soon as that is in it."""
    for _ in range(100):
        text = site.log.read_text()
        if f" {uri} " in text:
            return text
        time.sleep(0.05)
    raise AssertionError(text)


def test_a_screen_follows_a_teacher_at_another_process(site, tell):
    here = site.at(site.processes[0].url, "teacher")
    sitting = here.post("/api/v1/attempts", json={"id": "5c" * 16, "pupil_id": P4_PUPIL.id}).json()
    known = {item["id"]: item["stimulus"] for item in sitting["plan"]["items"]}
    items = next(b["items"] for b in sitting["plan"]["blocks"] if all(known[i] for i in b["items"]))
    api = f"/api/v1/attempts/{'5c' * 16}/screen"
    screen = site.at(site.processes[1].url)
    code = here.post(f"{api}/code", json={}).json()["code"]
    seen = screen.post("/api/v1/show/join", json={"code": code}).json()
    assert here.post(api, json={"shown": None}).json()["status"] == "connected"
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(screen.get, "/api/v1/show", params={"seen": seen["version"]})
        time.sleep(0.3)
        began = time.monotonic()
        here.post(api, json={"shown": {"items": items, "lines": [len(items)]}})
        now = asked.result().json()
        took = time.monotonic() - began
    assert now["lines"] == [[known[item] for item in items]]
    assert took < 4, "it was told, and did not only ask again after 8 s"
    tell(f"a pupil's screen at another process follows after {took * 1000:.0f} ms")
    there = site.both(here.cookies["phonics_session"])[1]
    assert there.post(api, json={"ended": True}).json()["status"] == "closed"
    assert screen.get("/api/v1/show").json()["status"] == "ended"


def test_the_monitor_shows_devices_of_both(site):
    here = site.at(site.processes[0].url, "teacher")
    boards = site.both(here.cookies["phonics_session"])
    opened = here.post(
        f"/sitting/new?school={SCHOOL}&class={classroom.GRADE.value}-{classroom.ROOM}", data={"admits": "1"}
    )
    assert opened.status_code == 303, opened.text
    board = f"/api/v1{opened.headers['location'].replace('/sitting/', '/sittings/')}"
    code = here.get(board).json()["code"]
    for number, process in enumerate(site.processes, start=1):
        device = site.at(process.url)
        assert device.post("/api/v1/self/join", json={"code": code}).status_code == 200
        assert device.post("/api/v1/self/number", json={"number": number}).json()["status"] == "checking"
        assert device.post("/api/v1/self/name", json={"mine": True}).json()["status"] == "admitted"
        assert device.get("/api/v1/self/place").json()["number"] == number
    for teacher in boards:
        seats = teacher.get(board).json()["seats"]
        assert [seat.get("connected", False) for seat in seats] == [True, True, False, False, False]


def test_a_killed_process_loses_nothing(site):
    """Last of all: after it there is one process."""
    teacher, attempt_id = site.at(site.proxy, "teacher"), "7e" * 16
    assert teacher.post("/api/v1/attempts", json={"id": attempt_id, "pupil_id": P1_PUPIL.id}).status_code == 201
    events = diary_of(assess.get_sitting(site.phonics, sites.PEOPLE.teacher, attempt_id), 4)
    api = f"/api/v1/attempts/{attempt_id}/events"
    here, there = site.both(teacher.cookies["phonics_session"])
    for n, sent in enumerate(events[:10]):
        # Each at the other process than the one before, and each a second time where the one before went.
        for client in ((here, there), (there, here))[n % 2]:
            assert client.post(api, json={"events": [encode(sent)]}).json() == {"acknowledged": sent.seq}
    for n, sent in enumerate(events[10:30]):
        if n == 7:
            site.processes[0].kill()
        assert _sent(teacher, api, [sent]) == sent.seq
    assert _sent(teacher, api, events[25:]) == len(events)
    assert teacher.get(f"/api/v1/attempts/{attempt_id}/result").status_code == 200
    with site.phonics.store.read() as connection:
        query = select(event.c.seq, event.c.kind, event.c.data).join(attempt).where(attempt.c.id == attempt_id)
        stored = [(row.seq, row.kind, json.dumps(row.data)) for row in connection.execute(query.order_by(event.c.seq))]
    assert stored == [(sent.seq, sent.kind.value, json.dumps(dict(sent.data))) for sent in events]
    assert teacher.get("/").status_code == 200


def _sent(client: httpx.Client, api: str, events: Sequence[Event]) -> int:
    """As the player does it: again until it is acknowledged."""
    for _ in range(20):
        with suppress(httpx.TransportError):
            answer = client.post(api, json={"events": encode(events)})
            if answer.status_code == 200:
                return answer.json()["acknowledged"]
            assert answer.status_code in (502, 504), answer.text
        time.sleep(0.2)
    raise AssertionError("never acknowledged")
