"""The rules of accessibility, held against what a browser shows (axe-core, from an installed package)."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

_SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
# Of a standard, but off unless it is asked for.
_ASKED_FOR = ("target-size",)
_RUN = """({ standards, rules }) => axe.run(document, {
  runOnly: { type: "tag", values: standards },
  rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: true }])),
  resultTypes: ["violations"],
})"""


def violations(page: Page, exceptions: tuple[str, ...] = ()) -> list[str]:
    """What breaks WCAG 2.2 A or AA on `page`, a line for each element. `exceptions`: rules that are left out."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_SCRIPT)
    result = page.evaluate(_RUN, {"standards": STANDARDS, "rules": _ASKED_FOR})
    return [line for found in result["violations"] if found["id"] not in exceptions for line in _lines(found)]


def _lines(found: dict[str, Any]) -> list[str]:
    return [f"{found['id']}: {node['target'][0]}: {' '.join(_told(node))}" for node in found["nodes"]]


def _told(node: dict[str, Any]) -> list[str]:
    return [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
