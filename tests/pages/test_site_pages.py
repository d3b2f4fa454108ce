"""Accounts, schools, backup, own account, rubrics."""

from __future__ import annotations

import pytest

from phonics_app.domain.account import SYSTEM, Account, Grant, Role
from phonics_app.domain.errors import NotAllowed
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom
from phonics_app.domain.text import Text
from phonics_app.records.accounts import insert_account
from phonics_app.workflows import accounts, backups, schools
from phonics_app.workflows.rubrics import RubricKind
from phonics_app.workflows.setup import MUNICIPAL_SCHOOLS, set_up_schools
from tests import sites
from tests.pages import reading
from tests.pages.driving import click


def fill(app, **values: str):
    for key, value in values.items():
        app.text_input(key=key).set_value(value)


@pytest.fixture
def new_site(tmp_path):
    """The first day: schools and one administrator, nothing else."""
    phonics = sites.open_copy(sites.make_empty(tmp_path), tmp_path / "new")
    set_up_schools(phonics, MUNICIPAL_SCHOOLS, "somsri", "สมศรี", sites.PASSWORD)
    yield phonics
    phonics.store.close()


def test_first_steps_stand_on_the_first_screen_until_they_are_done(visit, new_site, look):
    token = accounts.sign_in(new_site, "somsri", sites.PASSWORD, "127.0.0.1").token
    app = visit(new_site, token, "home.py")
    assert "เริ่มต้นใช้งาน" in reading.texts(app)
    assert reading.links(app).index("/accounts") < reading.links(app).index("/roster")
    assert "เริ่มต้นใช้งาน" not in reading.texts(look("home.py", "administrator"))


def test_the_first_screen_of_a_school_without_pupils_says_what_to_do_next(visit, new_site):
    admin = accounts.sign_in(new_site, "somsri", sites.PASSWORD, "127.0.0.1").actor
    school = schools.list_schools(new_site, admin)[0].id
    room = (Classroom(sites.YEAR, Grade.P1, "1"),)
    grants = {"boss": Grant(Role.DIRECTOR, school), "part": Grant(Role.TEACHER, school, room)}
    for name, grant in {**grants, "whole": Grant(Role.TEACHER, school)}.items():
        account = Account(name, name, name, (grant,), created_at=sites.START)
        with new_site.store.write() as connection:
            insert_account(connection, account, "")
        app = visit(new_site, accounts.begin_session(new_site, name).token, "home.py")
        shown = " ".join(reading.texts(app))
        assert "ยังไม่มีนักเรียน" in shown, name
        roster = f"/roster?school={school}"
        assert (roster in reading.links(app)) is (name == "whole"), name
        assert ("ครูที่ดูแลทั้งโรงเรียนหรือผู้ดูแลระบบ" in shown) is (name != "whole"), name
        assert ("เชิญครู" in shown) is (name == "boss"), name


def test_create_an_account(open_page, site):
    app = open_page("accounts.py", "administrator")
    next(f for f in app.text_input if f.label == "ชื่อผู้ใช้").set_value("khru.dao")
    next(f for f in app.text_input if f.label == "ชื่อที่แสดง").set_value("ครูดาว")
    fill(app, password_new="มะยม-8-ต้น", again_new="มะยม-8-ต้น ")
    click(app, "สร้างบัญชี")
    assert "รหัสผ่านทั้งสองช่องไม่ตรงกัน" in reading.texts(app)

    fill(app, password_new="มะยม-8-ต้น", again_new="มะยม-8-ต้น")
    roles = app.multiselect(key="grants_new")
    roles.set_value([next(o for o in roles.options if o.startswith("ครู · "))])
    click(app, "สร้างบัญชี")
    assert accounts.sign_in(site, "khru.dao", "มะยม-8-ต้น", "127.0.0.1").actor.display_name == "ครูดาว"


