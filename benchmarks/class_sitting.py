"""What a class that takes a test by itself asks of the server: `python benchmarks/class_sitting.py [--pupils 40]`.

The real server, a teacher's page that asks for its board as it does in class, and devices that answer a question every
few seconds and beat in between: bytes, requests, the server's processor time, and that each event arrived exactly once.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
import tempfile
import threading
import time
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from phonics_app.domain.calendar import Round
from phonics_app.workflows.accounts import sign_in
from phonics_app.workflows.context import Phonics, utc_now
from phonics_app.workflows.self_run import SelfTest, self_test
from tests import classroom, sites
from tests.browser.school import make_school
from tests.browser.server import Server

PACE = 3.0
"""Seconds from answer to answer: each brings three events, in one request or two."""
BEAT = 8.0
BOARD = 3.0


class Caller:
    """One browser's worth of requests, all over one connection."""

    def __init__(self, server: Server, cookie: str = "") -> None:
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.headers = {"Origin": server.url, "Content-Type": "application/json", "Cookie": cookie}
        self.requests = self.received = 0
        self.times: list[float] = []

    def ask(self, method: str, path: str, data: object = None, **headers: str) -> tuple[int, bytes, str]:
        began = time.perf_counter()
        body = None if data is None else json.dumps(data)
        try:
            answer = self._send(method, path, body, headers)
        except ConnectionError:
            # The server closes a connection that was quiet for some seconds; a browser opens another, too.
            self.connection.close()
            answer = self._send(method, path, body, headers)
        content = answer.read()
        self.times.append(time.perf_counter() - began)
        self.requests += 1
        self.received += len(content) + sum(len(k) + len(v) + 4 for k, v in answer.getheaders())
        if cookie := answer.getheader("Set-Cookie"):
            self.headers["Cookie"] = cookie.split(";")[0]
        return answer.status, content, answer.getheader("ETag") or ""

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> HTTPResponse:
        self.connection.request(method, path, body, {**self.headers, **headers})
        return self.connection.getresponse()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pupils", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        phonics = sites.open_copy(make_school(Path(folder) / "t"), Path(folder) / "data", utc_now)
        classroom.enrol(phonics, Round.of(date.today()).year, options.pupils)
        classroom.record_everything(phonics)
        token = sign_in(phonics, "teacher", sites.PASSWORD, "benchmark").token
        server = Server(Path(folder) / "data").start()
        try:
            run(server, phonics, token, options.pupils, options.seconds)
        finally:
            server.kill()
            phonics.store.close()
    return 0


def run(server: Server, phonics: Phonics, token: str, pupils: int, seconds: float) -> None:
    teacher = Caller(server, f"phonics_session={token}")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    path = f"/sitting/new?school={sites.SCHOOLS[0].id}&class={classroom.GRADE.value}-{classroom.ROOM}"
    teacher.connection.request("POST", path, "admits=1", {**teacher.headers, **form})
    answer = teacher.connection.getresponse()
    answer.read()
    api = f"/api/v1/sittings/{str(answer.getheader('Location')).rsplit('/', 1)[1]}"
    code = json.loads(teacher.ask("GET", api)[1])["code"]
    devices = [seated(server, phonics, code, number) for number in range(1, pupils + 1)]
    teacher.requests = teacher.received = 0
    calm = cpu(server)
    watch(teacher, api, 5.0)
    print(f"{pupils} devices, {os.cpu_count()} cores; processor time of one core")
    print(f"board while nothing happens: {teacher.received / 5 / 1000:.2f} KB/s, {cpu(server, calm) / 5:.1%} of a core")
    teacher.requests = teacher.received = 0
    begun, stop = cpu(server), threading.Event()
    threads = [threading.Thread(target=sit, args=(*device, stop, k)) for k, device in enumerate(devices)]
    for thread in threads:
        thread.start()
    watch(teacher, api, seconds)
    stop.set()
    for thread in threads:
        thread.join()
    times = sorted(t for caller, _, _ in devices for t in caller.times[4:])
    used = cpu(server, begun) / seconds
    whole = len(teacher.ask("GET", api)[1])
    print(f"board while all are at work: {teacher.received / seconds / 1000:.2f} KB/s; a whole board is {whole} bytes")
    print(f"devices: {len(times) / seconds:.1f} requests a second, server {used:.1%} of a core in all")
    print("answers: " + ", ".join(f"p{p} {1000 * times[int(len(times) * p / 100)]:.1f} ms" for p in (50, 95, 99)))
    print(exactly_once(server, devices))


def seated(server: Server, phonics: Phonics, code: str, number: int) -> tuple[Caller, SelfTest, list[object]]:
    caller = Caller(server)
    caller.ask("POST", "/api/v1/self/join", {"code": code})
    caller.ask("POST", "/api/v1/self/number", {"number": number})
    caller.ask("POST", "/api/v1/self/name", {"mine": True})
    caller.ask("POST", "/api/v1/self/test", {})
    test = self_test(phonics, caller.headers["Cookie"].split("=", 1)[1])
    assert test is not None
    return caller, test, []


def sit(caller: Caller, test: SelfTest, sent: list[object], stop: threading.Event, k: int) -> None:
    """Answers as a device sends them: what was touched since the last time, in order."""
    from phonics_app.domain import codec

    events = [codec.encode(event) for event in classroom.whole_test(test)]
    at, beat = 0, time.monotonic()
    stop.wait(PACE * (k % 40) / 40)
    while not stop.is_set() and at < len(events):
        batch = events[at : at + 2]
        caller.ask("POST", "/api/v1/self/events", {"attempt": test.attempt.id, "events": batch})
        at += len(batch)
        sent.extend(batch)
        if time.monotonic() - beat > BEAT:
            caller.ask("GET", "/api/v1/self/place")
            beat = time.monotonic()
        stop.wait(PACE)


def watch(teacher: Caller, api: str, seconds: float) -> None:
    tag, end = "", time.monotonic() + seconds
    while time.monotonic() < end:
        tag = teacher.ask("GET", api, **({"If-None-Match": tag} if tag else {}))[2]
        time.sleep(min(BOARD, max(0.0, end - time.monotonic())))


def cpu(server: Server, since: float = 0.0) -> float:
    """Seconds of processor time that the server has used (Linux)."""
    assert server.process is not None
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") - since


def exactly_once(server: Server, devices: list[tuple[Caller, SelfTest, list[object]]]) -> str:
    with sqlite3.connect(f"file:{server.database}?mode=ro", uri=True) as connection:
        query = "select count(*) from event e join attempt a on a.key = e.attempt_key where a.id = ?"
        stored = [connection.execute(query, (test.attempt.id,)).fetchone()[0] for _, test, _ in devices]
    sent = [len(events) for _, _, events in devices]
    return f"events sent {sum(sent)}, stored {sum(stored)}, {'each exactly once' if sent == stored else 'NOT EQUAL'}"


if __name__ == "__main__":
    sys.exit(main())
