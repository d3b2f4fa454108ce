"""The rules of accessibility, held against what a browser shows (axe-core, from an installed package)."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

_SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
# Of a standard, but off unless it is asked for.
_ASKED_FOR = ("target-size",)
OF_LAYOUT = ("target-size", "scrollable-region-focusable")
"""The rules whose answer another size of the same screen changes first."""
_ALONE = """async ({ target, rule }) => {
  const [x, y] = [scrollX, scrollY];
  document.querySelector(target).scrollIntoView({ block: "center" });
  const { violations } = await axe.run(target, { runOnly: [rule] });
  scrollTo(x, y);
  return violations.length;
}"""
_RUN = """({ only, standards, rules }) => axe.run(document, {
  runOnly: only ?? { type: "tag", values: standards },
  rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: true }])),
  resultTypes: ["violations"],
})"""


def violations(page: Page, only: tuple[str, ...] | None = None) -> list[str]:
    """What breaks WCAG 2.2 A or AA on `page`, a line for each element. `only`: the rules that are looked at."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_SCRIPT)
    result = page.evaluate(_RUN, {"only": only, "standards": STANDARDS, "rules": () if only else _ASKED_FOR})
    found = ((each["id"], line) for each in result["violations"] for line in _lines(each))
    return [line for rule, line in found if not _only_scrolled(page, rule, line)]


# What Streamlit itself draws and we can't write otherwise: its navigation is a list with boxes between list and items,
# the button of its file field has no name, its captions are a little pale (4.1 : 1).
_ST = (".st-emotion-cache",)
_STREAMLITS_OWN = {"button-name": _ST, "color-contrast": _ST}
_OF_ITS_NAVIGATION = ("list", "listitem")
_IN_ITS_NAVIGATION = "target => Boolean(document.querySelector(target).closest('[data-testid=stSidebarNav]'))"


def violations_of_ours(page: Page) -> list[str]:
    """The same without what Streamlit itself draws."""
    return [line for line in violations(page) if not _is_streamlits(page, *line.split(": ")[:2])]


def _is_streamlits(page: Page, rule: str, target: str) -> bool:
    if rule in _OF_ITS_NAVIGATION:
        return bool(page.evaluate(_IN_ITS_NAVIGATION, target))
    return target.startswith(_STREAMLITS_OWN.get(rule, ("none of it",)))


def _only_scrolled(page: Page, rule: str, line: str) -> bool:
    """Whether a target was too small only because a bar that stays in sight lay over it: scrolled to, it is whole."""
    return rule in _ASKED_FOR and not page.evaluate(_ALONE, {"target": line.split(": ")[1], "rule": rule})


def _lines(found: dict[str, Any]) -> list[str]:
    return [f"{found['id']}: {node['target'][0]}: {' '.join(_told(node))}" for node in found["nodes"]]


def _told(node: dict[str, Any]) -> list[str]:
    return [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
