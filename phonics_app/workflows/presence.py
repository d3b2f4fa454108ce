"""Which devices were heard of lately.

Each process keeps its own in memory, since devices ask every few seconds, and every few seconds writes all of them down
together, for the others: one small transaction, however many devices there are.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from threading import Lock

from phonics_app.domain.class_sitting import Seat
from phonics_app.domain.errors import PhonicsError
from phonics_app.records import Store, class_sittings

LATELY = timedelta(seconds=25)
"""A device that is well asks more often than this."""
SHARED_EVERY = timedelta(seconds=6)
"""A device asks every 10 seconds at the latest: what is written of it is never older than LATELY while it is well."""
_Key = tuple[str, int]
_lock = Lock()
_heard: dict[str, dict[_Key, datetime]] = {}
"""Of each site the seats whose devices have asked this process."""
_shared: dict[str, dict[_Key, datetime]] = {}
"""What of it has been written down."""
_due: set[str] = set()


def note(store: Store, seat: Seat, now: datetime) -> None:
    """The device of this seat has just asked for something."""
    site, key = str(store.engine.url), (seat.sitting_id, seat.number)
    with _lock:
        _heard.setdefault(site, {})[key] = now
        written = _shared.get(site, {}).get(key)
        if written is None or now - written >= SHARED_EVERY:
            _due.add(site)


def is_there(store: Store, seat: Seat, now: datetime) -> bool:
    """Whether the seat's device was heard of lately, by this process or another."""
    own = _heard.get(str(store.engine.url), {}).get((seat.sitting_id, seat.number))
    return any(at is not None and now - at < LATELY for at in (own, seat.heard_at))


def share(store: Store, now: datetime) -> None:
    """Writes down what this process has heard, if it is time to; to be called outside of a transaction."""
    site = str(store.engine.url)
    with _lock:
        if site not in _due:
            return
        _due.discard(site)
        lately = {key: at for key, at in _heard[site].items() if now - at < LATELY}
        known = _shared.get(site, {})
        news = {key: at for key, at in lately.items() if known.get(key) != at}
        _heard[site], _shared[site] = lately, dict(lately)
    # Nobody's answer has to fail over this: the next one who asks brings it along.
    with suppress(PhonicsError), store.write() as connection:
        class_sittings.note_heard(connection, news)
