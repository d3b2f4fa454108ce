"""A speech service on this machine that answers as the real one does — or refuses, hangs, or asks to slow down."""

from __future__ import annotations

import base64
import json
import socket
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from phonics_app.speech.google import Google
from tests.speech.signals import as_mp3, take

VOICE = as_mp3(take(lead=0.2, tail=0.2), 48_000)


@dataclass
class Answer:
    """`hangs`: nothing is ever sent; `drips`: a byte now and then, for ever."""

    status: int = 200
    audio: bytes | None = VOICE
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    drips: bool = False

    def body(self) -> bytes:
        if self.audio is None:
            return b'[["wrb.fr","something else"]]'
        spoken = json.dumps([base64.b64encode(self.audio).decode()])
        return json.dumps([["wrb.fr", "jQ1olc", spoken]], separators=(",", ":")).encode()


@dataclass
class FakeGoogle:
    """`answer(text)` says what happens to a request for `text`; `asked` lists the texts in order."""

    address: str
    asked: list[str]
    answer: Callable[[str], Answer]
    ended: threading.Event

    def client(self, **options: float) -> Google:
        return Google(address=self.address, **options)


class _Handler(BaseHTTPRequestHandler):
    fake: FakeGoogle

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        text = json.loads(json.loads(form["f.req"][0])[0][0][1])[0]
        self.fake.asked.append(text)
        answer = self.fake.answer(text)
        if answer.hangs:
            self.fake.ended.wait(60)
            return
        body = answer.body()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if answer.drips:
            self._drip(body)
        else:
            self.wfile.write(body)

    def _drip(self, body: bytes) -> None:
        for at in range(len(body)):
            if self.fake.ended.wait(0.05):
                return
            self.wfile.write(body[at : at + 1])
            self.wfile.flush()

    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def fake_google(answer: Callable[[str], Answer] = lambda text: Answer()):
    """A server that lives as long as the block."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    handler.fake = FakeGoogle(f"http://127.0.0.1:{server.server_address[1]}", [], answer, threading.Event())
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield handler.fake
    finally:
        handler.fake.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def unused_address() -> str:
    """Where nobody listens: connections are refused at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
