"""Sign-in, sessions and accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from phonics_app.domain.account import Account, Actor, Grant
from phonics_app.workflows.context import Phonics


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session. `token` goes into the HttpOnly cookie; only its hash is stored."""

    token: str
    actor: Actor
    expires: datetime


def sign_in(phonics: Phonics, username: str, password: str, address: str) -> SignedIn:
    """Raises `NotAllowed` "sign_in.wrong" or "sign_in.throttled" (data: seconds to wait)."""
    raise NotImplementedError


def demonstration_sign_in(phonics: Phonics, account_id: str) -> SignedIn:
    """Enters a DEMONSTRATION site as one of its accounts without a password; `NotAllowed` on any other site."""
    raise NotImplementedError


def demonstration_accounts(phonics: Phonics) -> tuple[Account, ...]:
    """The accounts offered on the sign-in page of a DEMONSTRATION site; empty on any other."""
    raise NotImplementedError


def sign_out(phonics: Phonics, token: str) -> None:
    raise NotImplementedError


def actor_of(phonics: Phonics, token: str | None) -> Actor | None:
    """The actor of a live session, or None. Using a session moves its expiry on."""
    raise NotImplementedError


def list_accounts(phonics: Phonics, actor: Actor) -> tuple[Account, ...]:
    raise NotImplementedError


def create_account(
    phonics: Phonics, actor: Actor, username: str, display_name: str, password: str, grants: tuple[Grant, ...]
) -> Account:
    """`ProblemsFound` for a taken or bad username, a short or common password, a grant without its school."""
    raise NotImplementedError


def change_grants(phonics: Phonics, actor: Actor, account_id: str, grants: tuple[Grant, ...]) -> Account:
    """The last administrator can't lose that role (`Conflict` "account.last_administrator")."""
    raise NotImplementedError


def set_disabled(phonics: Phonics, actor: Actor, account_id: str, disabled: bool) -> Account:
    """Disabling ends the account's sessions. The last administrator can't be disabled."""
    raise NotImplementedError


def set_password(phonics: Phonics, actor: Actor, account_id: str, password: str) -> None:
    """By an administrator for any account, by anyone for his own. Ends the account's other sessions."""
    raise NotImplementedError
