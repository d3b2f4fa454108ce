"""What a device remembers of letters and layout: on screen at once, after a reload, and on the pupil's own device."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.browser.school import P1_PUPIL
from tests.browser.self_run import Pupil, Teacher, class_site

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
LETTERS = """(selector) => {
  const style = getComputedStyle(document.querySelector(selector));
  return { size: parseFloat(style.fontSize), font: style.fontFamily.split(",")[0].replace(/"/g, ""),
    space: parseFloat(style.letterSpacing) || 0, line: parseFloat(style.lineHeight) / parseFloat(style.fontSize) };
}"""
# How many strokes a line from top to bottom through the middle of a letter meets.
STROKES = """async ([letter, font]) => {
  await document.fonts.load(`200px ${font}`);
  const canvas = document.createElement("canvas");
  canvas.width = 300; canvas.height = 400;
  const pen = canvas.getContext("2d");
  pen.font = `200px ${font}`;
  pen.fillText(letter, 50, 220);
  const x = 50 + Math.round(pen.measureText(letter).width * 0.47);
  const column = pen.getImageData(x, 0, 1, 400).data.filter((_, i) => i % 4 === 3);
  return column.reduce((n, ink, i) => n + (ink > 128 && (i === 0 || column[i - 1] <= 128) ? 1 : 0), 0);
}"""


def letters(page, selector=".stimulus"):
    page.evaluate("async () => { await document.fonts.ready; }")
    return page.evaluate(LETTERS, selector)


def choose(page, **settings):
    page.click("#look")
    for name, value in settings.items():
        page.check(f"#look-{name}-{value}")
    page.click("#look-close")


@pytest.mark.parametrize("kind", ["words", "letters", "passage"])
def test_each_size_is_larger_than_the_one_before(timed, kind):
    page = timed(kind).page
    for viewport in ({"width": 820, "height": 1180}, {"width": 1366, "height": 768}, PHONE):
        page.set_viewport_size(viewport)
        sizes = []
        for size in "123":
            choose(page, size=size)
            sizes.append(letters(page)["size"])
        grown = [after / before for before, after in pairwise(sizes)]
        assert min(grown) > 1.15, (viewport, sizes)


def test_it_is_at_once_and_is_remembered(timed):
    player = timed("words", "passage")
    page = player.page
    usual = letters(page)
    player.tap(1, "incorrect")
    choose(page, spacing="wide", letters="book", hand="left")
    changed = letters(page)
    assert (usual["font"], changed["font"], usual["space"]) == ("ABeeZee", "Sarabun", 0)
    assert changed["space"] > 0.1 * changed["size"]
    assert changed["line"] > usual["line"] + 0.3
    assert player.marks()[1] == "incorrect", "the items are as they were"
    page.reload()
    page.locator("#finish:enabled").wait_for()
    assert letters(page) == changed
    page.goto(f"/play/new?pupil={P1_PUPIL.id}")
    page.click("#look-card summary")
    assert page.is_checked("#look-hand-left")
    page.check("#look-hand-right")
    page.reload()
    assert page.evaluate("() => document.documentElement.dataset.hand") == "right"


def test_for_the_left_hand_the_buttons_are_at_the_other_side(timed):
    player = timed("words", width=1366, height=768)
    page = player.page

    def middle(selector):
        box = page.locator(selector).first.bounding_box()
        return box["x"] + box["width"] / 2

    before = (middle("#finish"), middle(".teacher"), middle(".grid"))
    choose(page, hand="left")
    after = (middle("#finish"), middle(".teacher"), middle(".grid"))
    assert before[0] > 683 > after[0]
    assert before[1] < before[2]
    assert after[1] > after[2]


def test_while_a_clock_runs_the_menu_stops_nothing(timed):
    player = timed("passage").begin()
    page = player.page
    page.click("#look")
    page.check("#look-size-3")
    assert page.get_attribute("#clock", "data-phase") == "running"
    page.click("#look-close")
    player.tap(2, "incorrect")
    assert player.events("timer_paused") == []


def test_what_is_no_setting_is_the_usual_one(timed):
    page = timed("words").page
    for kept in ("not json", '{"size": "9", "hand": 3}', "null"):
        page.evaluate("(kept) => localStorage.setItem('phonics-look', kept)", kept)
        page.reload()
        page.locator("#finish:enabled").wait_for()
        assert page.evaluate("() => ({ ...document.documentElement.dataset })") == {
            "size": "1",
            "spacing": "usual",
            "letters": "school",
            "hand": "right",
        }


def test_a_and_g_have_one_storey_unless_a_book_s_are_chosen(timed):
    page = timed("words").page
    strokes = {font: [page.evaluate(STROKES, [letter, font]) for letter in "ag"] for font in ("ABeeZee", "Sarabun")}
    # One storey: a has a top and a bottom, g its bowl and its tail; the book's a has a bowl under its arch.
    assert strokes["ABeeZee"] == [2, 3]
    assert strokes["Sarabun"][0] == 3


@pytest.fixture(scope="module")
def class_server(tmp_path_factory):
    server = class_site(tmp_path_factory.mktemp("class"), 3)
    yield server
    server.kill()


def test_on_a_pupil_s_own_device(class_server, make_context, sign_in):
    teacher = Teacher(make_context(class_server).new_page())
    sign_in(teacher.page, "teacher")
    pupil = Pupil(make_context(class_server, **PHONE).new_page(), class_server).join(teacher.open(), 1)
    teacher.admit_all()
    pupil.wait_for("headphones")
    pupil.start()
    page = pupil.page
    while page.locator(".item.choose_picture").count():
        pupil.practise()
        pupil.answer(0)
    sizes: dict[int, list[float]] = {}
    for size in "123":
        choose(page, size=size, spacing="wide", hand="left")
        for viewport in (PHONE, {"width": 844, "height": 390}, {"width": 1366, "height": 768}):
            page.set_viewport_size(viewport)
            sizes.setdefault(viewport["width"], []).append(letters(page, ".face")["size"])
            wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
            leaving = page.locator(".face").evaluate_all(
                "faces => faces.filter((f) => f.getBoundingClientRect().width > f.parentElement.clientWidth).length"
            )
            assert (wide, leaving) == (0, 0), (size, viewport)
        page.set_viewport_size(PHONE)
    # The longest words fill the width of a phone at the second size already.
    assert sizes[390][0] < sizes[390][1] <= sizes[390][2], sizes
    assert sizes[1366][0] < sizes[1366][1] < sizes[1366][2], sizes
    for target in page.locator(".look-option, #look, #look-close").all():
        box = target.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 64
