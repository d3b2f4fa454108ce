"""Open invitations, by the hash of their code."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, String, cast, delete, func, insert, select

from phonics_app.domain import codec
from phonics_app.domain.account import Grant, Role
from phonics_app.domain.paging import Page, Wanted
from phonics_app.records.schema import invitation
from phonics_app.records.writing import plain_digits

LIFE = timedelta(days=14)
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without what is mistaken for something else on a printed card: 0 O, 1 I L, U V."""
_GROUPS, _GROUP = 3, 4


@dataclass(frozen=True, slots=True)
class Invitation:
    """`username`: what is proposed, or "". `void_by`: who gave it, where he may not give it any more; or ""."""

    id: str
    display_name: str
    username: str
    grants: tuple[Grant, ...]
    created_by: str
    created_at: datetime
    expires_at: datetime
    void_by: str = ""


def new_code() -> str:
    """Twelve characters in groups, 58 bits: "7KQ2-MX4P-9HRT"."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _hash(code: str) -> str:
    plain = "".join(sign for sign in plain_digits(code).upper() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def insert_invitation(connection: Connection, new: Invitation, code: str) -> None:
    values = {
        "id": new.id,
        "code_hash": _hash(code),
        "display_name": new.display_name,
        "username": new.username,
        "grants": codec.encode(new.grants),
        "created_by": new.created_by,
        "created_at": new.created_at,
        "expires_at": new.expires_at,
    }
    connection.execute(insert(invitation).values(values))


def page_of_invitations(
    connection: Connection, now: datetime, search: str, school_id: str | None, wanted: Wanted
) -> Page[Invitation]:
    """Open ones, the newest first. `search`: in the name; `school_id`: of teachers of that school and nobody else."""
    c = invitation.c
    found = (c.expires_at > now) & c.display_name.icontains(search, autoescape=True)
    query = select(invitation).where(found).order_by(c.created_at.desc(), c.display_name, c.id)
    if school_id is not None:
        # Roles are stored as a whole. A school invites few, and what is of others is left out before it is read.
        query = query.where(cast(c.grants, String).contains(school_id, autoescape=True))
        of_school = [one for one in map(_invitation, connection.execute(query)) if _is_of(one, school_id)]
        return Page.of(tuple(of_school[wanted.offset :][: wanted.limit]), wanted, len(of_school))
    total = connection.scalar(select(func.count()).select_from(invitation).where(found)) or 0
    rows = connection.execute(query.limit(wanted.limit).offset(wanted.offset))
    return Page.of(tuple(map(_invitation, rows)), wanted, total)


def _is_of(one: Invitation, school_id: str) -> bool:
    return all(grant.role is Role.TEACHER and grant.school_id == school_id for grant in one.grants)


def invitation_of_code(connection: Connection, code: str, now: datetime) -> Invitation | None:
    """The one that this code opens now."""
    query = select(invitation).where(invitation.c.code_hash == _hash(code), invitation.c.expires_at > now)
    row = connection.execute(query).one_or_none()
    return None if row is None else _invitation(row)


def find_invitation(connection: Connection, invitation_id: str) -> Invitation | None:
    row = connection.execute(select(invitation).where(invitation.c.id == invitation_id)).one_or_none()
    return None if row is None else _invitation(row)


def delete_invitation(connection: Connection, invitation_id: str) -> None:
    connection.execute(delete(invitation).where(invitation.c.id == invitation_id))


def forget_expired(connection: Connection, now: datetime) -> None:
    connection.execute(delete(invitation).where(invitation.c.expires_at <= now))


def _invitation(row: Row[Any]) -> Invitation:
    grants = tuple(codec.decode(Grant, grant) for grant in row.grants)
    return Invitation(row.id, row.display_name, row.username, grants, row.created_by, row.created_at, row.expires_at)
