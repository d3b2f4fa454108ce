"""Accounts, page by page: filtered and counted in the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from phonics_app.domain.account import Account, Role
from phonics_app.domain.paging import Page, Wanted
from phonics_app.records.accounts import accounts_where
from phonics_app.records.schema import account, account_grant


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Which accounts; what is None or empty does not narrow them."""

    search: str = ""
    """In the name or the username."""
    role: Role | None = None
    school_id: str | None = None
    """Who has a role at that school; with `role`: that one there."""
    disabled: bool | None = None


def page_of_accounts(connection: Connection, chosen: AccountFilter, wanted: Wanted) -> Page[Account]:
    """By username."""
    found = _condition(chosen)
    total = connection.scalar(select(func.count()).select_from(account).where(found)) or 0
    shown = select(account.c.id).where(found).order_by(account.c.username).limit(wanted.limit).offset(wanted.offset)
    rows = accounts_where(connection, account.c.id.in_(connection.scalars(shown).all()))
    return Page.of(rows, wanted, total)


def _condition(chosen: AccountFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if chosen.search:
        named = account.c.display_name.icontains(chosen.search, autoescape=True)
        parts.append(named | account.c.username.icontains(chosen.search, autoescape=True))
    if chosen.disabled is not None:
        parts.append(account.c.disabled.is_(chosen.disabled))
    held: list[ColumnElement[bool]] = []
    if chosen.role is not None:
        held.append(account_grant.c.role == chosen.role.value)
    if chosen.school_id is not None:
        held.append(account_grant.c.school_id == chosen.school_id)
    if held:
        parts.append(account.c.id.in_(select(account_grant.c.account_id).where(*held)))
    return and_(*parts)
