"""The page of pupils who were registered twice."""

from __future__ import annotations

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.school import PupilDraft
from phonics_app.workflows import roster
from tests import sites
from tests.pages import reading
from tests.pages.driving import click


def test_compare_put_together_and_apart(open_page, site):
    school = sites.SCHOOLS[0].id
    one = roster.list_pupils(site, SYSTEM, school, sites.YEAR)[0]
    draft = PupilDraft(f"0{one.number}", one.prefix, one.first_name, one.last_name, one.sex, one.grade, one.room)
    two = roster.add_pupil(site, SYSTEM, school, sites.YEAR, draft)
    before = len(roster.list_pupils(site, SYSTEM, school, sites.YEAR))
    app = open_page("merge.py", "director", kept=one.id, merged=two.id)
    click(app, "รวมสองรายการนี้")
    assert len(roster.list_pupils(site, SYSTEM, school, sites.YEAR)) == before - 1
    assert any(two.number in text for text in reading.texts(app))
    click(app, "แยกรายการออกจากกัน")
    assert len(roster.list_pupils(site, SYSTEM, school, sites.YEAR)) == before
