"""Devices for `load.py`: HTTP by hand on one event loop, so that what is measured is the server and not its clients."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from random import Random

PATIENCE = 60.0


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        compressed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if compressed else self.body).decode("utf-8", "replace")

    @property
    def data(self) -> dict[str, object]:
        assert self.status < 300, (self.status, self.text[:300])
        found = json.loads(self.text)
        assert isinstance(found, dict)
        return found


@dataclass
class Client:
    """One browser's connection, kept open; its answers' times and sizes."""

    port: int
    cookie: str = ""
    times: list[float] = field(default_factory=list)
    received: int = 0
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, data: object = None, **headers: str) -> Answer:
        """An answer; where the server had closed the quiet connection, over another one, as browsers do it."""
        began = time.perf_counter()
        try:
            answer = await self._exchange(method, path, data, headers)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.hang_up()
            answer = await self._exchange(method, path, data, headers)
        self.times.append(time.perf_counter() - began)
        return answer

    async def ask_and_go(self, method: str, path: str, data: object) -> None:
        """Asks, and is away before the answer comes."""
        await self._send(method, path, data, {})
        await asyncio.sleep(0.05)
        self.hang_up()

    def hang_up(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None

    async def _exchange(self, method: str, path: str, data: object, headers: dict[str, str]) -> Answer:
        reader = await self._send(method, path, data, headers)
        return await asyncio.wait_for(self._read(reader), PATIENCE)

    async def _send(self, method: str, path: str, data: object, headers: dict[str, str]) -> asyncio.StreamReader:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        host = f"127.0.0.1:{self.port}"
        body = b"" if data is None else data.encode() if isinstance(data, str) else json.dumps(data).encode()
        kind = "application/x-www-form-urlencoded" if isinstance(data, str) else "application/json"
        lines = {"Host": host, "Origin": f"http://{host}", "Cookie": self.cookie, "Accept-Encoding": "gzip"}
        lines |= {"Content-Type": kind, "Content-Length": str(len(body)), **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        await writer.drain()
        return reader

    async def _read(self, reader: asyncio.StreamReader) -> Answer:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")[:-2]
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        status = int(first.split()[1])
        if headers.get("transfer-encoding") == "chunked":
            body = await _chunks(reader)
        else:
            body = await reader.readexactly(0 if status == 304 else int(headers.get("content-length", "0")))
        self.received += len(head) + len(body)
        if "set-cookie" in headers:
            self.cookie = "; ".join(f"{m.key}={m.value}" for m in SimpleCookie(headers["set-cookie"]).values())
        return Answer(status, headers, body)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readline(), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return body


@dataclass
class Pupil:
    """A device in the middle of a test: what it has still to send, and what it has sent."""

    client: Client
    attempt: str
    path: str
    events: list[dict[str, object]]
    """All of the test, in order."""
    touches: list[int]
    """How many of them each touch brings, one after the other."""
    wraps: bool
    """The self-run API wants the attempt's id in the body."""
    sent: int = 0
    repeated: int = 0

    def body(self, batch: list[dict[str, object]]) -> dict[str, object]:
        return {"attempt": self.attempt, "events": batch} if self.wraps else {"events": batch}

    async def sit(self, pace: float, until: float, random: Random, losing: float) -> None:
        """A touch every `pace` seconds; of some (`losing`) the answer never arrives, and they are sent again."""
        await asyncio.sleep(random.uniform(0, pace))
        for count in self.touches:
            began = time.monotonic()
            if began >= until:
                return
            batch = self.events[self.sent : self.sent + count]
            if random.random() < losing:
                await self.client.ask_and_go("POST", self.path, self.body(batch))
                self.repeated += len(batch)
            answer = (await self.client.ask("POST", self.path, self.body(batch))).data
            self.sent += count
            assert answer["acknowledged"] == self.sent, answer
            await asyncio.sleep(max(0.0, pace - (time.monotonic() - began)))
