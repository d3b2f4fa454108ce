"""Starting the app: port, database, server, browser; and stopping it cleanly."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import BinaryIO, NoReturn

from phonics_app.launcher.environment import ROOT, Environment, child_environment, ensure
from phonics_app.launcher.faults import Fault, fault_of_os_error, say

_SECONDS_TO_START = 120
_SECONDS_TO_STOP = 10
_SECONDS_TO_HEAR = 2
"""Ctrl-C reaches the app as well, which may end before this process has heard of it."""
_LARGEST_LOG = 5_000_000
_RESCUED_FROM = ("database.damaged", "database.newer")
"""A backup can be put back in the browser, with the code that lies in the data folder then."""
_CODE_FILE = "rescue-code.txt"
_EVERYWHERE = ("0.0.0.0", "::")
_ONLY_HERE = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Options:
    """`data`: folder of the database, None for the default one."""

    port: int
    host: str
    data: Path | None
    browser: bool
    setup_code: str = field(default_factory=lambda: f"{secrets.randbelow(10**8):08}", repr=False)
    """Lets another device of the network set an empty site up."""

    @property
    def in_network(self) -> bool:
        return self.host not in _ONLY_HERE

    @property
    def probe(self) -> str:
        """An address of this machine at which the app answers."""
        return "127.0.0.1" if self.host in _EVERYWHERE else self.host

    def url(self, name: str) -> str:
        return f"http://[{name}]:{self.port}" if ":" in name else f"http://{name}:{self.port}"


def run(environment: Environment, options: Options) -> int:
    """Installs what is missing, prepares the database, runs the app until Ctrl-C. Raises `Fault`."""
    require_port(options)
    ensure(environment, "requirements.txt")
    variables = child_environment(**_data_variables(environment, options))
    _prepare(environment, variables)
    with _log_file(Path(variables["PHONICS_DATA_DIR"])) as log:
        return serve_app(str(environment.python), options, variables, log)


def _log_file(folder: Path) -> BinaryIO:
    """What the app says for technicians: the file of this start is added to, a large one is put aside first."""
    path = folder / "phonics.log"
    if path.exists() and path.stat().st_size > _LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600))


def serve_app(
    python: str, options: Options, variables: Mapping[str, str] | None = None, log: BinaryIO | None = None
) -> int:
    """Runs the app with the interpreter `python` until Ctrl-C; 0 then. Raises `Fault`.

    Its own output goes to `log`, or to this console.
    """
    require_port(options)
    command = [python, "streamlit_app.py", options.host, str(options.port)]
    say("กำลังเปิดโปรแกรม", "Starting the app")
    where = log.name if log else "stderr"
    environment = {**(variables or child_environment()), **_guard(options)}
    started = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    with _stopped_at_the_end(started) as process:
        _wait_until_healthy(process, options, where)
        try:
            _announce(options)
            _show_rescue_code(Path(environment.get("PHONICS_DATA_DIR") or ROOT / "data"))
            _wait_until_stopped(process, where)
        except KeyboardInterrupt:
            say("กำลังหยุด", "Stopping")
    return 0


def _guard(options: Options) -> dict[str, str]:
    """What `phonics_app.web.setup_guard` reads."""
    return {"PHONICS_SETUP_CODE": options.setup_code} if options.in_network else {}


def require_port(options: Options) -> None:
    """Raises `Fault` unless the app can listen on the port."""
    try:
        family = socket.getaddrinfo(options.host, options.port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as listener:
            if os.name != "nt":  # there, this option would allow two servers on one port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((options.host, options.port))
        with socket.socket(family, socket.SOCK_STREAM) as caller:  # macOS lets 127.0.0.1 be bound beside 0.0.0.0
            caller.settimeout(1)
            taken = caller.connect_ex((options.probe, options.port)) == 0
    except OSError as error:
        if error.errno in _IN_USE:
            raise _taken(options) from error
        raise Fault("port_refused", host=options.host, port=options.port, detail=error.strerror or error) from error
    if taken:
        raise _taken(options)


_IN_USE = (48, 98, 10013, 10048)  # EADDRINUSE of macOS, Linux and Windows (10013: held exclusively)


def _taken(options: Options) -> Fault:
    return Fault("port_taken", port=options.port, other=options.port + 1 if options.port < 65535 else 8502)


def _data_variables(environment: Environment, options: Options) -> dict[str, str]:
    """Makes sure that the folder of the data can be written, and names it to the app."""
    named = options.data or Path(os.environ.get("PHONICS_DATA_DIR") or environment.root / "data")
    folder = named.expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".phonics-write-{os.getpid()}"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        raise fault_of_os_error(error, folder) from error
    return {"PHONICS_DATA_DIR": str(folder)}


def _prepare(environment: Environment, variables: dict[str, str]) -> None:
    """Creates or upgrades the database; one that the app itself leads back from is no fault here."""
    say("กำลังเตรียมฐานข้อมูล", "Preparing the database")
    command = [str(environment.python), "-m", "phonics_app", "init", "--json"]
    done = subprocess.run(
        command, cwd=environment.root, env=variables, capture_output=True, text=True, encoding="utf-8", errors="replace"
    )
    if done.returncode == 0:
        return
    try:
        error = json.loads(done.stdout)["error"]
        thai, english = error["message"]["th"], error["message"]["en"]
        if error["code"] in _RESCUED_FROM:
            say(f"  {thai}", english)
            return
    except (ValueError, KeyError, TypeError):
        thai = english = (done.stderr.strip().splitlines() or [f"code {done.returncode}"])[-1]
    raise Fault("not_prepared", thai=thai, english=english)


@contextmanager
def _stopped_at_the_end(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Whatever ends this process ends the app, gently first."""
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Gently first. On Windows, Ctrl-C has reached the app as well, and to terminate would be to kill."""
    if os.name != "nt":
        process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_SECONDS_TO_STOP)
    process.kill()
    process.wait()


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait_until_healthy(process: subprocess.Popen[bytes], options: Options, log: str) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        if is_healthy(options.url(options.probe)):
            return
        try:
            raise Fault("not_started", code=process.wait(0.2), log=log)
        except subprocess.TimeoutExpired:
            continue
    raise Fault("no_answer", seconds=_SECONDS_TO_START)


def is_healthy(url: str) -> bool:
    """Whether the app answers at `url`; never through a proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/healthz", timeout=5) as answer:
            return bool(json.load(answer)["status"] == "ok")
    except (OSError, ValueError, KeyError, TypeError):
        return False


