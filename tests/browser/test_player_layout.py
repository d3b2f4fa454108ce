"""Every block of a plan on the screens that schools have: nothing clipped, nothing to scroll for, large targets,
no names of rules; and nothing to press that does nothing."""

from __future__ import annotations

import pytest

from tests.browser.player import Player
from tests.browser.school import P1_PUPIL

pytestmark = pytest.mark.browser

# Shows each block of the plan as the player would, and measures it.
MEASURE = """async ({ attempt, look }) => {
  Object.assign(document.documentElement.dataset, look);
  const usual = look.size === "1" && look.spacing === "usual";
  const [{ BlockScreen }, engine, { Texts }] = await Promise.all(
    ["block_screen", "engine", "texts"].map((name) => import(`/play/static/${name}.js`)),
  );
  const page = JSON.parse(document.getElementById("page-data").textContent);
  const { plan, pupil, attempt: own } = await (await fetch(`/api/v1/attempts/${attempt}`)).json();
  const outbox = { state: "sent", unsent: 0 };
  const root = document.getElementById("player");
  const faults = [];
  for (const block of plan.blocks) {
    const events = [["attempt_started", {}], ["block_shown", { block: block.id }]];
    const state = engine.replay(plan, own.spec, events.map(([kind, data], i) =>
      ({ seq: i + 1, kind, data, at: "", mono_ms: 0 })));
    const session = { state, events: [], sitting: { plan, pupil, attempt: own } };
    const texts = new Texts(page.texts, page.language);
    const alone = { way: "between", actions: { options() {} }, player: { texts } };
    const view = { texts, session, outbox, mode: false, answers: true, armed: true, pupil: alone };
    root.replaceChildren(new BlockScreen(view, { tap() {} }).element);
    await document.fonts.ready;
    const { scrollWidth, scrollHeight } = document.documentElement;
    const fault = (what) => faults.push(`${block.id} ${block.items.join(" ")}: ${what}`);
    if (scrollWidth > innerWidth) fault(`${scrollWidth} wide`);
    if (usual && innerWidth >= 800 && scrollHeight > innerHeight) fault(`${scrollHeight} high`);
    for (const cell of root.querySelectorAll(".item")) {
      const box = cell.getBoundingClientRect();
      if (box.height < 64 || box.width < 64) fault(`target ${box.width} x ${box.height}`);
      for (const text of cell.querySelectorAll(".stimulus, .answer, .main, .other")) {
        const inner = text.getBoundingClientRect();
        if (inner.width === 0) continue;
        if (inner.left < box.left || inner.right > box.right || inner.bottom > box.bottom + 0.5)
          fault(`"${text.textContent}" leaves its cell`);
      }
    }
    for (const cell of root.querySelectorAll("button, summary")) {
      const box = cell.getBoundingClientRect();
      if (cell.scrollWidth > cell.clientWidth + 1) fault(`"${cell.textContent}" is clipped`);
      if (box.height > 0 && box.height < 44) fault(`"${cell.textContent}" is ${box.height} high`);
    }
    if (/[A-Z]{3,}-[A-Z0-9]/.test(root.textContent)) fault("the name of a rule");
    const readings = root.querySelectorAll(".grid .answer").length;
    if (root.querySelector("#answers") && readings === 0) fault("shows answers that are none");
  }
  return faults;
}"""


SIZES = ((820, 1180), (1180, 820), (1366, 768), (390, 844))
USUAL = {"size": "1", "spacing": "usual", "letters": "school", "hand": "right"}
LARGEST = {"size": "3", "spacing": "wide", "letters": "school", "hand": "left"}


@pytest.fixture
def player(school_server, make_context, sign_in):
    def start(language):
        page = make_context(school_server, language, *SIZES[0]).new_page()
        sign_in(page, "teacher")
        return Player(page, school_server).start(P1_PUPIL.id)

    return start


def faults_in(player, sizes, look):
    """Of each size of the screen what does not fit."""
    found = []
    for width, height in sizes:
        player.page.set_viewport_size({"width": width, "height": height})
        faults = player.page.evaluate(MEASURE, {"attempt": player.attempt, "look": look})
        found += [f"{width} x {height}, {look}: {fault}" for fault in faults]
    return found


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_block_fits(player, language):
    assert not (faults := faults_in(player(language), SIZES, USUAL)), "\n".join(faults[:40])


def test_every_block_fits_at_twice_the_size(player):
    """A laptop's page at 200 %, and the narrowest page that WCAG 1.4.10 asks for; no line has to be scrolled along."""
    assert not (faults := faults_in(player("th"), ((683, 384), (320, 640)), USUAL)), "\n".join(faults[:40])


def test_every_block_fits_in_the_largest_and_widest_letters(player):
    """It may have to be scrolled; nothing leaves its cell or the screen, in portrait and in landscape."""
    started = player("th")
    sizes = (*SIZES, (844, 390))
    looks = (LARGEST, {**LARGEST, "letters": "book"}, {**USUAL, "size": "2"})
    faults = [fault for look in looks for fault in faults_in(started, sizes, look)]
    assert not faults, "\n".join(faults[:40])
