"""Everything with the keyboard alone: where it is can be seen, it is never caught, it comes back after a question; and
a screen reader is told what has changed, without chatter."""

from __future__ import annotations

import pytest

from tests.browser.scenes.stage import PAPER_CLASS, Stage
from tests.browser.school import P1_PUPIL, P4_PUPIL
from tests.browser.self_run import MEANT, Pupil, Teacher
from tests.browser.settling import PATIENCE_MS
from tests.browser.timed import TimedPlayer, plan_with_clocks

pytestmark = pytest.mark.browser
FURTHEST = 80

# What has the keyboard, and whether that can be seen: an outline, on it or on the label around it.
WHERE = """() => {
  const at = document.activeElement;
  const style = (e) => getComputedStyle(e);
  const seen = (e) => e && style(e).outlineStyle !== "none" && parseFloat(style(e).outlineWidth) >= 2;
  const box = (at.closest("label") ?? at).getBoundingClientRect();
  return {
    name: at.id || at.dataset.item || at.className || at.localName,
    body: at === document.body,
    shown: seen(at) || seen(at.closest("label")) || (at.id && seen(document.querySelector(`label[for="${at.id}"]`))),
    inside: box.bottom > 0 && box.top < innerHeight,
  };
}"""
# Whatever a screen reader would be told: text that comes into a live region, and regions that come with text.
LISTEN = """() => {
  window.told = [];
  const live = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
  const hear = (e) => e.textContent.trim() && window.told.push(e.textContent.trim());
  new MutationObserver((changes) => {
    const regions = new Set();
    for (const { target, addedNodes } of changes) {
      const own = (target.nodeType === 1 ? target : target.parentElement)?.closest(live);
      if (own) regions.add(own);
      for (const node of addedNodes) {
        if (node.nodeType !== 1) continue;
        if (node.matches(live)) regions.add(node);
        node.querySelectorAll(live).forEach((e) => regions.add(e));
      }
    }
    regions.forEach(hear);
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture
def stage(stage_site, make_context, tmp_path):
    server, codes = stage_site

    def make():
        page = make_context(server, "en", 1366, 768).new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        return page

    return Stage(server, codes, make, tmp_path)


@pytest.fixture
def typed(stage):
    """`typed(who)`: a page on which the mouse does nothing, since whoever uses it has not tested the keyboard."""

    def make(who="teacher"):
        page = stage.page(who)
        page.add_init_script("addEventListener('click', (e) => e.detail && e.stopImmediatePropagation(), true)")
        return page

    return make


class Keys:
    def __init__(self, page):
        self.page = page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def where(self):
        return self.page.evaluate(WHERE)

    def has(self, selector):
        return self.page.evaluate("(s) => Boolean(document.activeElement?.matches(s))", selector)

    def come_to(self, selector, key="Tab"):
        """By `key` to `selector`; on the way the keyboard's place can always be seen."""
        self.page.locator(selector).first.wait_for(timeout=PATIENCE_MS)
        for _ in range(FURTHEST):
            if self.has(selector):
                return self
            self.press(key)
            at = self.where()
            assert at["body"] or (at["shown"] and at["inside"]), f"on the way to {selector}: {at}"
        raise AssertionError(f"{selector} is not reached: {self.where()}")

    def use(self, selector, key="Tab"):
        self.come_to(selector, key)
        self.page.locator(selector).and_(self.page.locator(":enabled, a")).first.wait_for()
        self.press("Enter")

    def wait_until_it_has(self, selector):
        self.page.wait_for_function("(s) => document.activeElement?.matches(s)", arg=selector, timeout=PATIENCE_MS)

    def round(self):
        """Names of all that Tab comes to, until it comes round."""
        names = []
        for _ in range(FURTHEST):
            self.press("Tab")
            at = self.where()
            if at["body"]:  # on the way from the last to the first
                continue
            if at["name"] in names:
                return names
            names.append(at["name"])
        raise AssertionError(f"Tab never comes round: {names}")


def wait_for_mark(page, index, mark):
    page.wait_for_function(
        "([i, mark]) => document.querySelectorAll('.item')[i]?.dataset.mark === mark", arg=[index, mark]
    )


