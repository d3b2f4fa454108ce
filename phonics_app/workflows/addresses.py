"""The addresses of the pages: `pages` makes them, `web` tells a mistyped one from a page."""

from __future__ import annotations

PAGE_ADDRESSES = frozenset(
    {
        "",
        "class",
        "pupils",
        "pupil-data",
        "roster",
        "level-classes",
        "merge",
        "transfers",
        "year-turn",
        "tests",
        "history",
        "result",
        "words",
        "dashboard",
        "network",
        "onet",
        "oneroster",
        "exports",
        "rubrics",
        "levels",
        "item-bank",
        "item-analysis",
        "item-editor",
        "forms",
        "passages",
        "simulation",
        "recording-studio",
        "accounts",
        "schools",
        "calibrations",
        "maintenance",
        "research-export",
        "audit",
        "lawful-basis",
        "privacy",
        "retention",
        "my-account",
    }
)
"""Without the slash in front; "" is the start page."""


def is_page(path: str) -> bool:
    """Whether there is a page at `path` ("/class", "/class/")."""
    return path.strip("/") in PAGE_ADDRESSES