def is_empty(url: str) -> bool:
    """Whether nothing is set up yet at `url`: the first page leads to set-up."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with suppress(OSError), opener.open(url, timeout=5) as answer:
        return str(answer.url).endswith("/auth/setup")
    return False


def _announce(options: Options) -> None:
    here = options.url("localhost" if options.probe == "127.0.0.1" else options.probe)
    say(f"พร้อมใช้งานที่ {here} (กด Ctrl-C เพื่อหยุด)", f"Ready at {here} (Ctrl-C stops it)")
    if options.host in _EVERYWHERE:
        for address in lan_addresses():
            say(f"  แท็บเล็ตเปิดที่ {options.url(address)}", f"tablets open {options.url(address)}")
    if options.in_network and is_empty(options.url(options.probe)):
        code = f"{options.setup_code[:4]} {options.setup_code[4:]}"
        say(f"  ตั้งค่าครั้งแรกจากเครื่องอื่นต้องใช้รหัส {code}", f"setting up from another device needs the code {code}")
    if options.browser and _has_screen():
        webbrowser.open(here)


def _show_rescue_code(folder: Path) -> None:
    """Only there when the database can't be opened."""
    with suppress(OSError):
        code = (folder / _CODE_FILE).read_text(encoding="utf-8").strip()
        say(f"  เปิดฐานข้อมูลไม่ได้ กู้คืนจากไฟล์สำรองในเบราว์เซอร์ด้วยรหัส {code}", f"put a backup back with the code {code}")


def _has_screen() -> bool:
    """Without a screen, Linux would open a text browser in this terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def lan_addresses() -> list[str]:
    """IPv4 addresses at which others in the network can reach this machine, the likeliest first."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker, suppress(OSError):
        asker.connect(("10.255.255.255", 1))  # of UDP: only chooses the way out, sends nothing
        found.append(asker.getsockname()[0])
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [a for a in dict.fromkeys(found) if not a.startswith("127.")]


def _wait_until_stopped(process: subprocess.Popen[bytes], log: str) -> NoReturn:
    """`KeyboardInterrupt` after Ctrl-C; a `Fault` when the app ended by itself."""
    while True:
        try:
            code = process.wait(1)
        except subprocess.TimeoutExpired:
            continue  # waiting in short turns lets Windows notice Ctrl-C
        if code == 0:
            time.sleep(_SECONDS_TO_HEAR)
        raise Fault("stopped", code=code, log=log)
