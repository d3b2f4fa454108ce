"""How long the tests wait, and when a Streamlit page has drawn all that it has to draw."""

from __future__ import annotations

from playwright.sync_api import Page

PATIENCE_MS = 90_000
"""For whatever a page is to show: long, since only a failing test waits so long, and machines may be busy."""

_QUIET = """
() => new Promise(done => {
  let timer;
  // What fades in is paler than it will be.
  const fading = () => document.getAnimations().some(each =>
    each.playState === 'running' && each.effect?.getComputedTiming().endTime !== Infinity);
  const watcher = new MutationObserver(wait);
  function wait() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const busy = document.querySelector('[data-stale=true], [data-testid=stSkeleton], [data-testid=stStatusWidget]');
      if (busy || fading()) { wait(); } else { watcher.disconnect(); done(); }
    }, 400);
  }
  watcher.observe(document.body, { childList: true, subtree: true, attributes: true });
  wait();
})
"""


def settle(page: Page) -> None:
    """Waits for the header (or a message), then until nothing has changed for a while."""
    page.wait_for_selector(".pn-header, .pn-note")
    page.evaluate(_QUIET)
