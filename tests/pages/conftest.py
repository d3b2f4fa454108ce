"""What tests of the pages share: a busy site, and a driver that opens a page as somebody, in a language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime import context
from streamlit.testing.v1 import AppTest

from phonics_app.workflows import accounts, running
from phonics_app.workflows.context import Phonics, new_id
from tests import sites
from tests.pages import busy

MAIN = sites.ROOT / "phonics_app" / "pages" / "main.py"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
"""Term 2 of 2569."""


@dataclass(frozen=True)
class Browser:
    """The cookies that Streamlit reads from the connection."""

    cookies: dict[str, str]
    headers: object = None


@pytest.fixture(scope="session", autouse=True)
def _packages_looked_through_once():
    """For every AppTest Streamlit looks for components in all installed packages: four fifths of a page's time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def busy_template(tmp_path_factory):
    """The busy site: its database as a file, and the ids of its tests."""
    own = sites.make_own(tmp_path_factory.mktemp("own"))
    made = busy.build(own, tmp_path_factory.mktemp("busy"), NOW)
    made.phonics.store.close()
    return made


@pytest.fixture
def site(busy_template, tmp_path):
    """A copy of the busy site of its own for each test."""
    template = busy_template.phonics.settings.data_dir / "phonics.db"
    # Ids from the product: those of the tests start again, and the template holds their first ones.
    phonics = replace(sites.open_copy(template, tmp_path, sites.Clock(NOW)), new_id=new_id)
    yield phonics
    phonics.store.close()


@pytest.fixture(scope="session")
def shared_site(busy_template, tmp_path_factory):
    """A copy of the busy site for tests that change nothing."""
    template = busy_template.phonics.settings.data_dir / "phonics.db"
    phonics = sites.open_copy(template, tmp_path_factory.mktemp("shared"), sites.Clock(NOW))
    yield phonics
    phonics.store.close()


@pytest.fixture(scope="session")
def shared_tokens(shared_site):
    """Session tokens of the shared site: passwords are slow to check by design, so once for each account."""
    return cache(lambda username: accounts.sign_in(shared_site, username, sites.PASSWORD, "127.0.0.1").token)


@pytest.fixture
def visit(monkeypatch):
    """`visit(phonics, token, "class_list.py", language, **query)` → the AppTest after it has run."""

    def run(phonics: Phonics, token: str | None, file: str, language: str = "th", **query: str) -> AppTest:
        cookies = {"phonics_language": language} | ({"phonics_session": token} if token else {})
        monkeypatch.setattr(running, "_opened", [phonics])
        monkeypatch.setattr(context, "_get_client_context", lambda: Browser(cookies))
        app = AppTest.from_file(str(MAIN), default_timeout=60)
        if file != "home.py":
            # Pages are known only after a run.
            app.run()
            app.switch_page(file)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return run


@pytest.fixture
def look(visit, shared_site, shared_tokens):
    """`look("class_list.py", "teacher", language, **query)`: a page of the shared site, to be read only."""
    return lambda file, username, language="th", **query: visit(
        shared_site, shared_tokens(username), file, language, **query
    )


@pytest.fixture
def open_page(visit, site):
    """`open_page("pupils.py", "teacher", **query)`: a page of a site of the test's own."""
    token = cache(lambda username: accounts.sign_in(site, username, sites.PASSWORD, "127.0.0.1").token)
    return lambda file, username, language="th", **query: visit(
        site, token(username) if username else None, file, language, **query
    )
