"""What all tests share: a Chromium for those marked `browser`, a Spark for those marked `spark`, and settings that
never touch real data.

Tests run in several processes at once (`phonics_app/launcher/checks.py`). What one of them has to say reaches the
reader only through its report: failures are named as they happen, figures (`tell`) at the end.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from argon2 import PasswordHasher

from phonics_app.calibration.spark_session import missing_part
from phonics_app.domain.errors import PhonicsError
from phonics_app.locales.messages import render
from phonics_app.records import passwords
from tests import databases

os.environ.pop("PHONICS_DATA_DIR", None)
os.environ.pop("PHONICS_DATABASE_URL", None)
# Dozens of servers and commands start here: none has to compile anew what the one before has compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Nor has Spark to prepare for days of work on large tables.
_SHORT_WORK = "--driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' --conf spark.sql.shuffle.partitions=2"
os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"{_SHORT_WORK} pyspark-shell")

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


_WITH_A_STORE = ("records", "workflows", "progress", "web", "pages", "cli", "journeys")
"""Folders of tests that may hold a database; of them those do that have a folder, which names it (`databases`)."""
_FOLDERS = {"tmp_path", "tmp_path_factory"}


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=("sqlite", databases.POSTGRESQL),
        default="sqlite",
        help="on what the tests that hold a database run: postgresql runs these alone, on a server of their own",
    )


def find_chromium() -> str | None:
    """Path of an installed Chromium (or a browser built on it); `PHONICS_CHROMIUM` names another."""
    return os.environ.get("PHONICS_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


@pytest.fixture(autouse=True)
def _chromium_for_browser_tests(request):
    """Skips a `browser` test where there is no browser; on CI that is a failure, not a skip."""
    if request.node.get_closest_marker("browser") is None or find_chromium() is not None:
        return
    cannot_run("no Chromium found: install it, or name one in PHONICS_CHROMIUM")


@pytest.fixture(autouse=True)
def _parts_of_spark(request):
    """The same for `spark`: pyspark and Java."""
    if request.node.get_closest_marker("spark") is not None and (code := missing_part()):
        cannot_run(render(PhonicsError(code), "en"))


def cannot_run(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes():
    """Hashing is slow and takes 64 MB by design, which hundreds of sign-ins in tests need not pay.

    Servers and commands that run as processes hash as the product does, and make these hashes anew.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def product_hashes(monkeypatch):
    """Hashing as slow as in the product."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher())


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """What pytest-playwright starts its browser with."""
    path = find_chromium()
    found = {"executable_path": path} if path else {}
    return {**browser_type_launch_args, **found, "args": list(_FLAGS)}


@pytest.fixture
def tell(record_property):
    """`tell("exact 8 of 9")`: a figure that readers of a run want to see, shown at its end."""
    return lambda text: record_property("told", text)


def pytest_terminal_summary(terminalreporter):
    """The figures told, in the order of the tests."""
    ended = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    lines = [
        text
        for report in sorted(ended, key=lambda report: report.nodeid)
        for name, text in report.user_properties
        if name == "told" and report.when == "call"
    ]
    if lines:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(lines))


class _FailuresAtOnce:
    """Names a test as soon as it fails: a letter among dots tells nothing where several processes run."""

    def __init__(self, terminal):
        self.terminal = terminal

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.terminal.write(f"\nFAILED {report.nodeid} ({report.when})\n", red=True)


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    """Only where there is a terminal, which the processes that share the tests have not."""
    if terminal := config.pluginmanager.get_plugin("terminalreporter"):
        config.pluginmanager.register(_FailuresAtOnce(terminal))
    if config.getoption("database") == databases.POSTGRESQL:
        # A store that a test leaves to be collected keeps no server waiting: its connections end with its database.
        config.addinivalue_line("filterwarnings", "ignore:<psycopg.Connection:ResourceWarning")
    # The processes that share the tests find the server by their environment.
    if config.getoption("database") == databases.POSTGRESQL and not hasattr(config, "workerinput"):
        _start_postgresql(config)


def _start_postgresql(config):
    programs = databases.find_programs()
    if programs is None or not databases.has_user():
        return
    cluster = databases.Cluster(programs)
    config.add_cleanup(cluster.remove)
    databases.share(cluster.start())


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only tests that hold a database, and none that is the same there, or about SQLite's files.

    Of those in a browser one journey.
    """
    chosen = config.getoption("database") == databases.POSTGRESQL
    left_out = [item for item in items if _left_out(item, chosen)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _left_out(item, on_postgresql):
    if not on_postgresql:
        return item.get_closest_marker("postgresql") is not None
    if item.get_closest_marker("postgresql") is not None:
        return False
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    others = ("sqlite", "either", "spark", *(("browser",) if folder != "journeys" else ()))
    marked = any(item.get_closest_marker(name) for name in others)
    return marked or folder not in _WITH_A_STORE or not _FOLDERS & set(item.fixturenames)


@pytest.fixture(autouse=True)
def _server_of_databases(request):
    """With `--database postgresql` each test needs the server; it leaves none of the databases that it has made."""
    if request.config.getoption("database") != databases.POSTGRESQL:
        yield
        return
    if not databases.on_postgresql():
        cannot_run("no PostgreSQL found (Debian: postgresql), or no user `postgres` to run it as root")
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if folder is not None:
        databases.forget_below(folder)


def pytest_collection_finish():
    """What collecting has made stays to the end: looking through it again and again for garbage finds none."""
    gc.collect()
    gc.freeze()
