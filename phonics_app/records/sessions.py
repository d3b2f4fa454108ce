"""Sessions: a 256-bit token given to the browser, of which only the hash is stored."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import Connection, delete, insert, select, update

from phonics_app.records.schema import session

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=30)
ID_LENGTH = 16
_LENGTH = 100
MOVE_ON = timedelta(minutes=1)
"""A session's end is moved on at most this often, or every request would write."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A live session as its owner sees it; `id` is good for ending it, and for nothing else."""

    id: str
    began: datetime
    last_used: datetime
    """To the minute."""
    device: str
    address: str
    this: bool
    """The one in which the list is looked at."""


def start_session(
    connection: Connection, account_id: str, now: datetime, device: str = "", address: str = ""
) -> tuple[str, datetime]:
    """A new token and its expiry."""
    token = secrets.token_urlsafe(32)
    values = {"token_hash": _hash(token), "account_id": account_id, "created_at": now, "expires_at": now + IDLE}
    where = {"device": device[:_LENGTH], "address": coarse(address)}
    connection.execute(insert(session).values(**values, **where))
    return token, now + IDLE


def coarse(address: str) -> str:
    """The network of an address, without the device's own number: 192.168.1.0/24; "" for what is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))


def sessions_of(connection: Connection, account_id: str, now: datetime, token: str) -> tuple[StoredSession, ...]:
    """The live ones, the one used last first; of those used at the same moment the newest."""
    c = session.c
    live = (c.account_id == account_id) & (c.expires_at > now) & (c.created_at > now - LONGEST)
    order = (c.expires_at.desc(), c.created_at.desc(), c.token_hash)
    rows = connection.execute(select(session).where(live).order_by(*order))
    return tuple(
        StoredSession(
            row.token_hash[:ID_LENGTH],
            row.created_at,
            row.expires_at - IDLE,
            row.device,
            row.address,
            row.token_hash == _hash(token),
        )
        for row in rows
    )


def end_session_of(connection: Connection, account_id: str, session_id: str) -> bool:
    """Whether there was such a session of this account."""
    if len(session_id) != ID_LENGTH:
        return False
    here = session.c.token_hash.startswith(session_id, autoescape=True) & (session.c.account_id == account_id)
    return connection.execute(delete(session).where(here)).rowcount > 0


def find_session(connection: Connection, token: str, now: datetime) -> tuple[str, bool] | None:
    """Account id, and whether it is time to `move_on`; None for an unknown or expired token."""
    row = connection.execute(select(session).where(session.c.token_hash == _hash(token))).one_or_none()
    if row is None or row.expires_at <= now or row.created_at + LONGEST <= now:
        return None
    if row.expires_at > now + IDLE + MOVE_ON:
        return None  # begun while the clock was ahead: it would last for as long as that was
    return row.account_id, now + IDLE - row.expires_at >= MOVE_ON


def move_on(connection: Connection, token: str, now: datetime) -> None:
    changed = update(session).where(session.c.token_hash == _hash(token)).values(expires_at=now + IDLE)
    connection.execute(changed)


def end_session(connection: Connection, token: str) -> str | None:
    """Returns whose session it was, None for an unknown token."""
    account_id = connection.scalar(select(session.c.account_id).where(session.c.token_hash == _hash(token)))
    connection.execute(delete(session).where(session.c.token_hash == _hash(token)))
    return account_id


def end_sessions_of(connection: Connection, account_id: str, keep_token: str | None = None) -> int:
    """All of an account, but for the one named; how many."""
    kept = session.c.token_hash != _hash(keep_token or "")
    return connection.execute(delete(session).where(session.c.account_id == account_id, kept)).rowcount


def end_all_sessions(connection: Connection) -> None:
    """Everybody signs in anew."""
    connection.execute(delete(session))


def forget_expired(connection: Connection, now: datetime) -> None:
    connection.execute(delete(session).where(session.c.expires_at <= now))
