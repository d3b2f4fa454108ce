"""The real server as a process: started on a free port with data of its own, killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from tests import databases

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
_POLL_SECONDS = 0.1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """The app as `start.py` runs it, over `data_dir`; `url` stays the same when it is started again."""

    data_dir: Path
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    root: Path = ROOT
    """The folder of the product; another one is another version of it."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data_dir / "server.log"

    @property
    def database(self) -> Path:
        return self.data_dir / "phonics.db"

    def start(self) -> Server:
        """Returns when the server answers; fails with the end of its log when it never does."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, str(self.root / "streamlit_app.py"), "127.0.0.1", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.root, env=self._environment(), stdout=log, stderr=subprocess.STDOUT
            )
        self._wait()
        return self

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "PHONICS_DATABASE_URL"}
        if databases.on_postgresql():
            kept["PHONICS_DATABASE_URL"] = databases.url_of(self.database)
        return {**kept, "PHONICS_DATA_DIR": str(self.data_dir), **self.environment}

    def _wait(self) -> None:
        pause = Event()
        for _ in range(int(START_SECONDS / _POLL_SECONDS)):
            if self.process is not None and self.process.poll() is not None:
                break
            if self._answers():
                return
            pause.wait(_POLL_SECONDS)
        self.kill()
        raise RuntimeError(f"server did not start:\n{self.log.read_text(errors='replace')[-3000:]}")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def kill(self) -> None:
        """kill -9: the server gets no chance to tidy up."""
        self._end(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, with_signal: int) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=20)
        self.process = None
