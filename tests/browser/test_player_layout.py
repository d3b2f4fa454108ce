"""Every block of a plan on the screens that schools have: nothing clipped, nothing to scroll for, large targets,
no names of rules; and nothing to press that does nothing."""

from __future__ import annotations

import pytest

from tests.browser.player import Player
from tests.browser.school import P1_PUPIL

pytestmark = pytest.mark.browser

# Shows each block of the plan as the player would, and measures it.
MEASURE = """async (attempt) => {
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
    const view = { texts, session, outbox, mode: false, answers: true, armed: true };
    root.replaceChildren(new BlockScreen(view, { tap() {} }).element);
    await document.fonts.ready;
    const { scrollWidth, scrollHeight } = document.documentElement;
    const fault = (what) => faults.push(`${block.id} ${block.items.join(" ")}: ${what}`);
    if (scrollWidth > innerWidth) fault(`${scrollWidth} wide`);
    if (innerWidth >= 800 && scrollHeight > innerHeight) fault(`${scrollHeight} high`);
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


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_block_fits(school_server, make_context, sign_in, language):
    page = make_context(school_server, language, *SIZES[0]).new_page()
    sign_in(page, "teacher")
    player = Player(page, school_server).start(P1_PUPIL.id)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        faults = page.evaluate(MEASURE, player.attempt)
        assert not faults, "\n".join([f"{width} x {height}:", *faults[:20]])
