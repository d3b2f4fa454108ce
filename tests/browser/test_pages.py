"""The Streamlit pages in a real browser: nothing from outside, nothing wider than the screen, nothing in English; and
what we write in them keeps WCAG 2.2 A and AA, as far as axe-core can tell."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests import sites
from tests.browser.axe import violations_of_ours
from tests.browser.server import Server
from tests.browser.settling import settle
from tests.browser.shots import ROLES, SIZES, addresses
from tests.pages import busy

pytestmark = pytest.mark.browser

TOO_WIDE = """
() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.pn-table, .js-plotly-plot'))
  .map(e => e.tagName + '.' + e.className).slice(0, 5)
"""
CUT_OFF = """
() => [...document.querySelectorAll('.pn-table')].filter(e => e.scrollWidth > e.clientWidth + 1)
  .map(e => `${e.innerText.slice(0, 40)}: ${e.scrollWidth} > ${e.clientWidth}`)
"""
LOADED = "[...document.fonts].filter(f => f.family.includes('Sarabun') && f.status === 'loaded').length"
OF_EVERY_ROLE = ("home", "dashboard", "pupils")
STREAMLITS_OWN = re.compile(
    r"Choose an option|Drag and drop|Browse files|Upload|per file|Press Enter|No results|Running|Skip to"
)


@pytest.fixture(scope="module")
def busy_server(tmp_path_factory):
    """The real server in the middle of a term."""
    own = sites.make_own(tmp_path_factory.mktemp("own"))
    made = busy.build(own, tmp_path_factory.mktemp("busy"), datetime.now(UTC))
    made.phonics.store.close()
    server = Server(made.phonics.settings.data_dir).start()
    yield server, made
    server.kill()


def shared_out(made):
    """Of each role the pages that it opens here: each once, by the first who may; by all what differs most."""
    seen: set[str] = set()
    for role in ROLES:
        mine = [(name, address) for name, address in addresses(role, made) if name in OF_EVERY_ROLE or name not in seen]
        seen.update(name for name, _ in mine)
        yield role, mine


def test_every_page(busy_server, make_context, sign_in):
    """What each role sees on each of its pages, `tests/pages` holds; here it is how a browser shows it."""
    server, made = busy_server
    inside = (server.url, "data:", "blob:")
    faults, outside = [], []
    for role, pages in shared_out(made):
        page = make_context(server, "th", *SIZES[0]).new_page()
        page.on("request", lambda r: None if r.url.startswith(inside) else outside.append(r.url))
        sign_in(page, role, then="/")
        for name, address in pages:
            page.goto(address)
            settle(page)
            faults += [f"{name} ({role}): {line}" for line in [*faults_of(page), *violations_of_ours(page)]]
        assert page.evaluate(LOADED) > 0
        page.context.close()
    assert not faults, "\n".join(["", *faults])
    assert outside == []


def faults_of(page):
    """Too wide, an error, words of Streamlit's own, or names that only a screen reader tells in English."""
    yield from (f"too wide: {one}" for one in page.evaluate(TOO_WIDE))
    if page.locator(".stException, .pn-bad").count():
        yield "an error is shown"
    if words := STREAMLITS_OWN.search(page.inner_text("body")):
        yield f"in English: {words.group()}"
    names = page.evaluate("[...document.querySelectorAll('[aria-label]')].map(e => e.ariaLabel)")
    yield from (
        f"named in English: {n}" for n in names if re.search("[A-Za-z]{3}", n) and not re.search("[ก-๙]|NET|sign", n)
    )


def test_no_page_breaks_a_rule_in_english(busy_server, make_context, sign_in):
    server, made = busy_server
    page = make_context(server, "en", *SIZES[0]).new_page()
    sign_in(page, "director", then="/")
    faults = []
    for name, address in addresses("director", made):
        page.goto(address)
        settle(page)
        faults += [f"{name}: {line}" for line in violations_of_ours(page)]
    assert not faults, "\n".join(["", *faults])


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("role", ["municipal_director", "director"])
def test_no_column_is_hidden_beyond_the_edge(busy_server, make_context, sign_in, role, language):
    page = make_context(busy_server[0], language, *SIZES[0]).new_page()
    sign_in(page, role, then="/onet")
    for address, tables in (("/onet", 3), ("/dashboard", 5)):
        if not page.url.endswith(address):
            page.goto(address)
        settle(page)
        page.evaluate("document.querySelectorAll('summary').forEach(e => e.parentElement.open || e.click())")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            assert page.locator(".pn-table").count() == tables
            assert page.evaluate(CUT_OFF) == [], (width, height)


def test_the_other_language_keeps_the_place(busy_server, make_context, sign_in):
    server, _ = busy_server
    page = make_context(server).new_page()
    sign_in(page, "teacher", then="/class?class=P2-2")
    settle(page)
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("h1:has-text('My class')")
    settle(page)
    assert "class=P2-2" in page.url
    assert page.locator(".stSelectbox input").input_value() == "P2/2"


@pytest.mark.parametrize(
    ("address", "button", "begins"),
    [
        ("/class", "ฉบับพิมพ์ (PDF)", b"%PDF"),
        ("/class", "ตาราง (CSV)", b"\xef\xbb\xbf"),
        ("/dashboard", "ตาราง (Excel)", b"PK"),
        ("/rubrics", "ดาวน์โหลด", b"%PDF"),
    ],
)
def test_files_are_handed_out(busy_server, make_context, sign_in, address, button, begins):
    page = make_context(busy_server[0]).new_page()
    sign_in(page, "director", then=address)
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    assert waiting.value.path().read_bytes().startswith(begins)


def test_links_stay_in_the_tab(busy_server, make_context, sign_in):
    server, made = busy_server
    context = make_context(server)
    page = context.new_page()
    sign_in(page, "teacher", then="/class?class=P1-1")
    settle(page)
    page.get_by_role("link", name="ตัดสินระดับ").first.click()
    page.wait_for_url(lambda url: made.undecided in url)
    settle(page)
    assert len(context.pages) == 1
    page.get_by_role("link", name="กลับไปที่ชั้นเรียน").click()
    page.wait_for_url(lambda url: "class=P1-1" in url)


def test_a_double_tap_decides_once(busy_server, make_context, sign_in):
    server, made = busy_server
    page = make_context(server).new_page()
    sign_in(page, "teacher", then=f"/result?attempt={made.undecided}")
    settle(page)
    page.get_by_role("button", name=re.compile("ยืนยันระดับ")).dblclick()
    page.wait_for_selector(".pn-note.pn-good")
    settle(page)
    assert page.locator(".pn-note.pn-bad").count() == 0
    assert page.get_by_role("button", name=re.compile("ยืนยันระดับ")).count() == 0


def test_a_mistyped_address_is_answered_in_thai(busy_server, make_context, sign_in):
    page = make_context(busy_server[0]).new_page()
    sign_in(page, "teacher", then="/")
    answer = page.goto("/clas")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link", name="หน้าแรก").click()
    settle(page)
    assert page.locator(".pn-header").count() == 1
