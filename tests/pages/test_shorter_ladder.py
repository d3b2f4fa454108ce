"""The whole product on a ladder of seven levels: nothing in it may know how many there are."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

import pytest

from phonics_app.calibration.simulation import simulate_attempts
from phonics_app.content import load_content
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.grade import Grade
from phonics_app.engine import priors
from phonics_app.engine.assembly import plan_for
from phonics_app.levelling.placement import make_result
from phonics_app.locales import translator
from phonics_app.pages.components.catalogue import PAGES
from phonics_app.pages.components.messages import FAILED
from phonics_app.progress.dashboard import Filters
from phonics_app.workflows import accounts, assess, dashboards, exports, roster, rubrics, schools
from phonics_app.workflows.context import new_id
from phonics_app.workflows.demonstration import set_up_demonstration
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.rubrics import DocumentFormat, RubricFilter
from tests import sites
from tests.ladders import cut_ladder
from tests.pages import reading

HIGHEST = 7
LEVELS = tuple(range(1, HIGHEST + 1))


@pytest.fixture(scope="module")
def short_content(tmp_path_factory):
    return load_content(cut_ladder(tmp_path_factory.mktemp("content"), HIGHEST))


def demonstration_with(content, tmp_path_factory):
    template = sites.make_empty(tmp_path_factory.mktemp("empty"))
    opened = sites.open_copy(template, tmp_path_factory.mktemp("site"))
    phonics = replace(opened, shipped=content, new_id=new_id)
    set_up_demonstration(phonics, share=0.05)
    return phonics


def highest_placement(phonics):
    """Of the pupils of all schools, the one decision for the highest level."""
    every_school = schools.list_schools(phonics, SYSTEM)
    pupils = [p for school in every_school for p in roster.list_pupils(phonics, SYSTEM, school.id, sites.YEAR)]
    decisions = [d for pupil in pupils for d in assess.placements_of(phonics, SYSTEM, pupil.id)]
    return max(decisions, key=lambda decision: decision.level)


@pytest.fixture(scope="module")
def short_site(short_content, tmp_path_factory):
    """A small demonstration site whose content has seven levels."""
    phonics = demonstration_with(short_content, tmp_path_factory)
    yield phonics
    phonics.store.close()


@pytest.fixture(scope="module")
def shortened_site(short_content, tmp_path_factory):
    """A site that has tests of the long ladder, and only then has its ladder cut."""
    phonics = demonstration_with(sites.content(), tmp_path_factory)
    yield replace(phonics, shipped=short_content)
    phonics.store.close()


@pytest.fixture(scope="module")
def finished(short_site):
    """The id of a finished test."""
    return highest_placement(short_site).attempt_id


pytestmark = pytest.mark.either  # Content that the database knows nothing of.


@pytest.mark.parametrize("level", LEVELS)
def test_simulated_pupils_land_on_their_level(short_content, level):
    blueprint = short_content.bank.blueprints[0]
    plan = plan_for(short_content.bank, short_content.rubrics, blueprint.id, 0)
    assert tuple(each.number for each in plan.levels) == LEVELS
    spec = priors.from_grade(plan, blueprint, Grade.P1)
    theta = priors.level_centre(plan.levels, level)
    done = simulate_attempts(plan, [spec] * 10, [theta] * 10, seed=level)
    placed = [make_result("0" * 32, each.state, "1").proposed_level for each in done]
    assert placed.count(level) >= 8


@pytest.mark.parametrize("username", ["admin", "teacher"])
@pytest.mark.parametrize("file", [entry.file for entry in PAGES])
def test_pages(visit, short_site, finished, caplog, file, username):
    account = next(a for a in accounts.demonstration_accounts(short_site) if a.username == username)
    token = accounts.demonstration_sign_in(short_site, account.id).token
    query = {"attempt": finished} if file == "result.py" else {}
    with caplog.at_level(logging.ERROR):
        app = visit(short_site, token, file, "en", **query)
    shown = " ".join(reading.texts(app)) + reading.html(app)
    assert not app.exception, app.exception
    assert translator("en")(FAILED) not in shown, caplog.text
    assert not re.search(r"[Ll]evel [89]\b", shown)


def test_figures_and_documents(short_site, finished):
    shown = dashboards.dashboard(short_site, SYSTEM, Filters())
    assert set(shown.levels["level"].dropna()) <= set(LEVELS)
    for format in ExportFormat:
        assert exports.export_dashboard(short_site, SYSTEM, Filters(), format=format, language="th")
    assert exports.export_result(short_site, SYSTEM, finished, language="th")
    for format in DocumentFormat:
        assert rubrics.export_rubrics(short_site, SYSTEM, RubricFilter(), format, ("th", "en"))


def test_tests_of_a_longer_ladder_still_open(visit, shortened_site, caplog):
    decided = highest_placement(shortened_site)
    assert decided.level > HIGHEST
    token = accounts.demonstration_sign_in(shortened_site, accounts.demonstration_accounts(shortened_site)[0].id).token
    with caplog.at_level(logging.ERROR):
        app = visit(shortened_site, token, "result.py", "en", attempt=decided.attempt_id)
    assert "What to teach next" not in reading.html(app) + " ".join(reading.texts(app))
    assert caplog.text == ""
    assert exports.export_result(shortened_site, SYSTEM, decided.attempt_id, language="th")
    assert assess.propose_test(shortened_site, SYSTEM, decided.pupil_id).start_level <= HIGHEST
    assert assess.start_attempt(shortened_site, SYSTEM, new_id(), decided.pupil_id).attempt
    again = assess.decide_placement(shortened_site, SYSTEM, decided.attempt_id, HIGHEST, "the new ladder ends here")
    assert again.level == HIGHEST
