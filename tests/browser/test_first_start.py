"""First start in Thai in a real browser: from the empty site to the first sign-in."""

from __future__ import annotations

import re

import pytest

from phonics_app.workflows.setup import MUNICIPAL_SCHOOLS

pytestmark = pytest.mark.browser
PASSWORD = "ลำไย-สวน-9-ไร่"


def test_setting_up_schools_in_thai(empty_server, make_context):
    page = make_context(empty_server).new_page()
    page.goto("/")
    assert page.url.endswith("/auth/setup")
    names = [page.input_value(f"#name_th-{i}") for i in range(4)]
    assert names == [school.name.th for school in MUNICIPAL_SCHOOLS]
    page.fill("#name_th-3", "โรงเรียนที่แก้ชื่อแล้ว")
    page.fill("#username", "admin")
    page.fill("#password", PASSWORD)
    page.fill("#password_again", "อย่างอื่น")
    page.keyboard.press("Enter")
    # Two faults at once, each at its field; what was typed is still there.
    page.locator("#error-password_again-1").wait_for()
    assert page.locator("#error-display_name-1").count() == 1
    # On a phone the first faulty field stands far below the top.
    assert page.evaluate("document.activeElement.id") == "display_name"
    assert page.input_value("#name_th-3") == "โรงเรียนที่แก้ชื่อแล้ว"
    assert page.input_value("#password") == ""
    page.fill("#display_name", "ผู้ดูแล ทดสอบ")
    page.fill("#password", PASSWORD)
    page.fill("#password_again", PASSWORD)
    page.click("button.primary")
    page.wait_for_url("**/auth/sign-in?created=1")
    page.fill("#username", "admin")
    page.fill("#password", PASSWORD)
    page.click("button.primary")
    page.wait_for_url(re.compile(r":\d+/$"))
    page.locator("[data-testid=stApp]").wait_for()


def test_language_switch_keeps_the_place(empty_server, make_context):
    page = make_context(empty_server, "th").new_page()
    page.goto("/auth/setup")
    page.click("a.language")
    page.wait_for_url("**/auth/setup")
    assert page.inner_text("h1") == "Welcome to Phonics Nine"
