"""The main job in Thai, in a real browser: from a class list to a placed pupil, a dashboard and a rubric."""

from __future__ import annotations

import io
import re
import sqlite3
from itertools import pairwise

import pytest
from pypdf import PdfReader

from phonics_app.domain.strand import Strand
from phonics_app.locales import translator
from phonics_app.workflows.setup import MUNICIPAL_SCHOOLS
from tests import rosters, sites
from tests.browser.player import Player
from tests.journeys.office import Office
from tests.reports.test_typesetting import squeeze

pytestmark = pytest.mark.browser
_ = translator("th")
PASSWORD = "ลำไย-สวน-9-ไร่"
PUPILS = 40
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def visit(make_context, empty_server):
    """`visit(username)` → that person's own browser, signed in; without a name the door of the site."""

    def enter(username=None):
        office = Office(make_context(empty_server, "th").new_page(), empty_server)
        if username:
            office.sign_in(username, PASSWORD)
        return office

    return enter


def set_up(office: Office) -> None:
    page = office.page
    page.goto("/")
    page.wait_for_url("**/auth/setup")
    page.fill("#username", "admin")
    page.fill("#display_name", "ผู้ดูแลระบบ")
    page.fill("#password", PASSWORD)
    page.fill("#password_again", PASSWORD)
    page.click("button.primary")
    page.wait_for_url("**/auth/sign-in?created=1")


def make_accounts(admin: Office) -> None:
    school = MUNICIPAL_SCHOOLS[0].name.th
    for username, name, role in (
        ("khru.mali", "ครูมะลิ ทดสอบ", "Teacher"),
        ("director", "ผู้อำนวยการ ทดสอบ", "School director"),
        ("trainer", "วิทยากร ทดสอบ", "Trainer"),
    ):
        place = "" if username == "trainer" else f" · {school}"
        admin.create_account(username, name, PASSWORD, _(role) + place)


def import_class_list(teacher: Office) -> None:
    teacher.open("/roster")
    teacher.upload("dmc.xlsx", rosters.dmc_xlsx(), SPREADSHEET)
    teacher.wait_for_text("What will change")
    # The citizen numbers and the other sensitive columns are gone before anything is shown.
    shown = teacher.text()
    assert "ศาสนา" in shown
    assert not re.search(r"\d{13}", shown)
    teacher.press("Save the class list")
    teacher.wait_for_text("Saved. Pupils added or changed: {n}", n=PUPILS)


def give_test(teacher: Office, server) -> None:
    """The first pupil of the class reads all of the first block, then every second word wrong."""
    teacher.open("/class")
    teacher.page.locator("a[href*='/play/new']").first.click()
    teacher.page.wait_for_url("**/play/new**")
    player = Player(teacher.page, server)
    player.page.click("#start button")
    player.page.wait_for_url(lambda url: "/play/new" not in url)
    player.wait_for_block()
    player.finish_block()
    while not player.complete():
        for index in range(1, len(player.item_ids()), 2):
            player.tap(index, "incorrect")
        player.finish_block()
    player.page.click("#finish-test")


def test_from_a_class_list_to_a_placed_pupil_a_dashboard_and_a_rubric(visit, empty_server, tmp_path):
    set_up(visit())
    make_accounts(visit("admin"))
    teacher, director = visit("khru.mali"), visit("director")
    import_class_list(teacher)

    director.open("/dashboard")
    director.wait_for_text("No results yet")

    give_test(teacher, empty_server)
    teacher.page.wait_for_url(re.compile("/result"), timeout=30_000)
    stored = player_events(empty_server)
    assert [b - a for a, b in pairwise(stored)] == [1] * (len(stored) - 1)
    teacher.settle()
    accept = teacher.page.get_by_role("button", name=re.compile(_("Accept level {n}").format(n=r"\d")))
    level = int(re.search(r"\d+", accept.inner_text()).group())
    accept.click()
    teacher.wait_for_text("Saved: the pupil is placed at level {n}.", n=level)

    teacher.open("/class")
    assert teacher.page.locator(".pn-level").all_inner_texts().count(str(level)) == 1
    pdf = teacher.download("Print view (PDF)", tmp_path / "class.pdf")
    assert "ป.3/1" in squeeze(text_of(pdf))

    director.open("/dashboard")
    assert re.search(rf"1 จาก {PUPILS}\b", director.text())

    trainer = visit("trainer")
    trainer.open("/rubrics")
    check_rubric(trainer.download("Download", tmp_path / "rubrics.pdf"))


def player_events(server) -> list[int]:
    with sqlite3.connect(f"file:{server.database}?mode=ro", uri=True) as connection:
        rows = connection.execute("select seq from event order by attempt_key, seq").fetchall()
    connection.close()
    return [seq for (seq,) in rows]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def check_rubric(pdf: bytes) -> None:
    """Every Thai descriptor of level 1 (what the page shows at first) stands in the file, letter by letter."""
    found = squeeze(text_of(pdf))
    wanted = [c for c in sites.content().rubrics.performance if c.level == 1]
    assert {c.strand for c in wanted} >= {Strand.PHONEMIC_AWARENESS}
    for criterion in wanted:
        assert squeeze(criterion.descriptor.th) in found
