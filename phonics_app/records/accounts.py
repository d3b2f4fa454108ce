"""Accounts and their grants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, true, update

from phonics_app.domain.account import Account, Grant, Role
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom
from phonics_app.records.schema import account, account_grant, credential

PASSWORD = "password"
"""The kind of credential."""


def insert_account(connection: Connection, new: Account, password_hash: str, *, temporary: bool = False) -> None:
    """`new.created_at` is required. `temporary`: the person has to choose a password of his own first."""
    assert new.created_at is not None
    values = {
        "id": new.id,
        "username": new.username,
        "display_name": new.display_name,
        "disabled": new.disabled,
        "created_at": new.created_at,
        "last_sign_in": new.last_sign_in,
    }
    connection.execute(insert(account).values(values))
    _insert_grants(connection, new.id, new.grants)
    if password_hash:
        set_password_hash(connection, new.id, password_hash, new.created_at, temporary=temporary)


def _insert_grants(connection: Connection, account_id: str, grants: Iterable[Grant]) -> None:
    rows = [
        {"account_id": account_id, "role": g.role.value, "school_id": g.school_id, "classrooms": classroom_codes(g)}
        for g in dict.fromkeys(grants)
    ]
    if rows:
        connection.execute(insert(account_grant), rows)


def classroom_codes(grant: Grant) -> list[list[object]] | None:
    """[[year, grade, room], …], as they are stored; None for the whole school."""
    if grant.classrooms is None:
        return None
    return [[c.year, c.grade.value, c.room] for c in grant.classrooms]


def _grant(row: Row[Any]) -> Grant:
    rooms = row.classrooms
    classrooms = None if rooms is None else tuple(Classroom(year, Grade(grade), room) for year, grade, room in rooms)
    return Grant(Role(row.role), row.school_id, classrooms)


def set_grants(connection: Connection, account_id: str, grants: Iterable[Grant]) -> None:
    """Replaces all grants of the account."""
    connection.execute(delete(account_grant).where(account_grant.c.account_id == account_id))
    _insert_grants(connection, account_id, grants)


def list_accounts(connection: Connection) -> tuple[Account, ...]:
    """All, disabled ones too, by username."""
    return accounts_where(connection, true())


def find_account(connection: Connection, account_id: str) -> Account | None:
    return next(iter(accounts_where(connection, account.c.id == account_id)), None)


def find_by_username(connection: Connection, username: str) -> Account | None:
    """`username` in its normal form."""
    return next(iter(accounts_where(connection, account.c.username == username)), None)


def accounts_where(connection: Connection, condition: ColumnElement[bool]) -> tuple[Account, ...]:
    """By username, with their grants."""
    rows = connection.execute(select(account).where(condition).order_by(account.c.username)).all()
    granted = account_grant.c.account_id.in_(select(account.c.id).where(condition))
    grants: dict[str, list[Grant]] = defaultdict(list)
    for row in connection.execute(select(account_grant).where(granted).order_by(account_grant.c.key)):
        grants[row.account_id].append(_grant(row))
    return tuple(_account(row, tuple(grants[row.id])) for row in rows)


def _account(row: Row[Any], grants: tuple[Grant, ...]) -> Account:
    return Account(row.id, row.username, row.display_name, grants, row.disabled, row.created_at, row.last_sign_in)


def password_hash_of(connection: Connection, account_id: str) -> str | None:
    return connection.scalar(select(credential.c.secret_hash).where(_password(account_id)))


def has_temporary_password(connection: Connection, account_id: str) -> bool:
    return bool(connection.scalar(select(credential.c.temporary).where(_password(account_id))))


def renew_password_hash(connection: Connection, account_id: str, password_hash: str) -> None:
    """The same password, hashed with today's parameters."""
    connection.execute(update(credential).where(_password(account_id)).values(secret_hash=password_hash))


def set_password_hash(
    connection: Connection, account_id: str, password_hash: str, at: datetime, *, temporary: bool = False
) -> None:
    """A new password; an empty hash: none at all."""
    connection.execute(delete(credential).where(_password(account_id)))
    if password_hash:
        whose = {"kind": PASSWORD, "subject": account_id, "account_id": account_id}
        made = {"secret_hash": password_hash, "temporary": temporary, "set_at": at}
        connection.execute(insert(credential).values(**whose, **made))


def _password(account_id: str) -> ColumnElement[bool]:
    return (credential.c.kind == PASSWORD) & (credential.c.subject == account_id)


def set_disabled(connection: Connection, account_id: str, disabled: bool) -> None:
    connection.execute(update(account).where(account.c.id == account_id).values(disabled=disabled))


def set_last_sign_in(connection: Connection, account_id: str, at: datetime) -> None:
    connection.execute(update(account).where(account.c.id == account_id).values(last_sign_in=at))


def count_administrators(connection: Connection, without: str) -> int:
    """Accounts beside `without` that can sign in as administrator."""
    administrates = (account_grant.c.role == Role.ADMINISTRATOR.value) & account.c.disabled.is_(False)
    query = select(func.count(func.distinct(account.c.id))).join_from(account, account_grant)
    return connection.scalar(query.where(administrates, account.c.id != without)) or 0
