"""The routes and the middleware of this room over a real site, without Streamlit behind them."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from phonics_app.web.app import middleware, routes
from phonics_app.workflows.accounts import sign_in
from phonics_app.workflows.context import utc_now
from tests import sites
from tests.browser.school import make_school

URL = "http://testserver"


@pytest.fixture(scope="session")
def school_template(tmp_path_factory):
    return make_school(tmp_path_factory.mktemp("school"))


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory):
    return sites.make_empty(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def school(school_template, tmp_path):
    """A site with schools, accounts and pupils; the clock is the real one, because cookies expire by it."""
    phonics = sites.open_copy(school_template, tmp_path / "data", utc_now)
    yield phonics
    phonics.store.close()


@pytest.fixture
def empty(empty_template, tmp_path):
    phonics = sites.open_copy(empty_template, tmp_path / "data", utc_now)
    yield phonics
    phonics.store.close()


def make_client(phonics, url=URL, language="en", who=None, address="127.0.0.1"):
    """A browser's worth of client: its own origin, a language, and (with `who`) a session."""
    app = Starlette(routes=routes(), middleware=middleware(lambda: phonics, lambda: phonics.settings))
    client = TestClient(app, base_url=url, headers={"Origin": url}, follow_redirects=False, client=(address, 50000))
    client.cookies.set("phonics_language", language)
    if who is not None:
        client.cookies.set("phonics_session", sign_in(phonics, who, sites.PASSWORD, "test").token)
    return client


@pytest.fixture
def client_of(school):
    """`client_of("teacher")`: signed in at the school site; `client_of(None)`: nobody."""
    return lambda who, **options: make_client(school, who=who, **options)


@pytest.fixture
def newcomer(empty):
    """A visitor of an EMPTY site."""
    return make_client(empty)
