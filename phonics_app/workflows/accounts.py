"""Sign-in, sessions and accounts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from phonics_app.domain.account import Account, Actor, Grant, Role
from phonics_app.domain.errors import Conflict, NotAllowed, NotFound, Place, Problem, ProblemsFound
from phonics_app.records import accounts as stored
from phonics_app.records import audit, guesses, passwords, sessions
from phonics_app.records.account_rules import account_problems, grant_problems, normal_username
from phonics_app.records.schools import list_schools, school_names
from phonics_app.records.writing import squeezed
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.setup import SiteState, site_state


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session. `token` goes into the HttpOnly cookie; only its hash is stored."""

    token: str
    actor: Actor
    expires: datetime


def sign_in(phonics: Phonics, username: str, password: str, address: str, device: str = "") -> SignedIn:
    """Raises `NotAllowed` "sign_in.wrong" or "sign_in.throttled" (data: seconds to wait).

    `device` is what the person recognises in the list of his sessions.
    """
    username = normal_username(username)
    account, password_hash = _begin_guess(phonics, username, address)
    right = passwords.is_right_password(password_hash, password)
    if account is None or account.disabled or not right:
        raise NotAllowed("sign_in.wrong")
    fresh = None
    if password_hash is not None and passwords.needs_new_hash(password_hash):
        fresh = passwords.hash_password(password)
    return begin_session(phonics, account.id, fresh, device, address)


