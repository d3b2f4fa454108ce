"""Sessions: a 256-bit token given to the browser, of which only the hash is stored."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from phonics_app.records.schema import session

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=30)
MOVE_ON = timedelta(minutes=1)
"""A session's end is moved on at most this often, or every request would write."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(connection: Connection, account_id: str, now: datetime) -> tuple[str, datetime]:
    """A new token and its expiry."""
    token = secrets.token_urlsafe(32)
    values = {"token_hash": _hash(token), "account_id": account_id, "created_at": now, "expires_at": now + IDLE}
    connection.execute(insert(session).values(values))
    return token, now + IDLE


def find_session(connection: Connection, token: str, now: datetime) -> tuple[str, bool] | None:
    """Account id, and whether it is time to `move_on`; None for an unknown or expired token."""
    row = connection.execute(select(session).where(session.c.token_hash == _hash(token))).one_or_none()
    if row is None or row.expires_at <= now or row.created_at + LONGEST <= now:
        return None
    return row.account_id, now + IDLE - row.expires_at >= MOVE_ON


def move_on(connection: Connection, token: str, now: datetime) -> None:
    changed = update(session).where(session.c.token_hash == _hash(token)).values(expires_at=now + IDLE)
    connection.execute(changed)


def end_session(connection: Connection, token: str) -> str | None:
    """Returns whose session it was, None for an unknown token."""
    account_id = connection.scalar(select(session.c.account_id).where(session.c.token_hash == _hash(token)))
    connection.execute(delete(session).where(session.c.token_hash == _hash(token)))
    return account_id


def end_sessions_of(connection: Connection, account_id: str, keep_token: str | None = None) -> None:
    """All of an account, but for the one named."""
    kept = session.c.token_hash != _hash(keep_token or "")
    connection.execute(delete(session).where(session.c.account_id == account_id, kept))


def end_all_sessions(connection: Connection) -> None:
    """Everybody signs in anew."""
    connection.execute(delete(session))


def forget_expired(connection: Connection, now: datetime) -> None:
    connection.execute(delete(session).where(session.c.expires_at <= now))
