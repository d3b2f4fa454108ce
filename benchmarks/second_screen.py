"""How quickly pupils' screens follow, and what they cost: `python benchmarks/second_screen.py [--pairs 20]`.

The real server, and as many pairs of a teacher's device and a pupil's screen. Each teacher's device shows something
else and sends a mark every three seconds; each screen polls long, over a connection that it keeps, as browsers do.
Of each part `--seconds` (20). Printed: from the teacher's request until the screen has the words; the answer to
a mark with and without screens; processor time of the server, also while nothing changes.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil

from phonics_app.workflows.accounts import sign_in
from phonics_app.workflows.assess import start_attempt
from phonics_app.workflows.context import Phonics, Settings, open_phonics
from tests import sites
from tests.browser.school import P4_PUPIL, make_school
from tests.browser.server import Server

STEP = 3.0


class Link:
    """A connection that is kept, with the cookie of its device."""

    def __init__(self, server: Server, cookie: str = "") -> None:
        self.headers = {"Origin": server.url, "Content-Type": "application/json", "Cookie": cookie}
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def ask(self, path: str, data: object = None) -> dict:
        body = None if data is None else json.dumps(data)
        try:
            answer = self.answer_to(path, body)
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()  # the server lets connections go on which nothing is asked; browsers open another
            answer = self.answer_to(path, body)
        text = answer.read()
        assert answer.status < 300, (path, answer.status, text[:300])
        if told := answer.getheader("set-cookie"):
            self.headers["Cookie"] = told.split(";")[0]
        return json.loads(text)

    def answer_to(self, path: str, body: str | None) -> http.client.HTTPResponse:
        self.connection.request("GET" if body is None else "POST", path, body, self.headers)
        return self.connection.getresponse()


@dataclass
class Pair:
    attempt: str
    marks: Link
    screen: Link
    pupil: Link
    items: list[str]
    shown_at: dict[str, float] = field(default_factory=dict)
    followed: list[float] = field(default_factory=list)
    marked: list[float] = field(default_factory=list)

    def show(self, item: str) -> None:
        self.shown_at[item] = time.perf_counter()
        self.screen.ask(f"/api/v1/attempts/{self.attempt}/screen", {"shown": {"items": [item], "lines": [1]}})

    def mark(self, event: dict) -> None:
        began = time.perf_counter()
        self.marks.ask(f"/api/v1/attempts/{self.attempt}/events", {"events": [event]})
        self.marked.append(time.perf_counter() - began)


def pairs_of(phonics: Phonics, server: Server, number: int) -> list[Pair]:
    cookie = f"phonics_session={sign_in(phonics, 'teacher', sites.PASSWORD, 'benchmark').token}"
    made = []
    for n in range(number):
        sitting = start_attempt(phonics, sites.PEOPLE.teacher, f"{n:032x}", P4_PUPIL.id)
        seen: dict[str, str] = {}
        for item in sitting.plan.items:
            if item.stimulus:
                seen.setdefault(item.stimulus, item.id)
        pair = Pair(sitting.attempt.id, Link(server, cookie), Link(server, cookie), Link(server), list(seen.values()))
        code = pair.screen.ask(f"/api/v1/attempts/{pair.attempt}/screen/code", {})["code"]
        pair.pupil.ask("/api/v1/show/join", {"code": code})
        made.append(pair)
    return made


def watch(pair: Pair, words: dict[str, str], stop: threading.Event) -> None:
    version = ""
    while not stop.is_set():
        screen = pair.pupil.ask(f"/api/v1/show?seen={version}")
        now = time.perf_counter()
        if screen["version"] != version and screen["lines"]:
            began = pair.shown_at.get(words[screen["lines"][0][0]])
            if began:
                pair.followed.append(now - began)
        version = screen["version"]


def teach(pair: Pair, seconds: float, delay: float, showing: bool) -> None:
    time.sleep(delay)
    end = time.perf_counter() + seconds
    for item in pair.items:
        if time.perf_counter() >= end:
            return
        if showing:
            pair.show(item)
        seq = len(pair.marked) + 1
        kind = "attempt_started" if seq == 1 else "attempt_resumed"
        pair.mark({"seq": seq, "kind": kind, "at": "2026-06-15T09:00:00+07:00", "mono_ms": 1.0, "data": {}})
        time.sleep(STEP)


def run(pairs: Sequence[Pair], seconds: float, showing: bool) -> None:
    step = STEP / len(pairs)
    threads = [threading.Thread(target=teach, args=(p, seconds, n * step, showing)) for n, p in enumerate(pairs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def told(name: str, values: Sequence[float]) -> str:
    spread = statistics.quantiles(values, n=100)
    return f"{name}: median {spread[49] * 1000:.0f} ms, p95 {spread[94] * 1000:.0f} ms, p99 {spread[98] * 1000:.0f} ms"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        make_school(Path(folder) / "template").rename(data / "phonics.db")
        phonics = open_phonics(Settings.from_environment({"PHONICS_DATA_DIR": str(data)}))
        server = Server(data).start()
        try:
            measure(phonics, server, wanted.pairs, wanted.seconds)
        finally:
            server.kill()
            phonics.store.close()
    return 0


def measure(phonics: Phonics, server: Server, number: int, seconds: float) -> None:
    assert server.process is not None
    process = psutil.Process(server.process.pid)

    def load(work: object) -> float:
        before, began = sum(process.cpu_times()[:2]), time.perf_counter()
        work()  # type: ignore[operator]
        return (sum(process.cpu_times()[:2]) - before) / (time.perf_counter() - began)

    pairs = pairs_of(phonics, server, number)
    words = {item.stimulus: item.id for item in reversed(items_of(phonics)) if item.stimulus}
    alone = load(lambda: run(pairs, seconds, showing=False))
    plain = [took for pair in pairs for took in pair.marked]
    sent = [len(pair.marked) for pair in pairs]
    stop = threading.Event()
    screens = [threading.Thread(target=watch, args=(pair, words, stop)) for pair in pairs]
    for screen in screens:
        screen.start()
    waiting = load(lambda: time.sleep(seconds))
    following = load(lambda: run(pairs, seconds, showing=True))
    stop.set()
    for screen in screens:
        screen.join()
    marked = [took for pair, begun in zip(pairs, sent, strict=True) for took in pair.marked[begun:]]
    followed = [took for pair in pairs for took in pair.followed]
    shown = sum(len(pair.shown_at) for pair in pairs)
    print(f"{number} pairs; {shown} changes shown, {len(followed)} seen")
    print(told("a screen has the words after", followed))
    print(told("a mark is stored, without screens", plain))
    print(told("a mark is stored, with screens", marked))
    print(f"one core's share: marks alone {alone:.1%}, screens that only wait {waiting:.1%}, all {following:.1%}")
    print(f"memory of the server: {process.memory_info().rss / 1e6:.0f} MB")


def items_of(phonics: Phonics) -> list:
    return list(start_attempt(phonics, sites.PEOPLE.teacher, f"{0:032x}", P4_PUPIL.id).plan.items)


if __name__ == "__main__":
    sys.exit(main())
