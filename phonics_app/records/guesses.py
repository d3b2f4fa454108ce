"""Failed sign-ins, kept as long as they throttle further ones.

A guess is noted as a failure before the password is looked at and taken back when it was right: guesses
made at the same moment can't slip through together.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from phonics_app.records.schema import sign_in_failure

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5
PER_ADDRESS = 30
"""More than for one account: a whole school may share one address."""

_LENGTH = 100


def seconds_to_wait(
    connection: Connection, username: str, address: str, now: datetime, limit: int = PER_ACCOUNT
) -> int:
    """How long until the next guess is allowed for this account and address; 0: now."""
    of_account = sign_in_failure.c.username == username[:_LENGTH]
    return max(_wait(connection, of_account, limit, now), seconds_of_address(connection, address, now))


def seconds_of_address(connection: Connection, address: str, now: datetime, limit: int = PER_ADDRESS) -> int:
    """The same for the address alone, where there is no account to guess at."""
    return _wait(connection, sign_in_failure.c.address == address[:_LENGTH], limit, now)


def _wait(connection: Connection, whose: ColumnElement[bool], limit: int, now: datetime) -> int:
    """Until the failure `limit` back falls out of the window."""
    at = sign_in_failure.c.at
    query = select(at).where(whose, _lately(now)).order_by(at.desc()).offset(limit - 1).limit(1)
    since = connection.scalar(query)
    return 0 if since is None else max(1, math.ceil((since + WINDOW - now).total_seconds()))


def _lately(now: datetime) -> ColumnElement[bool]:
    """What was noted by a clock that was ahead, and has been set right since, counts no more."""
    return (sign_in_failure.c.at > now - WINDOW) & (sign_in_failure.c.at < now + WINDOW)


def note_guess(connection: Connection, username: str, address: str, now: datetime) -> None:
    values = {"username": username[:_LENGTH], "address": address[:_LENGTH], "at": now}
    connection.execute(insert(sign_in_failure).values(values))


def forgive(connection: Connection, username: str) -> None:
    """Forgets the failures of an account that has just signed in."""
    connection.execute(delete(sign_in_failure).where(sign_in_failure.c.username == username[:_LENGTH]))


def forget_old(connection: Connection, now: datetime) -> None:
    connection.execute(delete(sign_in_failure).where(~_lately(now)))
