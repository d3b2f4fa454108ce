"""Pupils' screens that go with a teacher's: who shows what to whom just now.

Kept in the memory of the process alone: what is shown is worth no disk, and after a restart the teacher's device, which
says every few seconds what is shown, brings its pair along again (`adopt`).
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from phonics_app.domain.class_sitting import CODE_DIGITS
from phonics_app.records import Store

CODE_LIFE = timedelta(minutes=10)
SILENT = timedelta(minutes=30)
"""So long after the last word of the teacher's device a pair is over."""
AWAY = timedelta(seconds=15)
"""So long after its last word the teacher's device counts as away, which is no reason to hide anything."""
LATELY = timedelta(seconds=12)
"""A pupil's screen that is well asks more often than this."""
_MOST = 500

Listener = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Words:
    """What a pupil is to see, line by line."""

    lines: tuple[tuple[str, ...], ...]
    passage: bool


@dataclass(slots=True)
class Pair:
    """A test and the screen beside it. Everything is changed under `LOCK`."""

    attempt_id: str
    account_id: str
    stimuli: Mapping[str, str]
    told_at: datetime
    code: str = ""
    code_until: datetime | None = None
    viewer: str = ""
    """Hash of the token of the screen that has joined."""
    heard_at: datetime | None = None
    words: Words | None = None
    ended: bool = False
    version: str = field(default_factory=lambda: secrets.token_hex(4))
    listeners: set[Listener] = field(default_factory=set)

    def change(self) -> None:
        """Whoever waits for a change is told; to be called after it."""
        self.version = secrets.token_hex(4)
        for listener in tuple(self.listeners):
            listener()


LOCK = threading.RLock()
_pairs: dict[tuple[str, str], Pair] = {}


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _site(store: Store) -> str:
    return str(store.engine.url)


def find(store: Store, attempt_id: str) -> Pair | None:
    return _pairs.get((_site(store), attempt_id))


def add(store: Store, pair: Pair) -> Pair:
    """Keeps it; the one that was heard of least lately goes where there are too many."""
    forget_silent(pair.told_at)
    if len(_pairs) >= _MOST:
        del _pairs[min(_pairs, key=lambda key: _pairs[key].told_at)]
    _pairs[_site(store), pair.attempt_id] = pair
    return pair


def forget_silent(now: datetime) -> None:
    for key in [key for key, pair in _pairs.items() if now - pair.told_at > SILENT]:
        _pairs.pop(key).change()


def new_code(store: Store, pair: Pair, now: datetime) -> None:
    """Six digits that no pair of this site has; the screen that has joined stays until another one joins by them."""
    taken = {each.code for (site, _), each in _pairs.items() if site == _site(store)}
    while not pair.code or pair.code in taken:
        pair.code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    pair.code_until = now + CODE_LIFE


def of_code(store: Store, code: str, now: datetime) -> Pair | None:
    """The pair that this code opens now; a code is good for one screen."""
    for (site, _), pair in _pairs.items():
        if site == _site(store) and code and pair.code == code and pair.code_until and now < pair.code_until:
            return None if pair.ended else pair
    return None


def of_viewer(store: Store, token: str) -> Pair | None:
    hashed = hash_of(token)
    return next((p for (site, _), p in _pairs.items() if site == _site(store) and p.viewer == hashed), None)


def end(store: Store, attempt_id: str) -> None:
    """The test is over: nothing is shown any more, and no code leads there."""
    with LOCK:
        pair = find(store, attempt_id)
        if pair is not None and not pair.ended:
            pair.words, pair.ended, pair.code = None, True, ""
            pair.change()


def silence(store: Store, listener: Listener) -> None:
    """The listener is called no more, whichever pair it listened to."""
    with LOCK:
        for (site, _), pair in _pairs.items():
            if site == _site(store):
                pair.listeners.discard(listener)
