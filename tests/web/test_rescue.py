"""A database that can't be opened: over HTTP, by whoever has the code of the data folder, a backup is put back."""

from __future__ import annotations

import re
import sqlite3
import threading

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import PhonicsError
from phonics_app.records.audit import AuditFilter
from phonics_app.web.app import middleware, routes
from phonics_app.workflows import audit_trail
from phonics_app.workflows.backups import back_up
from phonics_app.workflows.context import open_phonics
from tests import sites
from tests.web.conftest import URL

pytestmark = pytest.mark.sqlite
PATIENCE_SECONDS = 30


class Site:
    """A site as `running_phonics` opens it: at the first request that needs it, until that has worked."""

    def __init__(self, settings):
        self.settings, self.opened = settings, None
        self.app = Starlette(routes=routes(), middleware=middleware(self.phonics, lambda: settings))

    def phonics(self):
        if self.opened is None:
            self.opened = open_phonics(self.settings)
        return self.opened

    @property
    def database(self):
        return self.settings.data_dir / "phonics.db"

    @property
    def code(self):
        return self.settings.data_dir / "rescue-code.txt"

    def visitor(self, language="en"):
        client = TestClient(self.app, base_url=URL, headers={"Origin": URL}, follow_redirects=False)
        client.cookies.set("phonics_language", language)
        return client

    def in_charge(self):
        client = self.visitor()
        client.get("/auth/rescue")
        answer = client.post("/auth/rescue/code", data={"code": self.code.read_text()})
        assert answer.headers["location"] == "/auth/rescue"
        return client


def back_up_again(site):
    """A newer copy of the good backup."""
    other = site.good.with_name("phonics-newer.p9backup")
    other.write_bytes(site.good.read_bytes())
    return other


def wait():
    for thread in threading.enumerate():
        if thread.name == "rescue":
            thread.join(PATIENCE_SECONDS)


@pytest.fixture
def site(school):
    """With two backups, one of them spoilt, and pupils who came after them; nothing opened yet."""
    good = back_up(school, SYSTEM)
    spoilt = good.with_name("phonics-spoilt.p9backup")
    spoilt.write_bytes(good.read_bytes()[:-9])
    school.store.close()
    made = Site(school.settings)
    made.good = good
    yield made
    wait()
    if made.opened is not None:
        made.opened.store.close()


@pytest.fixture
def damaged(site):
    site.database.write_bytes(b"SQLite format 3\0" + b"not a database" * 500)
    return site


def test_a_site_in_order_has_no_way_back(site):
    visitor = site.visitor()
    assert visitor.get("/auth/rescue").headers["location"] == "/"
    assert visitor.post("/auth/rescue/code", data={"code": "0" * 16}).headers["location"] == "/"
    assert visitor.post("/auth/rescue", data={"backup": site.good.name, "sure": "yes"}).status_code == 303
    assert not site.code.exists()


def test_without_the_code_nothing_is_told_or_done(damaged):
    visitor = damaged.visitor()
    answer = visitor.get("/auth/sign-in")
    assert answer.status_code == 503
    assert 'href="/auth/rescue"' in answer.text
    page = visitor.get("/auth/rescue")
    assert 'id="code"' in page.text
    assert "phonics-spoilt" not in page.text
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert damaged.code.stat().st_mode & 0o777 == 0o600
    assert visitor.post("/auth/rescue/code", data={"code": "1" * 16}).status_code == 403
    assert visitor.post("/auth/rescue", data={"backup": damaged.good.name, "sure": "yes"}).status_code == 303
    assert visitor.get("/auth/rescue/progress").json()["done"], "nothing is told of what goes on"
    visitor.cookies.set("phonics_rescue", "made up")
    assert 'id="code"' in visitor.get("/auth/rescue").text
    wait()
    assert damaged.database.read_bytes().endswith(b"not a database")


