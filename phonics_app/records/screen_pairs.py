"""Pupils' screens that go with a teacher's: who shows what to whom just now.

A row is there while somebody looks at it, whichever process he asks; what is shown is replaced and never kept.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from phonics_app.domain.class_sitting import CODE_DIGITS
from phonics_app.records.schema import screen_pair

CODE_LIFE = timedelta(minutes=10)
SILENT = timedelta(minutes=30)
"""So long after the last word of the teacher's device a pair is over."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a pupil is to see, line by line."""

    lines: tuple[tuple[str, ...], ...]
    passage: bool


def new_version() -> str:
    return secrets.token_hex(4)


@dataclass(frozen=True, slots=True)
class Pair:
    """A test and the screen beside it. `version` is another one after every change of what the screen is told."""

    attempt_key: int
    told_at: datetime
    """When the teacher's device was heard of last, to a few seconds."""
    code: str = ""
    code_until: datetime | None = None
    viewer: str = ""
    """Hash of the token of the screen that has joined."""
    heard_at: datetime | None = None
    """When that screen was heard of last, to a few seconds; None once it has hung up."""
    words: Words | None = None
    ended: bool = False
    version: str = field(default_factory=new_version)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find(connection: Connection, attempt_key: int) -> Pair | None:
    return _one(connection, screen_pair.c.attempt_key == attempt_key)


def of_code(connection: Connection, code: str, now: datetime) -> Pair | None:
    """The pair that this code opens now; a code is good for one screen."""
    pair = _one(connection, screen_pair.c.code == code) if code else None
    holds = pair is not None and not pair.ended and pair.code_until is not None and now < pair.code_until
    return pair if holds else None


def of_viewer(connection: Connection, token: str) -> Pair | None:
    return _one(connection, screen_pair.c.viewer == hash_of(token))


def _one(connection: Connection, which: ColumnElement[bool]) -> Pair | None:
    row = connection.execute(select(screen_pair).where(which).order_by(screen_pair.c.told_at.desc())).first()
    return None if row is None else _pair(row)


def _pair(row: Row[Any]) -> Pair:
    words = None
    if row.words is not None:
        words = Words(tuple(tuple(line) for line in row.words["lines"]), row.words["passage"])
    return Pair(
        row.attempt_key,
        row.told_at,
        row.code,
        row.code_until,
        row.viewer,
        row.heard_at,
        words,
        bool(row.ended),
        row.version,
    )


def save(connection: Connection, pair: Pair) -> None:
    """In place of what is stored of this test's pair, if anything is."""
    words = None if pair.words is None else {"lines": pair.words.lines, "passage": pair.words.passage}
    values = {
        "told_at": pair.told_at,
        "code": pair.code,
        "code_until": pair.code_until,
        "viewer": pair.viewer,
        "heard_at": pair.heard_at,
        "words": words,
        "ended": pair.ended,
        "version": pair.version,
    }
    here = screen_pair.c.attempt_key == pair.attempt_key
    if connection.execute(update(screen_pair).where(here).values(values)).rowcount == 0:
        connection.execute(insert(screen_pair).values(attempt_key=pair.attempt_key, **values))


def free_code(connection: Connection) -> str:
    """Six digits that no pair has."""
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        if _one(connection, screen_pair.c.code == code) is None:
            return code


def note_heard(connection: Connection, viewer: str, now: datetime) -> None:
    """The screen of this hash has just asked."""
    connection.execute(update(screen_pair).where(screen_pair.c.viewer == viewer).values(heard_at=now))


def note_gone(connection: Connection, viewer: str, since: datetime) -> None:
    """The screen has hung up on what it asked at `since`, and has not asked anything later, of any process."""
    here = (screen_pair.c.viewer == viewer) & (screen_pair.c.heard_at <= since)
    connection.execute(update(screen_pair).where(here).values(heard_at=None))


def end(connection: Connection, attempt_key: int) -> None:
    """The test is over: nothing is shown any more, and no code leads there."""
    here = (screen_pair.c.attempt_key == attempt_key) & screen_pair.c.ended.is_(False)
    over = {"words": None, "ended": True, "code": "", "version": new_version()}
    connection.execute(update(screen_pair).where(here).values(over))


def forget_silent(connection: Connection, now: datetime) -> None:
    connection.execute(delete(screen_pair).where(screen_pair.c.told_at < now - SILENT))


def versions(connection: Connection, viewers: Collection[str]) -> dict[str, str]:
    """Hash of a screen's token → the version that it would be told now; without those that were let go."""
    c = screen_pair.c
    query = select(c.viewer, c.version).where(c.viewer.in_(viewers)).order_by(c.told_at)
    return {row.viewer: row.version for row in connection.execute(query)}
