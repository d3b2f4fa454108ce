"""The result of a test on screen: what is proposed, the decision, the way back."""

from __future__ import annotations

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.grade import Grade
from phonics_app.locales import translator
from phonics_app.pages.components.messages import FAILED
from phonics_app.workflows import assess, levels
from phonics_app.workflows.classes import Due, class_page
from tests import sites
from tests.pages import reading
from tests.pages.driving import click


@pytest.fixture
def pupil(busy_template):
    """The pupil whose finished test waits for a decision."""
    return busy_template.pupils[0, Grade.P1, "1"][-2]


@pytest.fixture
def app(open_page, busy_template):
    return open_page("result.py", "teacher", attempt=busy_template.undecided)


def test_the_result_says_all_that_a_teacher_needs(app, site, busy_template):
    result = assess.compute_result(site, SYSTEM, busy_template.undecided)
    shown = reading.texts(app)
    assert shown[shown.index("ระดับที่เสนอ") + 1] == str(result.proposed_level)
    assert reading.html(app).count('class="pn-bar"') + reading.html(app).count("pn-bar-chosen") == len(
        result.probabilities
    )
    assert {"หลักฐานจากการทดสอบ", "ข้อที่ตอบผิด", "การทดสอบทั้งหมดของนักเรียนคนนี้"} <= set(shown)
    assert "แน่ใจแค่ไหน เพราะอะไร" in shown
    assert any(text.startswith("ในนักเรียน 100 คนที่ตอบแบบนี้") for text in shown)
    assert "/levels" in reading.links(app)
    wrong = {score.item_id for score in result.scores if not score.score}
    assert wrong
    explained = levels.explain_result(site, SYSTEM, busy_template.undecided).allowance
    twice = len(explained.mistakes) if explained else 0
    assert reading.html(app).count('class="pn-word"') == len(wrong) + twice


def test_the_next_pupil_of_the_class_who_waits_for_a_test_is_one_tap_away(app, site, pupil, busy_template):
    rows = class_page(site, SYSTEM, sites.SCHOOLS[0].id, sites.YEAR, Grade.P1, "1").rows
    waiting = {row.pupil.id: row.due for row in rows if row.due not in (Due.DECIDE, Due.NOTHING)}
    found = [address for address in reading.links(app) if address.startswith("/play/")]
    assert len(found) == 2
    assert found[0] == f"/play/new?pupil={pupil}"
    assert pupil not in waiting
    assert any(f"/play/new?pupil={other}" == found[1] for other in waiting) or busy_template.open in found[1]


def test_accept(app, site, pupil):
    click(app, "ยืนยันระดับ")
    assert [p.overridden for p in assess.placements_of(site, SYSTEM, pupil)] == [False]
    assert any(text.startswith("จัดอยู่ระดับ") for text in reading.texts(app))
    assert not [b for b in app.button if b.label.startswith("ยืนยันระดับ")]


def test_another_level_needs_a_reason(app, site, pupil):
    app.selectbox(key="place_level").set_value(5)
    click(app, "บันทึกระดับนี้")
    assert "pn-bad" in reading.html(app) or "pn-warn" in reading.html(app)
    assert assess.placements_of(site, SYSTEM, pupil) == ()

    app.selectbox(key="place_level").set_value(5)
    app.text_area(key="place_reason").set_value("อ่านในชั้นได้คล่อง")
    click(app, "บันทึกระดับนี้")
    assert [(p.level, p.reason) for p in assess.placements_of(site, SYSTEM, pupil)] == [(5, "อ่านในชั้นได้คล่อง")]


def test_discard_and_take_back(app, site, pupil):
    click(app, "ยกเลิกการทดสอบนี้")
    assert assess.attempts_of(site, SYSTEM, pupil)[0].status is AttemptStatus.DISCARDED
    click(app, "นำการทดสอบนี้กลับมาใช้")
    assert assess.attempts_of(site, SYSTEM, pupil)[0].status is AttemptStatus.FINISHED


def test_an_unfinished_test_can_be_resumed(look, busy_template):
    app = look("result.py", "teacher", attempt=busy_template.open)
    assert f"/play/{busy_template.open}" in reading.links(app)


def test_an_unfinished_test_can_be_discarded(open_page, site, busy_template):
    click(open_page("result.py", "teacher", attempt=busy_template.open), "ยกเลิกการทดสอบนี้")
    assert assess.view_sitting(site, SYSTEM, busy_template.open).attempt.status is AttemptStatus.DISCARDED


def test_a_director_looks_but_does_not_decide(look, busy_template):
    app = look("result.py", "director", attempt=busy_template.undecided)
    assert "หลักฐานจากการทดสอบ" in reading.texts(app)
    assert not [b.label for b in app.button]


@pytest.mark.parametrize("attempt", ["", "f" * 32, "../../etc"])
def test_no_such_test(look, attempt):
    app = look("result.py", "teacher", attempt=attempt)
    assert not app.exception
    assert translator("th")(FAILED) not in reading.texts(app)
    assert "หลักฐานจากการทดสอบ" not in reading.texts(app)


def test_a_test_of_another_school_is_refused(look, busy_template):
    app = look("result.py", "other_teacher", attempt=busy_template.finished)
    assert "pn-bad" in reading.html(app)
    assert "ใบข้าว" not in reading.html(app)
