"""Invited people, a class list, a pupil who is erased, and the auditor who sees all of it: in Thai, in a browser."""

from __future__ import annotations

import re

import pytest

from phonics_app.locales import translator
from phonics_app.workflows.setup import MUNICIPAL_SCHOOLS
from tests.browser.settling import PATIENCE_MS
from tests.journeys.office import Office
from tests.journeys.test_whole_journey import PASSWORD, PUPILS, import_class_list, set_up, visit  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
_ = translator("th")


ACTS = (
    "{who} invited somebody",
    "{who} made an account with an invitation",
    "{who} imported a class list of {subject}: {new} new, {changed} changed",
    "{who} erased all data of a pupil for ever: {subject}",
)


def longest_part(text: str) -> str:
    """Of the Thai, what stands between its placeholders."""
    return max(re.split(r"{\w+}", _(text)), key=len).strip()


def invite(admin: Office, name: str, role: str) -> str:
    """The link that the invited person is given."""
    admin.open("/accounts")
    admin.unfold("Invite people, who make their accounts themselves")
    form = admin.page.locator("[data-testid=stForm]").filter(has_text=_("Make invitations"))
    form.get_by_label(_("Names, one a line; all get the same roles")).fill(name)
    admin.choose(form, role)
    form.get_by_role("button", name=_("Make invitations")).click()
    admin.wait_for_text("Invitations made: {n}", n=1)
    link = admin.page.get_by_text("/auth/invitation?code=").first
    link.wait_for(timeout=PATIENCE_MS)
    return link.inner_text().strip()


def follow(person: Office, link: str, username: str) -> Office:
    """Username and password of one's own, and one is signed in."""
    page = person.page
    page.goto(link)
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("form button.primary")
    page.wait_for_url(lambda url: "/auth/" not in url)
    return person


def first_pupil(teacher: Office) -> str:
    """The id of the first in the class list."""
    teacher.open("/class")
    return re.search(r"pupil=(\w+)", teacher.page.locator("a[href*='/play/new']").first.get_attribute("href")).group(1)


def erase(admin: Office, pupil: str) -> str:
    """The name of whom it was."""
    admin.open(f"/pupil-data?pupil={pupil}")
    admin.wait_for_text("Kind of data")
    name, number = re.search(r"(\S+ \S+) \((\d+)\)", admin.text()).groups()
    admin.unfold("Erase this pupil for ever")
    admin.page.get_by_label(_("Type the pupil's number or full name")).fill(number)
    admin.press("Erase for ever")
    admin.wait_for_text("Erased for ever: {n} pupils.", n=1)
    return name


def test_invited_imported_erased_and_seen_by_the_auditor(visit):  # noqa: F811
    set_up(visit())
    admin = visit("admin")
    school = MUNICIPAL_SCHOOLS[0].name.th
    of_teacher = invite(admin, "ครูมะลิ ทดสอบ", f"{_('Teacher')} · {school}")
    of_auditor = invite(admin, "ผู้ตรวจสอบ ทดสอบ", _("Auditor"))
    teacher = follow(visit(), of_teacher, "khru.mali")
    auditor = follow(visit(), of_auditor, "auditor")

    import_class_list(teacher)
    name = erase(admin, first_pupil(teacher))
    teacher.open("/class")
    assert name not in teacher.text()
    teacher.open("/pupils")
    teacher.wait_for_text("{n} pupils", n=PUPILS - 1)

    auditor.open("/audit")
    told = auditor.text()
    assert name not in told
    for act in ACTS:
        assert longest_part(act) in told, told
    auditor.unfold("Is the record complete and unchanged?")
    auditor.press("Check the whole record")
    found = longest_part("The record holds: {entries} entries, none changed or missing.")
    auditor.page.get_by_text(found).first.wait_for(timeout=PATIENCE_MS)
    # A link is good once.
    late = visit()
    late.page.goto(of_teacher)
    late.page.locator("[role=alert]").wait_for()
