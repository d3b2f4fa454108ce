"""Pupils' screens that wait for something else to be shown: whoever waits here is told, whichever process changed it.

What this process changes it tells at once. What others change, one thread finds out, which asks the database several
times a second while any screen waits: a screen that waits has no thread of its own.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from phonics_app.domain.errors import PhonicsError
from phonics_app.records import Store, screen_pairs

LOOK_EVERY_SECONDS = 0.15
"""A pupil hardly sees so short a delay between the teacher's touch and the next word."""
Listener = Callable[[], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Wait:
    site: str
    viewer: str
    seen: str


_lock = threading.Lock()
_waiting: dict[Listener, _Wait] = {}
_looking: set[str] = set()
"""Sites that a thread looks at."""


def _site(store: Store) -> str:
    return str(store.engine.url)


def wait(store: Store, viewer: str, seen: str, listener: Listener) -> None:
    """Has `listener` called once, from any thread, as soon as the screen would be told another version than `seen`."""
    site = _site(store)
    with _lock:
        _waiting[listener] = _Wait(site, viewer, seen)
        begins = site not in _looking
        _looking.add(site)
    if begins:
        threading.Thread(target=_look, args=(store,), name="pupils' screens", daemon=True).start()


def stop(listener: Listener) -> None:
    """It is called no more."""
    with _lock:
        _waiting.pop(listener, None)


def tell(store: Store, found: Mapping[str, str]) -> None:
    """`found`: version by screen. A screen that is not there any more is told by its absence in `_look`."""
    with _lock:
        site = _site(store)
        told = [
            listener
            for listener, one in _waiting.items()
            if one.site == site and found.get(one.viewer, one.seen) != one.seen
        ]
        for listener in told:
            del _waiting[listener]
    for listener in told:
        listener()


def _look(store: Store) -> None:
    """Until nobody waits at this site."""
    site = _site(store)
    while True:
        time.sleep(LOOK_EVERY_SECONDS)
        with _lock:
            viewers = {one.viewer for one in _waiting.values() if one.site == site}
            if not viewers:
                _looking.discard(site)
                return
        try:
            with store.read() as connection:
                found = screen_pairs.versions(connection, viewers)
        except (PhonicsError, SQLAlchemyError):
            # Each screen asks by itself again after a few seconds, and is told then what is wrong.
            _log.warning("what pupils' screens show could not be looked up", exc_info=True)
            continue
        tell(store, {viewer: found.get(viewer, "") for viewer in viewers})
