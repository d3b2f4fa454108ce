"""What a school at work asks of the server: `python benchmarks/load.py [--pupils 200] [--devices 40] [--seconds 20]`.

The server is started as a school starts it (`python -m phonics_app serve`). Then
- `--devices` tablets open a class test in the same moment: bytes and seconds before the first sound and with all;
- `--pupils` pupils take the test by themselves, each answering every three seconds (an answer with the next item, then
  its sound: two requests), and ask between whether the teacher wants anything, while the teacher's page watches;
- as many are tested by teachers, one touch every three seconds.
One request in twenty loses its answer and is sent again. Then every event must be in the database exactly once, in
its order, as it was sent: if not, the command fails.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from urllib.parse import urljoin

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil

from benchmarks.load_clients import Client, Pupil
from phonics_app.calibration.simulation import simulate_attempts
from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.calendar import Round
from phonics_app.domain.codec import decode, encode
from phonics_app.domain.event import EventKind
from phonics_app.domain.plan import Plan
from phonics_app.launcher.server import is_healthy
from phonics_app.workflows.accounts import sign_in
from phonics_app.workflows.context import Phonics, utc_now
from phonics_app.workflows.self_run import SelfTest, self_test
from tests import classroom, sites
from tests.browser.school import make_school
from tests.browser.server import free_port
from tests.engine.listening import Device

ROOT = Path(__file__).resolve().parents[1]
PACE = 3.0
BEAT = 8.0
BOARD = 3.0
LOSING = 0.05
AT_ONCE = 6
"""Connections that a browser opens to one server."""
SOUNDS_AT_ONCE = 4


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pupils", type=int, default=200)
    parser.add_argument("--devices", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=20, help="of each of the two ways of testing")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores for server and devices together, load before {os.getloadavg()[0]:.1f}", flush=True)
    with site(options.pupils) as load:
        return asyncio.run(load.run(options.pupils, options.devices, options.seconds))


@contextmanager
def site(pupils: int) -> Iterator[Load]:
    """A class of so many, all of whose questions can be heard, and the server over it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        phonics = sites.open_copy(make_school(Path(folder) / "t"), data, utc_now)
        ids = classroom.enrol(phonics, Round.of(date.today()).year, pupils)
        classroom.record_everything(phonics)
        port, environment = free_port(), {**os.environ, "PHONICS_DATA_DIR": str(data)}
        command = [sys.executable, "-m", "phonics_app", "serve", "--port", str(port)]
        with (data / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            while not is_healthy(f"http://127.0.0.1:{port}"):
                if process.poll() is not None:
                    raise SystemExit((data / "log").read_text(errors="replace"))
                time.sleep(0.1)
            yield Load(phonics, data / "phonics.db", port, psutil.Process(process.pid), ids)
        finally:
            process.terminate()
            process.wait(30)
            phonics.store.close()


@dataclass
class Load:
    phonics: Phonics
    database: Path
    port: int
    process: psutil.Process
    pupils: list[str]
    most_memory: int = 0
    faults: list[str] = field(default_factory=list)

    async def run(self, pupils: int, devices: int, seconds: float) -> int:
        cookie = f"phonics_session={sign_in(self.phonics, 'teacher', sites.PASSWORD, 'benchmark').token}"
        teacher = Client(self.port, cookie)
        api, code = await self.open_sitting(teacher)
        seats = [Client(self.port) for _ in range(pupils)]
        await gently([self.seat(client, code, number) for number, client in enumerate(seats, start=1)])
        await self.first_load(seats[:devices])
        alone = [self.self_run(client) for client in seats]
        await self.measure("self-run", alone, seconds, [self.watch(teacher, api), *map(self.beat, alone)])
        marked = [Client(self.port, cookie) for _ in range(pupils)]
        started = await gently([self.one_to_one(*each) for each in zip(marked, self.pupils, strict=True)])
        await self.measure("one to one", started, seconds, [])
        print(f"memory of the server: {self.most_memory / 1e6:.0f} MB at most")
        for fault in self.faults:
            print(f"FAULT: {fault}")
        return 1 if self.faults else 0

    async def open_sitting(self, teacher: Client) -> tuple[str, str]:
        path = f"/sitting/new?school={sites.SCHOOLS[0].id}&class={classroom.GRADE.value}-{classroom.ROOM}"
        answer = await teacher.ask("POST", path, "admits=1")
        api = f"/api/v1/sittings/{answer.headers['location'].rsplit('/', 1)[1]}"
        return api, str((await teacher.ask("GET", api)).data["code"])

    async def seat(self, client: Client, code: str, number: int) -> None:
        for path, body in (("join", {"code": code}), ("number", {"number": number}), ("name", {"mine": True})):
            assert (await client.ask("POST", f"/api/v1/self/{path}", body)).data

    # ---- Forty tablets open the page in the same moment ----

    async def first_load(self, clients: Sequence[Client]) -> None:
        files = await self.files_of("/self/test")
        before = self.used()
        began = time.perf_counter()
        done = await asyncio.gather(*(self.load_page(client, files) for client in clients))
        ready = sorted(ready for ready, _, _ in done)
        whole = time.perf_counter() - began
        print(f"\n{len(clients)} devices load the self-run player at once")
        print(
            f"  before the first sound: {done[0][1] / 1000:.0f} KB in {len(files) + 2} requests each; "
            f"seconds p50 {share(ready, 50):.2f}, last {ready[-1]:.2f}"
        )
        print(f"  with all {done[0][2]} sounds: {whole:.1f} s, server {(self.used() - before) / whole:.0%} of a core")

    async def files_of(self, page: str) -> list[str]:
        """All scripts, styles and letters that the page asks for."""
        client = Client(self.port)
        todo, found = [page], []
        while todo:
            path = todo.pop()
            text = (await client.ask("GET", path)).text
            found.append(path)
            linked = re.findall(r"""(?:src|href)="(/[^"]+)"|(?:from|import) "([./][^"]+)";""", text)
            for link in filter(None, (a or b for a, b in linked)):
                target = urljoin(path, link)
                if target not in found + todo and "/static/" in target + "/static/" * target.startswith(
                    "/files/fonts/"
                ):
                    todo.append(target)
        return found[1:]

    async def load_page(self, client: Client, files: Sequence[str]) -> tuple[float, int, int]:
        """Seconds and bytes until the test could begin, and how many sounds came after that."""
        began = time.perf_counter()
        others = [Client(self.port, client.cookie) for _ in range(AT_ONCE - 1)]
        everyone = [client, *others]
        start = sum(c.received for c in everyone)
        await client.ask("GET", "/self/test")
        await shared(everyone, [lambda c, path=path: c.ask("GET", path) for path in files])
        test = (await client.ask("POST", "/api/v1/self/test", {})).data
        ready, size = time.perf_counter() - began, sum(c.received for c in everyone) - start
        sounds = test["sitting"]["audio"]  # type: ignore[index]
        jobs = [lambda c, k=key, d=digest: c.ask("GET", f"/self/audio/{k}?v={d}") for key, digest in sounds.items()]
        await shared(everyone[:SOUNDS_AT_ONCE], jobs)
        for each in others:
            each.hang_up()
        return ready, size, len(sounds)

    # ---- Pupils at work ----

    def self_run(self, client: Client) -> Pupil:
        test = self_test(self.phonics, client.cookie.split("=", 1)[1])
        assert test is not None
        events, touches = whole_test(test)
        return Pupil(client, test.attempt.id, "/api/v1/self/events", events, touches, wraps=True)

    async def one_to_one(self, client: Client, pupil_id: str) -> Pupil:
        attempt = uuid.uuid4().hex
        sitting = (await client.ask("POST", "/api/v1/attempts", {"id": attempt, "pupil_id": pupil_id})).data
        plan, spec = decode(Plan, sitting["plan"]), decode(AttemptSpec, sitting["attempt"]["spec"])  # type: ignore[index]
        made = simulate_attempts(plan, [spec], [spec.prior.mean], seed=1)[0]
        events = [encode(event) for event in made.events]
        path = f"/api/v1/attempts/{attempt}/events"
        return Pupil(client, attempt, path, events, [1] * len(events), wraps=False)  # type: ignore[arg-type]

    async def watch(self, teacher: Client, api: str) -> None:
        tag = ""
        while True:
            answer = await teacher.ask("GET", api, **({"If-None-Match": tag} if tag else {}))
            tag = answer.headers.get("etag", "")
            await asyncio.sleep(BOARD)

    async def beat(self, pupil: Pupil) -> None:
        own = Client(self.port, pupil.client.cookie)
        while True:
            await asyncio.sleep(BEAT * Random(pupil.attempt).uniform(0.8, 1.2))
            await own.ask("GET", "/api/v1/self/place")

    async def measure(
        self, name: str, pupils: Sequence[Pupil], seconds: float, beside: Sequence[Awaitable[None]]
    ) -> None:
        for pupil in pupils:
            pupil.client.times.clear()
        used, began = self.used(), time.perf_counter()
        running = [asyncio.ensure_future(each) for each in beside]
        until = time.monotonic() + seconds
        await asyncio.gather(*(p.sit(PACE / len_of(p), until, Random(p.attempt), LOSING) for p in pupils))
        took = time.perf_counter() - began
        share_of_core = (self.used() - used) / took
        for task in running:
            task.cancel()
        failed = await asyncio.gather(*running, return_exceptions=True)
        self.faults += [repr(fault) for fault in failed if isinstance(fault, Exception)]
        times = sorted(t for p in pupils for t in p.client.times)
        sent, again = sum(p.sent for p in pupils), sum(p.repeated for p in pupils)
        print(f"\n{len(pupils)} pupils, {name}: {sent / took:.0f} events and {len(times) / took:.0f} requests a second")
        figures = ", ".join(f"p{p} {1000 * share(times, p):.1f}" for p in (50, 95, 99))
        print(f"  answers, ms: {figures}, longest {1000 * times[-1]:.0f}; server {share_of_core:.0%} of a core")
        wrong = [p.attempt for p in pupils if self.stored(p.attempt) != p.events[: p.sent]]
        told = f"{len(wrong)} TESTS DIFFER" if wrong else "each stored exactly once and in order"
        print(f"  {sent} events, {again} of them sent twice: {told}", flush=True)
        self.faults += [f"{name}: test {attempt} differs" for attempt in wrong]

    def stored(self, attempt: str) -> list[dict[str, object]]:
        """The events in the order in which they came in."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            query = (
                "select e.seq, e.kind, e.at, e.mono_ms, e.data from event e join attempt a on a.key = e.attempt_key "
                "where a.id = ? order by e.received_at, e.seq"
            )
            rows = connection.execute(query, (attempt,)).fetchall()
        names = ("seq", "kind", "at", "mono_ms", "data")
        return [dict(zip(names, (*row[:4], json.loads(row[4])), strict=True)) for row in rows]

    def used(self) -> float:
        """Seconds of processor time of the server and of what it has started; notes its memory as well."""
        family = [self.process, *self.process.children(recursive=True)]
        self.most_memory = max(self.most_memory, sum(p.memory_info().rss for p in family[1:]))
        return sum(sum(p.cpu_times()[:2]) for p in family)


def len_of(pupil: Pupil) -> int:
    """Requests of one answer."""
    return 2 if pupil.wraps else 1


def whole_test(test: SelfTest) -> tuple[list[dict[str, object]], list[int]]:
    """The events of a device, and which of them go in one request: an answer with the next item, then its sound."""
    device = Device(test.ready, test.attempt.spec, test.attempt.id, mono=0.0)
    device.record(EventKind.ATTEMPT_STARTED)
    touches = []
    while (item := device.state.test.next_item) is not None:
        device.record(EventKind.ITEM_SHOWN, 0.1, item=item)
        touches.append(2)
        device.record(EventKind.AUDIO_PLAYED, 0.2, item=item)
        touches.append(1)
        known = test.ready.items[item]
        device.record(EventKind.ITEM_ANSWERED, PACE, item=item, value=known.key)
    device.record(EventKind.ATTEMPT_FINISHED, reason=str(device.state.test.ended and device.state.test.ended.value))
    touches.append(2)
    return [encode(event) for event in device.events], touches  # type: ignore[misc]


async def gently(jobs: Sequence[Awaitable[object]]) -> list[object]:
    """A few at a time."""
    gate = asyncio.Semaphore(10)

    async def one(job: Awaitable[object]) -> object:
        async with gate:
            return await job

    return list(await asyncio.gather(*map(one, jobs)))


async def shared(clients: Sequence[Client], jobs: Sequence[Callable[[Client], Awaitable[object]]]) -> None:
    """All jobs, as many at once as there are connections."""
    queue = list(jobs)

    async def work(client: Client) -> None:
        while queue:
            await queue.pop(0)(client)

    await asyncio.gather(*map(work, clients))


def share(ordered: Sequence[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


if __name__ == "__main__":
    sys.exit(main())