@pytest.mark.parametrize(
    ("language", "button", "error"), [("th", "สร้างบัญชี", ">ผิดพลาด<"), ("en", "Create account", ">Error<")]
)
def test_a_form_sent_empty_tells_every_field(open_page, site, language, button, error):
    app = open_page("accounts.py", "administrator", language)
    before = accounts.list_accounts(site, SYSTEM)
    click(app, button)
    assert reading.html(app).count(error) == 4
    assert accounts.list_accounts(site, SYSTEM) == before


def test_problems_of_a_form_come_without_the_columns_of_a_file(open_page):
    app = open_page("accounts.py", "administrator")
    fill(app, password_new="มะยม", again_new="มะยม")
    click(app, "สร้างบัญชี")
    html = reading.html(app)
    assert html.count("ผิดพลาด") >= 3
    assert ">แถว<" not in html


def test_three_hundred_accounts_are_searched_and_turned_page_by_page(open_page, site):
    grants = (Grant(Role.TEACHER, sites.SCHOOLS[1].id),)
    with site.store.write() as connection:
        for n in range(300):
            new = Account(f"t{n}", f"t{n:03}", f"ครูคนที่ {n}", grants, n == 7, created_at=sites.START)
            insert_account(connection, new, "")
    app = open_page("accounts.py", "administrator")
    assert "308 บัญชี" in reading.texts(app)
    assert "ครูคนที่ 299" not in reading.texts(app)
    click(app, "หน้าถัดไป")
    assert "51–100 จาก 308" in [caption.value for caption in app.caption]
    app.text_input(key="account_search").set_value("คนที่ ๒๙๙").run()
    assert "ครูคนที่ 299" in reading.texts(app)
    assert app.selectbox(key="choose_account").options == ["ครูคนที่ 299 (t299)"]
    app.text_input(key="account_search").set_value("ไม่มีใครชื่อนี้").run()
    assert "0 บัญชี" in reading.texts(app)
    assert not app.exception
    app.text_input(key="account_search").set_value("").run()
    app.selectbox(key="choose_state").set_value("disabled").run()
    assert app.selectbox(key="choose_account").options == ["ครูคนที่ 7 (t007)"]


def test_disable_and_enable(open_page, site):
    app = open_page("accounts.py", "administrator", account="trainer")
    click(app, "ปิดใช้งานบัญชีนี้")
    with pytest.raises(NotAllowed):
        accounts.sign_in(site, "trainer", sites.PASSWORD, "127.0.0.2")
    click(app, "เปิดใช้งานบัญชีนี้")
    assert not {a.username: a.disabled for a in accounts.list_accounts(site, SYSTEM)}["trainer"]


def test_the_last_administrator_cannot_be_disabled(open_page, site):
    app = open_page("accounts.py", "administrator", account="administrator")
    click(app, "ปิดใช้งานบัญชีนี้")
    assert "pn-bad" in reading.html(app)
    assert not {a.username: a.disabled for a in accounts.list_accounts(site, SYSTEM)}["administrator"]


def test_own_password(open_page, site):
    app = open_page("my_account.py", "teacher")
    fill(app, present_password="มะม่วง-7-ตัน", password_mine="ลำไย-9-ต้น", again_mine="ลำไย-9-ต้น")
    click(app, "ตั้งรหัสผ่านใหม่")
    assert "รหัสผ่านปัจจุบันไม่ถูกต้อง" in " ".join(reading.texts(app))
    fill(app, present_password=sites.PASSWORD, password_mine="ลำไย-9-ต้น", again_mine="ลำไย-9-ต้น")
    click(app, "ตั้งรหัสผ่านใหม่")
    assert accounts.sign_in(site, "teacher", "ลำไย-9-ต้น", "127.0.0.1").actor.account_id == "teacher"


def test_add_and_change_a_school(open_page, site):
    app = open_page("schools.py", "administrator")
    fill(app, th_new="โรงเรียนทดลอง", en_new="Trial School")
    click(app, "บันทึก")
    made = next(s for s in schools.list_schools(site, SYSTEM) if s.name.en == "Trial School")
    app.selectbox[0].set_value(made.id).run()
    fill(app, **{f"th_{made.id}": "โรงเรียนทดลองสอง"})
    click(app, "บันทึก")
    assert Text("โรงเรียนทดลองสอง", "Trial School") in {s.name for s in schools.list_schools(site, SYSTEM)}