def test_the_way_back(damaged):
    spoilt = damaged.database.read_bytes()
    code = damaged.code
    client = damaged.in_charge()
    client.get("/auth/rescue")
    wait()
    page = client.get("/auth/rescue").text
    assert "The database is damaged" in page
    assert "phonics_app restore" not in page
    assert "It can be put back" in page
    assert "cut short, damaged or changed" in page
    assert re.search(r'value="phonics-spoilt.p9backup" disabled', page)
    assert re.search(rf'value="{damaged.good.name}" checked', page)
    assert f"{-(-damaged.good.stat().st_size // 1000)} KB" in page
    assert "Choose a backup" in client.post("/auth/rescue", data={"backup": damaged.good.name}).text
    assert client.post("/auth/rescue", data={"backup": damaged.good.name, "sure": "yes"}).status_code == 303
    wait()
    done = client.get("/auth/rescue").text
    assert "Everybody has to sign in anew" in done
    assert damaged.good.name in done
    assert re.search(r"Put back: the data of \d+ \w+ 25\d\d \d\d:\d\d<", done)
    kept = damaged.database.with_name("phonics-damaged.db")
    assert str(kept) in done
    assert kept.read_bytes() == spoilt
    # The very same process goes on.
    answer = damaged.visitor().post("/auth/sign-in", data={"username": "teacher", "password": sites.PASSWORD})
    assert answer.headers["location"] == "/"
    assert not code.exists()
    assert damaged.visitor().get("/auth/rescue").headers["location"] == "/"
    page = audit_trail.audit_page(damaged.opened, SYSTEM, AuditFilter(action="site"), language="en")
    assert "whoever had the code of the data folder replaced the database by" in page.entries[0].sentence


def test_a_code_is_used_up(damaged):
    visitor = damaged.visitor()
    visitor.get("/auth/rescue")
    first = damaged.code.read_text()
    damaged.in_charge()
    assert damaged.code.read_text() != first
    assert visitor.post("/auth/rescue/code", data={"code": first}).status_code == 403


def test_what_goes_wrong_is_told_and_nothing_is_replaced(damaged):
    client = damaged.in_charge()
    client.get("/auth/rescue")
    wait()
    client.post("/auth/rescue", data={"backup": "phonics-spoilt.p9backup", "sure": "yes"})
    wait()
    assert "Use another backup" in client.get("/auth/rescue").text
    other = back_up_again(damaged)
    client.get("/auth/rescue?anew")
    wait()
    refused = client.post("/auth/rescue", data={"backup": damaged.good.name, "passphrase": "ลำไย"}).text
    assert re.search(rf'value="{damaged.good.name}" checked', refused), (
        "what was chosen stays, though it is not the newest"
    )
    assert not re.search(rf'value="{other.name}" checked', refused)
    assert "ลำไย" not in refused
    client.post("/auth/rescue", data={"backup": "../phonics.db", "sure": "yes"})
    wait()
    assert "does not exist" in client.get("/auth/rescue").text
    assert damaged.database.read_bytes().endswith(b"not a database")


def test_a_database_of_a_newer_version(site):
    with sqlite3.connect(site.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    client = site.in_charge()
    assert "Best install that version again" in client.get("/auth/rescue").text
    wait()
    client.post("/auth/rescue", data={"backup": site.good.name, "sure": "yes"})
    wait()
    assert "before-restore" in client.get("/auth/rescue").text
    site.phonics()


def test_a_page_damaged_while_the_app_runs(site):
    """Opened once, then spoilt where the sessions are: whoever comes next is led to the backups."""
    site.phonics()
    visitor = site.visitor()
    visitor.cookies.set("phonics_session", "made-up")
    assert visitor.get("/class").status_code == 303
    site.opened.store.close()
    with sqlite3.connect(site.database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        roots = [r for (r,) in connection.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'session'")]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with site.database.open("r+b") as file:
        for root in roots:
            file.seek((root - 1) * size)
            file.write(b"\xff" * size)
    assert visitor.get("/class").status_code == 503
    client = site.in_charge()
    client.get("/auth/rescue")
    wait()
    client.post("/auth/rescue", data={"backup": site.good.name, "sure": "yes"})
    wait()
    assert "phonics-damaged.db" in client.get("/auth/rescue").text
    assert visitor.get("/class").status_code == 303


def test_the_progress_is_told(damaged):
    client = damaged.in_charge()
    client.get("/auth/rescue")
    wait()
    assert client.get("/auth/rescue/progress").json() == {"share": 1.0, "done": True, "told": "", "mark": "end"}


def test_a_folder_that_cannot_be_written_is_told(damaged, monkeypatch):
    def refused(settings):
        raise PhonicsError("site.folder_unwritable", {"path": "data", "reason": "Read-only file system"})

    monkeypatch.setattr("phonics_app.workflows.rescue.rescue_code", refused)
    visitor = damaged.visitor()
    assert visitor.get("/auth/rescue").status_code == 200
    answer = visitor.post("/auth/rescue/code", data={"code": "1"})
    assert "Read-only file system" in answer.text
