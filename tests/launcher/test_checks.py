"""pytest as `start.py test` calls it: over several processes, and still as strict and as plain as in one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from phonics_app.launcher.checks import pytest_command
from tests import sites

ONE = """
import os, warnings

def test_fails(tell):
    tell("one " + os.environ["PYTEST_XDIST_WORKER"])
    assert not "on purpose"

def test_warns():
    warnings.warn("on purpose", DeprecationWarning)

def test_leaves_a_file_open():
    open(__file__)
"""
TWO = """
import os

def test_first(tell):
    tell("two " + os.environ["PYTEST_XDIST_WORKER"])

def test_second(tell):
    tell("two " + os.environ["PYTEST_XDIST_WORKER"])
"""


@pytest.mark.parametrize(("cores", "processes"), [(1, None), (2, "3"), (3, "4"), (64, "4")])
def test_one_process_more_than_cores_up_to_a_few(cores, processes):
    command = pytest_command(("-n", "0", "tests/x"), cores)
    assert command[0] == "pytest"
    assert command[1:3] == (("-n", processes) if processes else ("-n", "0"))
    assert command[-3:] == ("-n", "0", "tests/x"), "what somebody asks for comes last and wins"


def test_failures_warnings_and_figures_of_all_processes_arrive(tmp_path):
    (tmp_path / "tests").mkdir()
    for name in ("pyproject.toml", "tests/conftest.py"):
        shutil.copy(sites.ROOT / name, tmp_path / name)
    (tmp_path / "tests/test_one.py").write_text(ONE, encoding="utf-8")
    (tmp_path / "tests/test_two.py").write_text(TWO, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    environment["PYTHONPATH"] = str(sites.ROOT)
    done = subprocess.run(
        [sys.executable, "-m", *pytest_command(("--color=no",), 2)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 1, done.stderr
    for test in ("test_fails", "test_warns", "test_leaves_a_file_open"):
        assert f"FAILED tests/test_one.py::{test} (call)" in lines
    one, *two = [line.split() for line in lines if line.startswith(("one ", "two "))]
    assert [name for name, _ in (one, *two)] == ["one", "two", "two"]
    assert two[0] == two[1], "the tests of a file stay together"
    assert one[1] != two[0][1], "files go to several processes"
    assert lines[-1].startswith("3 failed, 2 passed in "), done.stdout
