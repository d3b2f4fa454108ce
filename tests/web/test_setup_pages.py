from __future__ import annotations

import re

from phonics_app.workflows.setup import MUNICIPAL_SCHOOLS, SiteState, site_state

GOOD = {
    "name_th": ["โรงเรียนหนึ่ง", "โรงเรียนสอง"],
    "name_en": ["School One", ""],
    "code": ["", "1051000001"],
    "highest_grade": ["M3", "P6"],
    "kind": ["municipal", "network"],
    "username": "admin",
    "display_name": "ผู้ดูแล ทดสอบ",
    "password": "ลำไย-สวน-9-ไร่",
    "password_again": "ลำไย-สวน-9-ไร่",
    "choice": "own",
}


def fields_with_errors(html):
    return set(re.findall(r'id="error-([\w-]+?)-\d+"', html))


def test_the_four_schools_are_offered(newcomer):
    html = newcomer.get("/auth/setup").text
    assert all(f'value="{school.name.th}"' in html for school in MUNICIPAL_SCHOOLS)


def test_setting_up_makes_a_site_that_can_be_entered(newcomer, empty):
    answer = newcomer.post("/auth/setup", data=GOOD)
    assert answer.headers["location"] == "/auth/sign-in?created=1"
    assert site_state(empty) is SiteState.OWN
    entered = newcomer.post("/auth/sign-in", data={"username": "admin", "password": GOOD["password"]})
    assert entered.status_code == 303
    assert newcomer.get("/auth/setup").headers["location"] == "/auth/sign-in"
    assert newcomer.post("/auth/setup", data=GOOD).headers["location"] == "/auth/sign-in"


def test_all_problems_at_once_each_at_its_field_and_nothing_typed_is_lost(newcomer, empty):
    faulty = GOOD | {
        # An empty row between: the workflow does not count it, the page does.
        "name_th": ["โรงเรียนหนึ่ง", "", ""],
        "name_en": ["", "", "Nameless"],
        "code": ["12", "", ""],
        "highest_grade": ["P6", "P6", "M3"],
        "kind": ["municipal", "municipal", "municipal"],
        "username": "a b",
        "display_name": "",
        "password": "มะม่วง",
        "password_again": "มะปราง",
    }
    answer = newcomer.post("/auth/setup", data=faulty)
    assert answer.status_code == 422
    expected = {"code-0", "name_th-2", "username", "display_name", "password_again"}
    assert fields_with_errors(answer.text) == expected
    assert all(f'value="{typed}"' in answer.text for typed in ("โรงเรียนหนึ่ง", "Nameless", "12", "a b"))
    assert "มะม่วง" not in answer.text
    assert site_state(empty) is SiteState.EMPTY


def test_a_short_password_stands_at_its_field(newcomer):
    answer = newcomer.post("/auth/setup", data=GOOD | {"password": "สั้น", "password_again": "สั้น"})
    assert fields_with_errors(answer.text) == {"password"}
    assert "At least 10 characters." in newcomer.get("/auth/setup").text


def test_rows_can_be_added_and_taken_out(newcomer):
    added = newcomer.post("/auth/setup", data=GOOD | {"choice": "add"}).text
    assert added.count('name="name_th"') == 3
    removed = newcomer.post("/auth/setup", data=GOOD | {"choice": "remove-0"}).text
    assert removed.count('name="name_th"') == 1
    assert "โรงเรียนสอง" in removed
    assert "โรงเรียนหนึ่ง" not in removed


def test_a_site_without_schools_is_refused(newcomer, empty):
    nothing = dict.fromkeys(("name_th", "name_en", "code", "highest_grade", "kind"), "")
    answer = newcomer.post("/auth/setup", data=GOOD | nothing)
    assert answer.status_code == 422
    assert fields_with_errors(answer.text) == {"schools"}
    assert "column" not in answer.text
    assert site_state(empty) is SiteState.EMPTY
