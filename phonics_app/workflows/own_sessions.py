"""One's own sessions and the first password of one's own; an administrator ends the sessions of others."""

from __future__ import annotations

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import NotAllowed, NotFound, Place, Problem, ProblemsFound
from phonics_app.records import accounts as stored
from phonics_app.records import audit, passwords, sessions
from phonics_app.records.schools import school_names
from phonics_app.records.sessions import StoredSession
from phonics_app.workflows.accounts import actor_of
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require

__all__ = ["StoredSession", "choose_password", "end_own_session", "end_sessions", "own_sessions"]


def own_sessions(phonics: Phonics, token: str | None) -> tuple[StoredSession, ...]:
    """Where the owner of the session with this token is signed in, the session used last first."""
    owner, now = _owner(phonics, token), phonics.now()
    with phonics.store.read() as connection:
        return sessions.sessions_of(connection, owner.account_id, now, token or "")


def end_own_session(phonics: Phonics, token: str | None, session_id: str | None = None) -> int:
    """Ends one of them, or (None) all but this one; how many. `NotFound` "session.unknown"."""
    owner = _owner(phonics, token)
    with phonics.store.write() as connection:
        if session_id is None:
            ended = sessions.end_sessions_of(connection, owner.account_id, token)
        elif not (ended := int(sessions.end_session_of(connection, owner.account_id, session_id))):
            raise NotFound("session.unknown")
        audit.record(
            connection, phonics.now(), owner.account_id, "account.sessions_ended", owner.account_id, sessions=ended
        )
    return ended


def end_sessions(phonics: Phonics, actor: Actor, account_id: str) -> int:
    """Ends all sessions of an account; how many. MANAGE_SITE; `NotFound` "account.unknown"."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.write() as connection:
        if stored.find_account(connection, account_id) is None:
            raise NotFound("account.unknown")
        ended = sessions.end_sessions_of(connection, account_id)
        audit.record(connection, phonics.now(), actor.account_id, "account.sessions_ended", account_id, sessions=ended)
    return ended


def choose_password(phonics: Phonics, token: str | None, password: str, again: str) -> None:
    """A password of one's own in place of the one that somebody else had typed; other sessions end.

    `ProblemsFound` for one that differs from `again`, is too short or common, or is the one that was there before;
    `NotAllowed` "account.password_is_own" where there is nothing to be chosen.
    """
    owner = _owner(phonics, token)
    if not owner.chooses_password:
        raise NotAllowed("account.password_is_own")
    with phonics.store.read() as connection:
        account, schools = stored.find_account(connection, owner.account_id), school_names(connection)
        before = stored.password_hash_of(connection, owner.account_id)
    names = () if account is None else (account.username, account.display_name)
    problems = passwords.password_problems(password, *names, schools=schools)
    _check(problems, before, password, again)
    password_hash = passwords.hash_password(password)
    with phonics.store.write() as connection:
        now = phonics.now()
        stored.set_password_hash(connection, owner.account_id, password_hash, now)
        sessions.end_sessions_of(connection, owner.account_id, token)
        audit.record(connection, now, owner.account_id, "account.password_chosen", owner.account_id)


def _check(problems: list[Problem], before: str | None, password: str, again: str) -> None:
    place = Place(column="password")
    if password != again:
        problems.append(Problem("account.passwords_differ", place))
    if not problems and passwords.is_right_password(before, password):
        problems.append(Problem("account.password_same", place))
    if problems:
        raise ProblemsFound(problems)


def _owner(phonics: Phonics, token: str | None) -> Actor:
    owner = actor_of(phonics, token)
    if owner is None:
        raise NotAllowed("session.missing")
    return owner
