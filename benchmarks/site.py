"""A running site for benchmarks: the real server over demonstration data, spoken to as browsers do."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from phonics_app.launcher.server import is_healthy

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def running(data: Path, port: int) -> Iterator[float]:
    """The app over the folder `data`; yields the seconds until it answered."""
    command = [sys.executable, "streamlit_app.py", "127.0.0.1", str(port)]
    begun = time.perf_counter()
    environment = {**os.environ, "PHONICS_DATA_DIR": str(data)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not is_healthy(f"http://127.0.0.1:{port}"):
            if process.poll() is not None:
                raise SystemExit(f"the server ended with code {process.returncode}")
            time.sleep(0.02)
        yield time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(20)


@dataclass
class Visitor:
    """Somebody signed in, with one connection kept alive as browsers do."""

    port: int
    cookie: str = ""

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def request(self, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> tuple[int, bytes]:
        headers = {"Cookie": self.cookie, "Origin": self.origin, "Content-Type": kind}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for name, value in SimpleCookie(", ".join(answer.headers.get_all("Set-Cookie") or [])).items():
            self.cookie = f"{name}={value.value}"
        return answer.status, content

    def sign_in(self, account_id: str) -> None:
        """Enters a demonstration site as one of its accounts."""
        form = urlencode({"account_id": account_id, "next": "/"}).encode()
        status, _ = self.request("POST", "/auth/sign-in", form, "application/x-www-form-urlencoded")
        if status != 303 or "phonics_session" not in self.cookie:
            raise SystemExit(f"sign-in failed with status {status}")

    def api(self, method: str, path: str, data: object = None) -> dict[str, object]:
        """JSON in, JSON out; ends the benchmark at a refusal."""
        status, content = self.request(method, path, json.dumps(data).encode() if data is not None else b"")
        if status >= 400:
            raise SystemExit(f"{method} {path}: {status} {content[:300]!r}")
        answer = json.loads(content)
        assert isinstance(answer, dict)
        return answer

    @contextmanager
    def page_stream(self) -> Iterator[ClientConnection]:
        """The websocket through which Streamlit sends its pages."""
        url = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        headers = {"Cookie": self.cookie}
        with connect(
            url, subprotocols=["streamlit"], origin=self.origin, additional_headers=headers, max_size=None
        ) as ws:
            yield ws


def open_page(stream: ClientConnection, path: str, query: str = "") -> tuple[float, int]:
    """Seconds until the server has run the page at `path`, and the bytes it sent; ends at an exception in the page."""
    message = BackMsg()
    message.rerun_script.page_name = path
    message.rerun_script.query_string = query
    begun, size = time.perf_counter(), 0
    stream.send(message.SerializeToString())
    while True:
        data = stream.recv(timeout=60)
        assert isinstance(data, bytes)
        size += len(data)
        answer = ForwardMsg.FromString(data)
        if answer.delta.new_element.HasField("exception"):
            raise SystemExit(f"/{path}: {answer.delta.new_element.exception.message}")
        ended = answer.WhichOneof("type") == "script_finished"
        if ended and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return time.perf_counter() - begun, size
