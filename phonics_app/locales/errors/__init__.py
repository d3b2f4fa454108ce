"""English templates of coded errors: one module for each room, each with `MESSAGES`, merged here.

A template may name {value} and {expected} of a `Problem` and the keys of a `PhonicsError`'s data. The
place is put in front by `locales.messages`. Thai stands in the room's catalogue, under the same text.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache


@cache
def all_messages() -> dict[str, str]:
    """Error code → English template, of all rooms."""
    merged: dict[str, str] = {}
    for module in pkgutil.iter_modules(__path__):
        merged.update(importlib.import_module(f"{__name__}.{module.name}").MESSAGES)
    return merged
