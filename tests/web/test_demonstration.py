from __future__ import annotations

import re
import threading

import pytest

from phonics_app.domain.errors import Conflict
from phonics_app.records.settings import set_setting
from phonics_app.web.demonstration import DemonstrationMaker
from phonics_app.workflows.setup import SITE_SETTING, SiteState
from tests import sites
from tests.browser.school import P1_PUPIL
from tests.web.conftest import make_client

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


@pytest.fixture
def demonstration(school):
    """The school site, declared to be a demonstration."""
    with school.store.write() as connection:
        set_setting(connection, SITE_SETTING, SiteState.DEMONSTRATION.value)
    return school


def test_sign_in_offers_people_with_role_and_school_teachers_first(demonstration):
    html = make_client(demonstration).get("/auth/sign-in").text
    offered = re.findall(r'name="account_id" value="(\w+)"', html)
    assert set(offered) == set(sites.GRANTS)
    assert set(offered[:2]) == {"teacher", "other_teacher"}
    assert sites.SCHOOLS[0].name.en in html


def test_entering_without_a_password_and_answers_that_say_simulated(demonstration):
    client = make_client(demonstration)
    entered = client.post("/auth/sign-in", data={"account_id": "teacher", "next": "/class"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/class")
    answer = client.post("/api/v1/attempts", json={"id": "f" * 32, "pupil_id": P1_PUPIL.id})
    assert answer.json()["simulated"] is True
    assert "simulated" in client.get(f"/play/new?pupil={P1_PUPIL.id}").text
