"""What a page hands out when its button is tapped: made then, for who is signed in then."""

from __future__ import annotations

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import NotAllowed
from phonics_app.workflows import accounts
from tests import sites
from tests.pages import busy


@pytest.fixture
def offered(monkeypatch):
    """What the buttons of the pages opened since would make."""
    found = []
    add = MediaFileManager.add_deferred

    def note(self, make, *arguments, **named):
        found.append(make)
        return add(self, make, *arguments, **named)

    monkeypatch.setattr(MediaFileManager, "add_deferred", note)
    return found


def test_a_page_left_open_hands_nothing_out_once_its_person_is_signed_out(visit, site, busy_template, offered):
    pupil = busy_template.pupils[busy.CLASSES[0]][0]
    session = accounts.sign_in(site, "administrator", sites.PASSWORD, "127.0.0.1")
    for page in ("pupil_data.py", "class_list.py", "rubrics.py"):
        visit(site, session.token, page, pupil=pupil, school=sites.SCHOOLS[0].id)
    assert len(offered) >= 4
    assert offered[0]()
    accounts.sign_out(site, session.token)
    for make in offered:
        with pytest.raises(NotAllowed, match=r"session\.missing"):
            make()


def test_nor_once_he_has_other_rights(visit, site, busy_template, offered):
    session = accounts.sign_in(site, "director", sites.PASSWORD, "127.0.0.1")
    visit(site, session.token, "pupil_data.py", pupil=busy_template.pupils[busy.CLASSES[0]][0])
    trainer = accounts.find_account(site, SYSTEM, "trainer").grants
    accounts.change_grants(site, SYSTEM, session.actor.account_id, trainer)
    with pytest.raises(NotAllowed):
        offered[-1]()
