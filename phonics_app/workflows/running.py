"""The one `Phonics` of this process, opened at first use and shared by the pages, the API and the player."""

from __future__ import annotations

import threading

from phonics_app.workflows.context import Phonics, open_phonics

_lock = threading.Lock()
_opened: list[Phonics] = []


def running_phonics() -> Phonics:
    """Opens the product once and returns it ever after; a failed opening is tried again at the next call."""
    if not _opened:
        with _lock:
            if not _opened:
                _opened.append(open_phonics())
    return _opened[0]
