"""What every screen owes beside the rules of axe-core: nothing beside it or cut off, targets that a finger hits, one
main part and one heading, and no names of rules."""

from __future__ import annotations

from playwright.sync_api import Page

ADULTS, CHILDREN = 44, 64
"""Pixels: the least that whatever is pressed may measure."""

_FAULTS = """(least) => {
  const faults = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) faults.push(`${scrollWidth} wide`);
  for (const target of document.querySelectorAll("a, button, select, summary, label.button, input:not([type=file])")) {
    // Whoever touches the words around a field has touched the field; a file is chosen by its label.
    const { width, height, left, right } = (target.closest("label") ?? target).getBoundingClientRect();
    if (width === 0 || height === 0 || target.tabIndex < 0 && target.localName !== "label") continue;
    const name = `${target.localName} "${target.textContent.trim().slice(0, 30)}"`;
    if (Math.min(width, height) < least - 0.5) faults.push(`${name}: ${width} x ${height}`);
    if (left < 0 || right > innerWidth) faults.push(`${name} leaves the screen`);
    if (target.localName === "button" && target.scrollWidth > target.clientWidth + 1) faults.push(`${name} is clipped`);
  }
  for (const box of document.querySelectorAll(".notice, .panel, .card, td")) {
    if (box.scrollWidth > box.clientWidth + 1) faults.push(`"${box.textContent.trim().slice(0, 30)}" leaves its box`);
  }
  const rule = document.body.innerText.match(/[A-Z]{3,}-[A-Z0-9]+/);
  if (rule) faults.push(`names ${rule}`);
  if (document.querySelectorAll("main").length !== 1) faults.push("not one main part");
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one heading");
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  if (new Set(ids).size !== ids.length) faults.push("an id twice");
  return faults;
}"""


def broken_rules(page: Page, least: int = ADULTS) -> list[str]:
    """A line for each fault of what `page` shows now."""
    page.evaluate("async () => { await document.fonts.ready; }")  # the fallback's letters are wider
    return page.evaluate(_FAULTS, least)
