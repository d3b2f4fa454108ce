"""What people were writing when their page was loaded anew. Kept in memory alone: a draft of an item names no pupil."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from phonics_app.pages.components.session import Session

MOST = 200
_kept: OrderedDict[tuple[str, str, str], dict[str, object]] = OrderedDict()
_lock = Lock()


def find(session: Session, source: str) -> dict[str, object]:
    """The fields that this person has written from `source`; empty where there are none."""
    with _lock:
        return dict(_kept.get(_key(session, source), {}))


def keep(session: Session, source: str, fields: Mapping[str, object]) -> None:
    """Keeps `fields` in place of what was kept before; the oldest drafts go when there are too many."""
    key = _key(session, source)
    with _lock:
        _kept.pop(key, None)
        if fields:
            _kept[key] = dict(fields)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def _key(session: Session, source: str) -> tuple[str, str, str]:
    return (str(session.phonics.settings.data_dir), session.actor.account_id, source)
