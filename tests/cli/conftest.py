"""The command line in this process, over a site of its own; and as a process, where that matters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from phonics_app.cli.main import main
from phonics_app.content import load_content as load
from phonics_app.workflows import context
from tests import databases, sites
from tests.pages import busy

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _content_loaded_once(monkeypatch):
    """A command loads the shipped content each time, a large part of a second; here all of this process share it.

    Commands that run as processes (`process`) load it themselves.
    """
    monkeypatch.setattr(context, "load_content", lambda root: sites.content() if root == sites.ROOT else load(root))


@pytest.fixture(scope="session")
def own_template(tmp_path_factory):
    return sites.make_own(tmp_path_factory.mktemp("cli"))


@pytest.fixture
def data(tmp_path, monkeypatch):
    """An empty data folder that the command line uses."""
    folder = tmp_path / "ข้อมูล"
    folder.mkdir()
    monkeypatch.setenv("PHONICS_DATA_DIR", str(folder))
    if databases.on_postgresql():
        monkeypatch.setenv("PHONICS_DATABASE_URL", databases.url_of(folder / "phonics.db"))
    else:
        monkeypatch.delenv("PHONICS_DATABASE_URL", raising=False)
    monkeypatch.delenv("PHONICS_LANGUAGE", raising=False)
    return folder


@pytest.fixture
def site(data, own_template):
    """A data folder with the schools and accounts of `tests.sites`."""
    databases.copy(own_template, data / "phonics.db")
    return data


@pytest.fixture(scope="session")
def busy_template(own_template, tmp_path_factory):
    """A site in the middle of term 2 of 2569 (`tests.pages.busy`)."""
    made = busy.build(own_template, tmp_path_factory.mktemp("busy"), NOW)
    made.phonics.store.close()
    return made


@pytest.fixture
def busy_site(data, busy_template):
    """A data folder with a copy of it; the ids of its pupils and tests."""
    databases.copy(sites.path_of(busy_template.phonics), data / "phonics.db")
    return busy_template


@pytest.fixture
def run(capsys):
    """`run("schools")` → exit code, standard output, standard error."""

    def command(*arguments):
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def run_json(run):
    """The same with `--json`: exit code and the document."""

    def command(*arguments):
        code, out, _ = run(*arguments, "--json")
        return code, json.loads(out)

    return command


@pytest.fixture
def process():
    """The command line as users start it."""

    def command(*arguments, **variables):
        return subprocess.run(
            [sys.executable, "-m", "phonics_app", *arguments],
            cwd=sites.ROOT,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )

    return command