def test_a_whole_grid_test(stage, typed):
    page = typed()
    keys = Keys(page)
    page.goto(f"/play/new?pupil={P1_PUPIL.id}")
    keys.use("#start button")
    page.wait_for_url(lambda url: "/play/new" not in url)
    page.locator("#finish:enabled").wait_for()
    assert keys.has("#block-title"), "a screen reader begins with the block's name"
    keys.come_to(".item").press("ArrowRight", "Enter")
    wait_for_mark(page, 1, "incorrect")
    keys.press("ArrowLeft", "3")
    wait_for_mark(page, 0, "self_corrected")
    assert keys.has(".item"), "a kind by its key leaves the keyboard where it was"
    keys.press("5")
    keys.wait_until_it_has("#said")
    page.keyboard.type("bid")
    keys.press("Enter")
    wait_for_mark(page, 0, "incorrect")
    keys.wait_until_it_has(".item")
    keys.use("#undo")
    wait_for_mark(page, 0, "self_corrected")
    keys.use("#redo")
    wait_for_mark(page, 0, "incorrect")
    stop_and_come_back(keys)
    while not page.locator("#complete").count():
        page.wait_for_function("() => document.getElementById('complete') || document.querySelector('#finish:enabled')")
        if page.locator("#finish").count():
            title = page.inner_text("#block-title")
            keys.use("#finish")
            page.wait_for_function(
                "(t) => document.getElementById('complete') || document.getElementById('block-title')?.innerText !== t",
                arg=title,
            )
    assert keys.has("#complete")
    keys.use("#finish-test")
    page.wait_for_url("**/result?**")


def stop_and_come_back(keys):
    page = keys.page
    keys.use("#stop")
    page.locator("dialog.stop").wait_for()
    assert keys.has('.choice[role="radio"]')
    before = keys.page.locator('.choice[aria-checked="true"]').count()
    keys.press("ArrowRight")
    assert (before, page.locator('.choice[aria-checked="true"]').count()) == (0, 1)
    names = keys.round()
    assert {"end-block", "end-test"} <= set(names), names
    assert all(
        page.evaluate("(n) => Boolean(document.querySelector('dialog').querySelector('#' + n))", n)
        for n in ("end-test",)
    )
    assert page.evaluate("() => document.querySelector('dialog').contains(document.activeElement)"), "Tab leaves it"
    keys.press("Escape")
    page.locator("dialog.stop").wait_for(state="detached")
    assert keys.has("#stop"), "back where it was opened"


def test_a_stop_by_rule_and_a_text_with_questions(stage, typed):
    page = typed()
    keys = Keys(page)
    TimedPlayer(page, stage.server).open(P4_PUPIL.id, plan_with_clocks("letters", "passage", "questions"))
    keys.wait_until_it_has("#block-title")
    keys.use("#start-clock")
    keys.wait_until_it_has(".item")
    for _ in range(8):
        keys.press("Enter", "ArrowRight")
    page.locator("#auto-stop-title").wait_for()
    keys.wait_until_it_has('[role="alertdialog"]')
    keys.use("#finish")
    page.locator(".passage").wait_for()
    keys.wait_until_it_has("#block-title")
    keys.use("#start-clock")
    keys.wait_until_it_has(".item")
    keys.press("ArrowRight", "Enter")
    wait_for_mark(page, 1, "incorrect")
    keys.use("#end-reading")
    keys.wait_until_it_has(".item")
    keys.press("ArrowRight", "ArrowRight", "ArrowDown", "Enter")
    page.locator(".item.end").wait_for()
    keys.use("#finish")
    page.locator(".list").wait_for()
    keys.wait_until_it_has("#block-title")
    keys.come_to(".item").press("ArrowDown", "Enter")
    wait_for_mark(page, 1, "incorrect")
    keys.use("#finish")
    page.locator("#complete").wait_for()
    keys.use('[data-review="passage"]')
    keys.wait_until_it_has("#review-title")
    keys.use("#review-done")
    keys.wait_until_it_has("h1")


def test_the_menu_for_letters(stage, typed):
    page = typed()
    keys = Keys(page)
    TimedPlayer(page, stage.server).open(P4_PUPIL.id, plan_with_clocks("words"))
    keys.wait_until_it_has("#block-title")
    keys.use("#look")
    keys.wait_until_it_has("#look-size-1")
    keys.press("ArrowRight")
    assert page.evaluate("() => document.documentElement.dataset.size") == "2"
    keys.press("Escape")
    assert keys.has("#look")
    assert page.locator("#look-panel").count() == 0


