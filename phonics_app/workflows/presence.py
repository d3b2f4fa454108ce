"""Which devices were heard of lately. Kept in the memory of the process: a beat every few seconds is worth no disk."""

from __future__ import annotations

from datetime import datetime, timedelta

from phonics_app.records import Store

LATELY = timedelta(seconds=25)
"""A device that is well asks more often than this."""
_heard: dict[tuple[str, str, int], datetime] = {}
_MOST = 20_000


def note(store: Store, sitting_id: str, number: int, now: datetime) -> None:
    """A device of this seat has just asked for something."""
    if len(_heard) >= _MOST:
        _heard.clear()
    _heard[_key(store, sitting_id, number)] = now


def is_there(store: Store, sitting_id: str, number: int, now: datetime) -> bool:
    """Whether the seat's device was heard of lately."""
    last = _heard.get(_key(store, sitting_id, number))
    return last is not None and now - last < LATELY


def forget(store: Store, sitting_id: str, number: int) -> None:
    _heard.pop(_key(store, sitting_id, number), None)


def _key(store: Store, sitting_id: str, number: int) -> tuple[str, str, int]:
    return (str(store.engine.url), sitting_id, number)
