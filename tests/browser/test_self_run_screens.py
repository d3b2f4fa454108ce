"""What every screen of a pupil's device owes: names and roles, large targets, nothing wider than the screen."""

from __future__ import annotations

import pytest

from tests.browser.self_run import Pupil, Teacher
from tests.browser.test_self_run import class_server, server  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser
SIZES = ((820, 1180), (1366, 768), (390, 844))
LARGE = 64
"""Pixels: of whatever a child presses."""
CHECK = """(least) => {
  const shown = (e) => e.offsetParent !== null && getComputedStyle(e).visibility !== 'hidden';
  const name = (e) => (e.getAttribute('aria-label') || e.innerText || e.labels?.[0]?.innerText || e.title || '').trim();
  const faults = [];
  const pressed = [...document.querySelectorAll('button, a[href], input, [role=radio]')].filter(shown);
  for (const e of pressed) {
    const box = e.getBoundingClientRect();
    const label = e.id || e.className || e.tagName;
    if (!name(e)) faults.push(`no name: ${label}`);
    if (Math.min(box.width, box.height) < least - 0.5) faults.push(`${label}: ${box.width} × ${box.height}`);
  }
  for (const img of document.images) if (!img.alt) faults.push('picture without words');
  if (document.querySelectorAll('main').length !== 1) faults.push('one main part');
  if (document.querySelectorAll('h1').length !== 1) faults.push('one heading');
  if (!document.documentElement.lang) faults.push('language');
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  if (new Set(ids).size !== ids.length) faults.push('an id twice');
  for (const e of document.querySelectorAll('[aria-labelledby]')) {
    if (!document.getElementById(e.getAttribute('aria-labelledby'))) faults.push('labelled by nothing');
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 1) faults.push(`${wide} pixels too wide`);
  return faults;
}"""
CONTRAST = """() => {
  const light = (c) => { const v = c / 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const [r, g, b, a = 1] = numbers(getComputedStyle(e).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const e = node.parentElement;
    const plain = /[\\p{L}\\p{N}]/u.test(node.textContent) && e.offsetParent && !e.closest('script, :disabled');
    if (!plain) continue;
    const [a, b] = [luminance(numbers(getComputedStyle(e).color)), luminance(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faults.push(`${node.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return faults;
}"""


def look(page, where: str, least: int = LARGE) -> None:
    """In every size."""
    for width, height in (*SIZES[1:], SIZES[0]):
        page.set_viewport_size({"width": width, "height": height})
        faults = page.evaluate(CHECK, least) + page.evaluate(CONTRAST)
        assert not faults, f"{where}, {width} x {height}: {faults}"


def choose_one(page):
    options = page.get_by_role("radiogroup").get_by_role("radio")
    assert options.count() >= 3
    options.nth(1).click()
    assert page.get_by_role("radio", checked=True).count() == 1


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_screen(server, make_context, sign_in, language):  # noqa: F811 - a fixture
    teacher = Teacher(make_context(server, language, *SIZES[0]).new_page())
    sign_in(teacher.page, "teacher")
    code = teacher.open()
    # A teacher's finger and mouse: WCAG 2.2 AA asks for 24.
    look(teacher.page, "board", 24)
    pupil = Pupil(make_context(server, language, *SIZES[0]).new_page(), server)
    pupil.page.goto("/join")
    pupil.wait_for("code")
    look(pupil.page, "code")
    pupil.enter(code)
    pupil.wait_for("numbers")
    look(pupil.page, "numbers")
    pupil.page.locator(".number:enabled").first.click()
    pupil.wait_for("name")
    look(pupil.page, "name")
    pupil.page.click("#yes")
    pupil.wait_for("waiting")
    look(pupil.page, "waiting")
    teacher.admit_all()
    look(teacher.page, "board, going", 24)
    pupil.wait_for("headphones")
    look(pupil.page, "headphones")
    pupil.start()
    look(pupil.page, "practice")
    pupil.practise()
    look(pupil.page, "item")
    choose_one(pupil.page)
    look(pupil.page, "chosen")
    pupil.page.click("#stop")
    pupil.wait_for("stop")
    look(pupil.page, "stop")
    pupil.page.click("#stop-today")
    pupil.wait_for("ended")
    look(pupil.page, "ended")
    pupil.page.click("#go-on")
    teacher.page.click("#pause-all")
    pupil.wait_for("paused")
    look(pupil.page, "paused")
    teacher.page.click("#go-on-all")
    pupil.page.locator('[data-screen^="item"]').wait_for()
    pupil.finish()
    pupil.wait_for("done")
    look(pupil.page, "done")
    teacher.page.click("#size")
    look(teacher.page, "large", 24)
    assert teacher.page.locator("#seats").is_hidden()


def test_the_page_is_light(server, make_context, tell):  # noqa: F811 - a fixture
    """Before the sounds, all that a pupil's device loads, fonts too, stays below 300 KB."""
    page = make_context(server).new_page()
    asked = []
    page.on("requestfinished", lambda request: asked.append(request))
    page.goto("/join")
    page.locator("#enter").wait_for()
    page.wait_for_load_state("networkidle")
    kilobytes = sum(request.sizes()["responseBodySize"] for request in asked) / 1000
    tell(f"self-run: first load {kilobytes:.0f} KB in {len(asked)} requests, before audio")
    assert kilobytes < 300
