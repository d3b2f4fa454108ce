"""The databases of tests: files of SQLite, or with `pytest --database postgresql` those of a private PostgreSQL.

A test names a database by the path that its file would have, in both cases; on PostgreSQL a database stands behind
each path, and copying one is the server's own `CREATE DATABASE … TEMPLATE`. The server belongs to the run: made in a
passing folder, on no port but a socket there, and without waiting for the disk.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from phonics_app.records.store import sqlite_url

POSTGRESQL = "postgresql"
_SOCKET = "PHONICS_TEST_POSTGRESQL"
"""The folder of the running server's socket, for all processes that share the tests."""
_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
_ORDERED = ("--locale-provider=icu", "--icu-locale=th-TH")
"""Thai dictionary order is the server's own: whoever relies on it finds out, since SQLite has another."""
_IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where making and dropping a database waits for no disk."""
_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400 -c autovacuum=off"


def find_programs() -> Path | None:
    """The folder of `initdb` and `postgres`, or None where PostgreSQL is not installed."""
    found = sorted(bin for place in _PLACES for bin in Path("/").glob(place[1:]) if (bin / "initdb").exists())
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).resolve().parent if on_path else None


class Cluster:
    """A PostgreSQL server of its own."""

    def __init__(self, programs: Path, options: str = _QUICK, folder: str | None = _IN_MEMORY) -> None:
        self.programs, self.options = programs, options
        self.folder = Path(tempfile.mkdtemp(prefix="phonics-postgresql-", dir=folder))

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> Cluster:
        if _is_root():
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", *_ORDERED)
        return self.go_on()

    def go_on(self) -> Cluster:
        """Starts it again after `stop`."""
        options = f"-c listen_addresses='' -k {self.folder} {self.options}"
        self._run("pg_ctl", "-D", self.data, "-o", options, "-l", self.folder / "log", "-w", "-t", "120", "start")
        return self

    def stop(self, how: str = "fast") -> None:
        self._run("pg_ctl", "-D", self.data, "-m", how, "-w", "stop")

    def remove(self) -> None:
        with suppress(subprocess.CalledProcessError):
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: object) -> None:
        # PostgreSQL refuses to run as root; Debian's packages bring a user for it.
        user = {"user": "postgres", "group": "postgres", "extra_groups": []} if _is_root() else {}
        command = [self.programs / program, *map(str, arguments)]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, **user)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_user() -> bool:
    """Whether a server can be started by who runs the tests."""
    with suppress(KeyError):
        return not _is_root() or bool(pwd.getpwnam("postgres"))
    return False


def share(cluster: Cluster) -> None:
    """From now on the databases of tests are of this server, in this process and those that it starts."""
    os.environ[_SOCKET] = str(cluster.folder)


def on_postgresql() -> bool:
    return _SOCKET in os.environ


def url_of(path: Path) -> str:
    """The address of the database that stands for `path`; on PostgreSQL it is made, empty, if it is not there."""
    if not on_postgresql():
        return sqlite_url(path)
    _made(path)
    return server_url(_name(path))


def server_url(database: str, user: str = "postgres", folder: str = "") -> str:
    """Of this run's server, or of the one whose socket is in `folder`."""
    return f"postgresql+psycopg://{user}@/{database}?host={folder or os.environ[_SOCKET]}"


def copy(source: Path, target: Path) -> Path:
    """A database `target` with the content of `source`, instead of one that may be there; returns `target`."""
    if not on_postgresql():
        return Path(shutil.copy(source, target))
    if target in _paths:
        _drop(target)
    from_, to = sql.Identifier(_name(source)), sql.Identifier(_name(target))
    with _server() as server:
        # Nobody may be connected to what is copied; whoever was connects again (`pool_pre_ping`).
        _let_go(server, _name(source))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(to, from_))
    _remember(target)
    return target


def forget_below(folder: Path) -> None:
    """Drops the databases of a test that has ended."""
    gone = [path for path in _paths if path.is_relative_to(folder)]
    for path in gone:
        _drop(path)


def _drop(path: Path) -> None:
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name(path))))
    _paths.discard(path)


_paths: set[Path] = set()


def _name(path: Path) -> str:
    return "t" + hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:24]


def _remember(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    _paths.add(path)


def _made(path: Path) -> None:
    if path in _paths:
        return
    with _server() as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_name(path)]).fetchone() is None:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_name(path))))
    _remember(path)


@cache
def _connection(process: int) -> psycopg.Connection:
    return psycopg.connect(server_url("postgres").replace("+psycopg", ""), autocommit=True)


_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    """The one connection by which this process makes and drops databases, for one thread at a time: between asking
    whether a database is there and making it, no other may make it.
    """
    with _ONE_AT_A_TIME:
        yield _connection(os.getpid())


def _let_go(server: psycopg.Connection, name: str) -> None:
    server.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
        [name],
    )
