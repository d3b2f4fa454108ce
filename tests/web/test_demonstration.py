from __future__ import annotations

import threading

import pytest

from phonics_app.domain.errors import Conflict
from phonics_app.web.demonstration import DemonstrationMaker

PATIENCE_SECONDS = 10


def wait_for_the_end():
    for thread in threading.enumerate():
        if thread.name == "demonstration":
            thread.join(PATIENCE_SECONDS)


def test_reports_its_share_and_runs_once_at_a_time(empty):
    half, go_on = threading.Event(), threading.Event()
    calls = []

    def make(phonics, progress):
        calls.append(phonics)
        progress(0.5)
        half.set()
        go_on.wait(PATIENCE_SECONDS)

    maker = DemonstrationMaker(make)
    assert maker.current() is None
    run = maker.start(empty)
    assert half.wait(PATIENCE_SECONDS)
    assert (run.running, run.share) == (True, 0.5)
    assert maker.start(empty) is run
    go_on.set()
    wait_for_the_end()
    assert (run.running, run.done, len(calls)) == (False, True, 1)


@pytest.mark.parametrize(
    ("fault", "code"), [(Conflict("setup.done"), "setup.done"), (ValueError("a bug"), "setup.demonstration_failed")]
)
def test_a_failure_is_told_and_can_be_tried_again(empty, caplog, fault, code):
    def make(phonics, progress):
        raise fault

    maker = DemonstrationMaker(make)
    run = maker.start(empty)
    wait_for_the_end()
    assert run.error is not None
    assert run.error.code == code
    assert not run.running
    assert maker.start(empty) is not run
    wait_for_the_end()


def test_progress_without_a_run(newcomer):
    assert newcomer.get("/auth/setup/progress").json() == {"share": 0.0, "done": True, "message": ""}