def test_back_up_and_check(open_page, site):
    app = open_page("maintenance.py", "administrator")
    assert "ยังไม่มีข้อมูลสำรองที่ใช้ได้ โปรดสำรองข้อมูล" in reading.texts(app)
    click(app, "สำรองข้อมูลเดี๋ยวนี้")
    assert {"ตรวจสอบแล้ว ใช้ได้", "ดาวน์โหลดข้อมูลสำรองนี้"} <= set(reading.texts(app))
    click(app, "ทดสอบการกู้คืน")
    assert "กู้คืนได้ ผ่านการตรวจสอบทั้งหมดใน" in " ".join(reading.texts(app))
    click(app, "ตรวจสอบคลังข้อสอบ")
    assert "ถูกต้องตามกฎทุกข้อ ไม่พบข้อผิดพลาด" in reading.texts(app)


def test_a_passphrase_goes_with_the_button(open_page, site):
    """Outside a form a browser may keep it back (Tab, then a click): the copy would be open to everybody."""
    app = open_page("maintenance.py", "administrator")
    passphrase = app.text_input(key="passphrase_made")
    assert passphrase.form_id
    passphrase.set_value("ลำไยสวนเก้าไร่ริมน้ำ")
    click(app, "สำรองข้อมูลเดี๋ยวนี้")
    (made,) = backups.list_backups(site, SYSTEM)
    assert made.encrypted


def test_a_wrong_passphrase_loses_nothing_and_putting_back_says_what_came_back(open_page, site):
    backups.back_up(site, SYSTEM)  # in the same minute: chosen is the newer one, also after a press
    backups.back_up(site, SYSTEM, passphrase="ลำไยสวนเก้าไร่ริมน้ำ")
    app = open_page("maintenance.py", "administrator")
    name = backups.list_backups(site, SYSTEM)[0].path.name
    passphrase, sure = app.text_input(key=f"passphrase_{name}"), app.checkbox(key=f"sure_{name}")
    assert passphrase.form_id
    assert passphrase.form_id == sure.form_id
    passphrase.set_value("ลำไยสวนแปดไร่ริมน้ำ")
    click(app, "ทดสอบการกู้คืน")
    assert "รหัสผ่าน" in " ".join(reading.texts(app))
    assert app.text_input(key=f"passphrase_{name}").value == "ลำไยสวนแปดไร่ริมน้ำ"
    app.text_input(key=f"passphrase_{name}").set_value("ลำไยสวนเก้าไร่ริมน้ำ")
    next(button for button in app.button if button.label == "กู้คืน").click()
    app.run()
    assert "ยังไม่ได้กู้คืน โปรดทำเครื่องหมายในช่องยืนยันเหนือปุ่มก่อน" in reading.texts(app)
    app.checkbox(key=f"sure_{name}").set_value(True)
    next(button for button in app.button if button.label == "กู้คืน").click()
    app.run()
    told = " ".join(reading.texts(app))
    assert f"กู้คืนข้อมูลของวันที่ 20 พฤศจิกายน 2569 10:00 ({name}) เรียบร้อยแล้ว" in told
    assert "เข้าสู่ระบบ" in told
    assert "ไม่สูญหาย" not in told, "what was done since the backup is gone"


def test_rubrics_follow_the_filters(look):
    app = look("rubrics.py", "trainer")
    kind, levels = app.button_group[0], app.button_group[1]
    assert reading.html(app).count('<h2 class="pn-section">ระดับ') == 1
    levels.set_value([1, 2, 3]).run()
    assert reading.html(app).count('<h2 class="pn-section">ระดับ') == 3
    kind.set_value(RubricKind.PROMOTION).run()
    assert {"80%", "8 สัปดาห์", "3 วินาที", "ลำดับระดับของโครงการเอง"} <= set(reading.texts(app))
    kind.set_value(RubricKind.FRAMEWORKS).run()
    assert '<h2 class="pn-section">1.' in reading.html(app)
