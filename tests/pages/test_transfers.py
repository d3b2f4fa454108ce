"""The page of pupils who change schools: the side that decides."""

from __future__ import annotations

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.transfer import TransferDraft
from phonics_app.workflows import roster, transfers
from tests import sites
from tests.pages import reading
from tests.pages.driving import click


def test_release(open_page, site):
    old, new = sites.SCHOOLS[0].id, sites.SCHOOLS[3].id
    one = roster.list_pupils(site, SYSTEM, old, sites.YEAR)[0]
    today = site.now().date()
    asked = TransferDraft(one.number, one.first_name, one.last_name, one.grade, one.room, "9901", today)
    transfers.ask_for_pupil(site, SYSTEM, new, asked)
    assert any("ขอรับย้ายนักเรียน 1 คน" in text for text in reading.texts(open_page("home.py", "director")))
    app = open_page("transfers.py", "director")
    assert any(one.last_name in text for text in reading.texts(app))
    assert any(sites.SCHOOLS[3].name.th in text for text in reading.texts(app))
    release = next(button for button in app.button if button.label == "ยินยอมให้ย้าย")
    assert release.disabled
    next(box for box in app.checkbox if one.last_name in box.label).check().run()
    click(app, "ยินยอมให้ย้าย")
    assert [p.id for p in roster.list_pupils(site, SYSTEM, new, sites.YEAR)] == [one.id]


def test_nobody_is_asked_for_without_a_grade(open_page, site):
    """The lowest one stood there first, and a pupil of ป.2 was put into it."""
    app = open_page("transfers.py", "director")
    click(app, "ส่งคำขอ")
    assert any("โปรดเลือกชั้น" in text for text in reading.texts(app))
    assert transfers.list_transfers(site, SYSTEM, sites.SCHOOLS[0].id) == ()