def _begin_guess(phonics: Phonics, username: str, address: str) -> tuple[Account | None, str | None]:
    """Notes the guess; the account and its hash, where there is one."""
    now = phonics.now()
    with phonics.store.write() as connection:
        guesses.forget_old(connection, now)
        wait = guesses.seconds_to_wait(connection, username, address, now)
        if wait:
            raise NotAllowed("sign_in.throttled", {"seconds": wait, "minutes": -(-wait // 60)})
        guesses.note_guess(connection, username, address, now)
        account = stored.find_by_username(connection, username)
        return account, stored.password_hash_of(connection, account.id) if account else None


def begin_session(
    phonics: Phonics, account_id: str, fresh_hash: str | None = None, device: str = "", address: str = ""
) -> SignedIn:
    """For whoever has just shown that the account is his. `NotAllowed` "sign_in.wrong" where it is disabled."""
    now = phonics.now()
    with phonics.store.write() as connection:
        account = _existing(connection, account_id)
        # Looked at again: the account may have been disabled while the password was hashed.
        if account.disabled:
            raise NotAllowed("sign_in.wrong")
        guesses.forgive(connection, account.username)
        if fresh_hash is not None:
            stored.renew_password_hash(connection, account.id, fresh_hash)
        sessions.forget_expired(connection, now)
        token, expires = sessions.start_session(connection, account.id, now, device, address)
        stored.set_last_sign_in(connection, account.id, now)
        audit.record(connection, now, account.id, "account.signed_in", account.id)
        actor = _actor(account, stored.has_temporary_password(connection, account.id))
    return SignedIn(token, actor, expires)


def demonstration_sign_in(phonics: Phonics, account_id: str, address: str = "", device: str = "") -> SignedIn:
    """Enters a DEMONSTRATION site as one of its accounts without a password; `NotAllowed` on any other site."""
    if site_state(phonics) is not SiteState.DEMONSTRATION:
        raise NotAllowed("sign_in.demonstration_only")
    return begin_session(phonics, account_id, None, device, address)


def demonstration_accounts(phonics: Phonics) -> tuple[Account, ...]:
    """The accounts offered on the sign-in page of a DEMONSTRATION site; empty on any other."""
    if site_state(phonics) is not SiteState.DEMONSTRATION:
        return ()
    with phonics.store.read() as connection:
        return tuple(a for a in stored.list_accounts(connection) if not a.disabled)


def sign_out(phonics: Phonics, token: str) -> None:
    """Ends the session; an unknown token does nothing."""
    with phonics.store.write() as connection:
        account_id = sessions.end_session(connection, token)
        if account_id is not None:
            audit.record(connection, phonics.now(), account_id, "account.signed_out", account_id)


def actor_of(phonics: Phonics, token: str | None) -> Actor | None:
    """The actor of a live session, or None. Using a session moves its expiry on."""
    if not token:
        return None
    now = phonics.now()
    with phonics.store.read() as connection:
        found = sessions.find_session(connection, token, now)
        account = stored.find_account(connection, found[0]) if found else None
        temporary = account is not None and stored.has_temporary_password(connection, account.id)
    if found is None or account is None or account.disabled:
        return None
    if found[1]:
        with phonics.store.write() as connection:
            sessions.move_on(connection, token, now)
    return _actor(account, temporary)


def _actor(account: Account, temporary: bool) -> Actor:
    return Actor(account.id, account.display_name, account.grants, temporary)


def list_accounts(phonics: Phonics, actor: Actor) -> tuple[Account, ...]:
    """All accounts, disabled ones too, by username. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.read() as connection:
        return stored.list_accounts(connection)


def find_account(phonics: Phonics, actor: Actor, username: str) -> Account:
    """`NotFound` "account.unknown". MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.read() as connection:
        account = stored.find_by_username(connection, normal_username(username))
    if account is None:
        raise NotFound("account.unknown")
    return account


def create_account(
    phonics: Phonics, actor: Actor, username: str, display_name: str, password: str, grants: tuple[Grant, ...]
) -> Account:
    """`ProblemsFound` for a taken or bad username, a short or common password, a grant without its school.

    The password is good for signing in and choosing another.
    """
    require(actor, Action.MANAGE_SITE)
    username, display_name = normal_username(username), squeezed(display_name)
    with phonics.store.read() as connection:
        problems = account_problems(username, display_name, password, school_names(connection))
    new = Account(phonics.new_id(), username, display_name, grants, created_at=phonics.now())
    password_hash = "" if problems else passwords.hash_password(password)
    with phonics.store.write() as connection:
        problems += grant_problems(grants, _school_ids(connection))
        if stored.find_by_username(connection, username) is not None:
            problems.append(Problem("account.username_taken", Place(column="username"), username))
        if problems:
            raise ProblemsFound(problems)
        stored.insert_account(connection, new, password_hash, temporary=True)
        audit.record(connection, phonics.now(), actor.account_id, "account.created", new.id, grants=_codes(grants))
    return new


def change_grants(phonics: Phonics, actor: Actor, account_id: str, grants: tuple[Grant, ...]) -> Account:
    """The last administrator can't lose that role (`Conflict` "account.last_administrator")."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.write() as connection:
        account = _existing(connection, account_id)
        problems = grant_problems(grants, _school_ids(connection))
        if problems:
            raise ProblemsFound(problems)
        if not any(g.role is Role.ADMINISTRATOR for g in grants):
            _keep_an_administrator(connection, account)
        stored.set_grants(connection, account_id, grants)
        now = phonics.now()
        audit.record(connection, now, actor.account_id, "account.grants_changed", account_id, grants=_codes(grants))
    return replace(account, grants=grants)


def set_disabled(phonics: Phonics, actor: Actor, account_id: str, disabled: bool) -> Account:
    """Disabling ends the account's sessions. The last administrator can't be disabled."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.write() as connection:
        account = _existing(connection, account_id)
        if disabled:
            _keep_an_administrator(connection, account)
            sessions.end_sessions_of(connection, account_id)
        stored.set_disabled(connection, account_id, disabled)
        action = "account.disabled" if disabled else "account.enabled"
        audit.record(connection, phonics.now(), actor.account_id, action, account_id)
    return replace(account, disabled=disabled)


def set_password(
    phonics: Phonics,
    actor: Actor,
    account_id: str,
    password: str,
    keep_token: str | None = None,
    *,
    present: str = "",
) -> None:
    """By an administrator for any account, by anyone for his own. Ends the account's other sessions.

    What an administrator has set is good for signing in and choosing another.

    One's own needs the `present` password, so that a tablet left lying about gives no account away:
    `NotAllowed` "account.present_password_wrong" or, as at sign-in, "sign_in.throttled".
    `keep_token` is the session from which one changes one's own password.
    """
    own = actor.account_id == account_id
    if not own:
        require(actor, Action.MANAGE_SITE)
    with phonics.store.read() as connection:
        account, schools = _existing(connection, account_id), school_names(connection)
    problems = passwords.password_problems(password, account.username, account.display_name, schools=schools)
    if problems:
        raise ProblemsFound(problems)
    if own:
        _check_present_password(phonics, account, present)
    password_hash = passwords.hash_password(password)
    with phonics.store.write() as connection:
        stored.set_password_hash(connection, account_id, password_hash, phonics.now(), temporary=not own)
        sessions.end_sessions_of(connection, account_id, keep_token)
        guesses.forgive(connection, account.username)
        audit.record(connection, phonics.now(), actor.account_id, "account.password_set", account_id)


def _check_present_password(phonics: Phonics, account: Account, present: str) -> None:
    """Counts as a guess at the account, from an address of its own."""
    _found, password_hash = _begin_guess(phonics, account.username, account.id)
    if not passwords.is_right_password(password_hash, present):
        raise NotAllowed("account.present_password_wrong")


def _existing(connection: Connection, account_id: str) -> Account:
    account = stored.find_account(connection, account_id)
    if account is None:
        raise NotFound("account.unknown")
    return account


def _keep_an_administrator(connection: Connection, account: Account) -> None:
    holds_it = any(g.role is Role.ADMINISTRATOR for g in account.grants) and not account.disabled
    if holds_it and stored.count_administrators(connection, without=account.id) == 0:
        raise Conflict("account.last_administrator")


def _school_ids(connection: Connection) -> set[str]:
    return {school.id for school in list_schools(connection, include_archived=True)}


def _codes(grants: tuple[Grant, ...]) -> list[list[str]]:
    return [
        [g.role.value, g.school_id or "", *(["/".join(map(str, room)) for room in stored.classroom_codes(g) or ()])]
        for g in grants
    ]