def test_a_class_test(stage, typed):
    board = typed()
    teacher, told = Teacher(board), Keys(board)
    board.goto(f"/sitting/new?school={stage_school()}&class=P3-2")
    told.use("#open")
    code = teacher.code()
    page = typed(who="")
    pupil, keys = Pupil(page, stage.server), Keys(page)
    page.goto("/join")
    pupil.wait_for("code")
    page.keyboard.type(code)
    keys.wait_until_it_has("#enter")
    keys.press("Enter")
    pupil.wait_for("numbers")
    keys.use(".number:enabled")
    pupil.wait_for("name")
    keys.use("#yes")
    pupil.wait_for("waiting")
    board.locator("#admit-all:enabled").wait_for()
    told.use("#admit-all")
    pupil.wait_for("headphones")
    keys.use("#listen")
    page.locator("#start:enabled").wait_for()
    keys.use("#start")
    page.locator('[data-screen^="item"]').wait_for()
    count = 0
    while not page.locator('[data-screen="done"]').count():
        count += 1
        assert count < 200
        if pupil.screen() == "rest":
            keys.use("#go-on")
            page.locator('[data-screen^="item"]').wait_for()
            continue
        before, told_which = pupil.item(), page.locator(MEANT).count()
        choose(keys, count)
        (pupil.wait_for_another if told_which else pupil.wait_until_practised)(before)
    assert keys.has("#heading")
    board.locator("tr.finished").wait_for()
    told.use('[id^="result-"]')
    board.wait_for_url("**/result?**")


def choose(keys, count):
    """An answer by arrows; while practising the one that was meant."""
    page = keys.page
    keys.come_to(".options .option")
    for _ in range(8):
        if page.locator(MEANT).count() == 0 or keys.has(MEANT):
            break
        keys.press("ArrowRight")
    if keys.has('.options .option[aria-checked="false"]'):
        keys.press("Space") if page.locator(MEANT).count() or count % 2 else keys.press("ArrowRight")
    keys.use("#next")


def stage_school():
    return PAPER_CLASS.split(":")[0]


def test_keying_sheets(stage, typed):
    page = typed()
    keys = Keys(page)
    page.goto("/paper")
    keys.come_to("#class")
    value = page.evaluate(
        "(v) => [...document.getElementById('class').options].findIndex((o) => o.value === v)", PAPER_CLASS
    )
    keys.press("Home", *["ArrowDown"] * value)
    assert page.input_value("#class") == PAPER_CLASS
    keys.come_to("#code")
    page.keyboard.type(stage.codes["level-check"])
    keys.use("form button.primary")
    page.locator(".cell").first.wait_for()
    keys.wait_until_it_has(".cell")
    keys.press("ArrowRight", "x", "Enter")
    page.keyboard.type("19")
    keys.press("Enter")
    keys.wait_until_it_has("input, .cell")
    if page.locator("#agree").count():
        keys.use("#agree")
        keys.use("#finish")
    page.locator(".pupil.done").wait_for()
    keys.wait_until_it_has(".cell")
    names = keys.round()
    assert any(name.startswith("pupil") for name in names), names


def test_marking_is_not_chattered_about(stage, typed):
    page = typed()
    # A plan of its own: a test of another one that was open before would be gone on with.
    player = TimedPlayer(page, stage.server).open(P4_PUPIL.id, plan_with_clocks("words", "questions"))
    keys = Keys(page)
    page.locator("#finish:enabled").wait_for()
    keys.come_to(".item")
    player.wait_until_stored()
    page.evaluate(LISTEN)
    for _ in range(5):
        keys.press("Enter", "ArrowRight")
    player.wait_until_stored()
    assert page.evaluate("() => window.told") == []
    # What matters is told: that there is no connection any more.
    page.context.set_offline(True)
    keys.press("Enter")
    player.chip("waiting")
    assert any("No connection" in words for words in page.evaluate("() => window.told"))


def test_the_board_tells_what_is_new_and_only_that(stage, typed):
    board = typed()
    teacher = Teacher(board)
    board.goto(f"/sitting/new?school={stage_school()}&class=P3-2")
    Keys(board).use("#open")
    code = teacher.code()
    board.locator("#summary").wait_for()
    board.evaluate(LISTEN)
    page = typed(who="")
    page.goto(f"/join?code={code}")
    keys = Keys(page)
    keys.use(".number:enabled")
    keys.use("#yes")
    board.locator("#admit-all:enabled").wait_for()
    board.wait_for_timeout(7000)
    told = board.evaluate("() => window.told")
    assert len(told) == len(set(told)), told
    assert any("1 wait" in words for words in told), told
