"""`start.py test`: style, types and tests, as they run on every machine and in CI."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from phonics_app.launcher.environment import Environment, child_environment, ensure
from phonics_app.launcher.faults import Fault, say

_BEFORE = (("ruff check", ("ruff", "check")), ("ruff format", ("ruff", "format", "--check")), ("mypy", ("mypy",)))
REQUIREMENTS = ("requirements-dev.txt",)
ON_POSTGRESQL = (
    "--database",
    "postgresql",
    *(f"tests/{room}" for room in ("records", "workflows", "progress", "web", "pages", "cli")),
)
"""What CI runs a second time, on a PostgreSQL server that the tests make for themselves."""
ON_CI = ("requirements-spark.txt",)
"""Too large for everybody: elsewhere the tests that need it are skipped unless it is installed."""
MOST_PROCESSES = 4
"""Each has a browser and servers of its own: more would need much memory and hardly end sooner."""


def run(environment: Environment, pytest_arguments: Sequence[str]) -> int:
    """Runs every check, even after one has failed, pytest last; 0 only when all passed.

    A failure before pytest is named again at the end; else pytest's summary is the last line.
    """
    for requirements in REQUIREMENTS + ON_CI * bool(os.environ.get("CI")):
        ensure(environment, requirements)
    failed = [name for name, command in _BEFORE if not _passes(environment, name, command)]
    cores = os.cpu_count() or 1
    if os.environ.get("CI") and not pytest_arguments:
        name = "pytest --database postgresql"
        failed += [name] * (not _passes(environment, name, pytest_command(ON_POSTGRESQL, cores)))
    if not _passes(environment, "pytest", pytest_command(pytest_arguments, cores)):
        return _report([*failed, "pytest"]) if failed else 1
    return _report(failed) if failed else 0


def pytest_command(arguments: Sequence[str], cores: int) -> tuple[str, ...]:
    """pytest over one process more than there are cores, since a browser's tests wait for half of their time;
    `arguments` go before that (`-n 0`: one process).

    A file's tests stay together, since they share servers and sites, and files in order: those that take long, the
    browser's, come first.
    """
    processes = min(cores + 1, MOST_PROCESSES)
    shared = ("-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder") if cores > 1 else ()
    return ("pytest", *shared, *arguments)


def _report(failed: list[str]) -> int:
    print(Fault("checks_failed", names=", ".join(failed)).line, file=sys.stderr)
    return 1


def _passes(environment: Environment, name: str, command: tuple[str, ...]) -> bool:
    say(f"กำลังตรวจ: {name}", f"Checking: {name}")
    return (
        subprocess.run([environment.python, "-m", *command], cwd=environment.root, env=child_environment()).returncode
        == 0
    )
