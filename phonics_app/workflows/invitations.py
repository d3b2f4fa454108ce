"""Invitations: somebody is named and given his roles, and makes the account himself with a code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from phonics_app.domain.account import SYSTEM, Account, Actor, Grant, Role
from phonics_app.domain.errors import NotAllowed, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.paging import FIRST, Page, Wanted
from phonics_app.records import accounts as stored
from phonics_app.records import audit, guesses, passwords
from phonics_app.records import invitations as records
from phonics_app.records.account_rules import (
    account_problems,
    display_name_problems,
    grant_problems,
    normal_username,
    username_problems,
)
from phonics_app.records.invitations import Invitation
from phonics_app.records.schools import list_schools, school_names
from phonics_app.records.writing import searched, squeezed
from phonics_app.workflows.accounts import SignedIn, begin_session
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, allows, require

__all__ = ["Invitation", "Invitee", "NewInvitation"]

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Invitee:
    """Who is invited: a name, the username proposed (or ""), and what the account may do."""

    display_name: str
    username: str
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """`code` is told this once; only its hash is kept."""

    invitation: Invitation
    code: str


def invite(phonics: Phonics, actor: Actor, invitees: Sequence[Invitee]) -> tuple[NewInvitation, ...]:
    """Makes an invitation for each, all or none. `ProblemsFound` with the rows of what is wrong.

    MANAGE_SITE; INVITE_TEACHERS is enough for teachers of that school.
    """
    for one in invitees:
        require_inviting(actor, one.grants)
    invitees = [
        Invitee(squeezed(one.display_name), normal_username(one.username), tuple(one.grants)) for one in invitees
    ]
    now, made = phonics.now(), []
    with phonics.store.write() as connection:
        records.forget_expired(connection, now)
        if problems := _problems(connection, invitees):
            raise ProblemsFound(problems)
        for one in invitees:
            kept = Invitation(
                phonics.new_id(), one.display_name, one.username, one.grants, actor.account_id, now, now + records.LIFE
            )
            made.append(NewInvitation(kept, records.new_code()))
            records.insert_invitation(connection, kept, made[-1].code)
            audit.record(connection, now, actor.account_id, "invitation.made", kept.id)
    return tuple(made)


def _problems(connection: Connection, invitees: Sequence[Invitee]) -> list[Problem]:
    problems = []
    if not 1 <= len(invitees) <= MOST_AT_ONCE:
        problems.append(Problem("invitation.number", value=str(len(invitees)), expected=f"1–{MOST_AT_ONCE}"))
    schools = {school.id for school in list_schools(connection, include_archived=True)}
    for row, one in enumerate(invitees[:MOST_AT_ONCE], start=1):
        found = display_name_problems(one.display_name) + grant_problems(one.grants, schools)
        if one.username:
            found += username_problems(one.username)
            if stored.find_by_username(connection, one.username) is not None:
                found.append(Problem("account.username_taken", Place(column="username"), one.username))
        problems += [Problem(p.code, Place(row=row, column=p.place.column), p.value, p.expected) for p in found]
    return problems


def require_inviting(actor: Actor, grants: Sequence[Grant]) -> None:
    """Whether the actor may invite somebody to these roles, and withdraw such an invitation."""
    schools = {grant.school_id for grant in grants if grant.role is Role.TEACHER}
    if not grants or None in schools or any(grant.role is not Role.TEACHER for grant in grants):
        require(actor, Action.MANAGE_SITE)
    for school_id in schools:
        require(actor, Action.INVITE_TEACHERS, school_id)


def _judged(connection: Connection, found: Iterable[Invitation]) -> tuple[Invitation, ...]:
    """The same, each with whether whoever gave it may still give it: his rights now are what counts."""
    givers: dict[str, Account | None] = {}
    judged = []
    for one in found:
        if one.created_by not in givers:
            givers[one.created_by] = stored.find_account(connection, one.created_by)
        giver = givers[one.created_by]
        holds = one.created_by == SYSTEM.account_id or (giver is not None and _may_give(giver, one.grants))
        judged.append(one if holds else replace(one, void_by=giver.display_name if giver else one.created_by))
    return tuple(judged)


def _may_give(giver: Account, grants: Sequence[Grant]) -> bool:
    try:
        require_inviting(Actor(giver.id, giver.display_name, giver.grants), grants)
    except NotAllowed:
        return False
    return not giver.disabled


def _refuse_void(connection: Connection, found: Invitation) -> None:
    """`NotAllowed` "invitation.void", or "invitation.void_of_teacher" for one that a director could give anew."""
    (judged,) = _judged(connection, [found])
    if judged.void_by:
        of_teacher = all(grant.role is Role.TEACHER for grant in found.grants)
        raise NotAllowed("invitation.void_of_teacher" if of_teacher else "invitation.void", {"name": judged.void_by})


def page_of_invitations(
    phonics: Phonics, actor: Actor, school_id: str | None = None, search: str = "", wanted: Wanted = FIRST
) -> Page[Invitation]:
    """Those that are open, the newest first; `void_by` tells which let nobody in any more. MANAGE_SITE.

    With a school those of its teachers alone, who are no others' as well: INVITE_TEACHERS there.
    """
    require(actor, Action.MANAGE_SITE if school_id is None else Action.INVITE_TEACHERS, school_id)
    with phonics.store.read() as connection:
        found = records.page_of_invitations(connection, phonics.now(), searched(search), school_id, wanted)
        return replace(found, rows=_judged(connection, found.rows))


def withdraw_invitation(phonics: Phonics, actor: Actor, invitation_id: str) -> None:
    """Its code is good for nothing from then on. Who may invite so may withdraw; `NotFound` "invitation.unknown"."""
    with phonics.store.write() as connection:
        found = records.find_invitation(connection, invitation_id)
        if found is None:
            if not allows(actor, Action.INVITE_TEACHERS):
                require(actor, Action.MANAGE_SITE)
            raise NotFound("invitation.unknown")
        require_inviting(actor, found.grants)
        records.delete_invitation(connection, invitation_id)
        audit.record(connection, phonics.now(), actor.account_id, "invitation.withdrawn", invitation_id)


def link_of(address: str, code: str) -> str:
    return f"{address}/auth/invitation?code={code}"


def look_at_invitation(phonics: Phonics, code: str, address: str) -> Invitation:
    """What the code opens. `NotFound` "invitation.unknown"; `NotAllowed` "self_run.throttled": wrong ones are counted
    by address; "invitation.void", "invitation.void_of_teacher": who gave it may not do so any more."""
    now, at = phonics.now(), f"invite {address}"
    with phonics.store.write() as connection:
        guesses.forget_old(connection, now)
        if wait := guesses.seconds_of_address(connection, at, now):
            raise NotAllowed("self_run.throttled", {"minutes": -(-wait // 60)})
        found = records.invitation_of_code(connection, code, now)
        if found is None:
            guesses.note_guess(connection, "", at, now)
        else:
            _refuse_void(connection, found)
    if found is None:
        raise NotFound("invitation.unknown")
    return found


def accept_invitation(
    phonics: Phonics, code: str, username: str, password: str, again: str, address: str, device: str = ""
) -> SignedIn:
    """Makes the account with a password that only its owner knows, once, and signs in.

    As `look_at_invitation`, and `ProblemsFound` for a taken or bad username or a password that won't do.
    """
    opened = look_at_invitation(phonics, code, address)
    username = normal_username(username)
    with phonics.store.read() as connection:
        problems = account_problems(username, opened.display_name, password, school_names(connection))
    if password != again:
        problems.append(Problem("account.passwords_differ", Place(column="password")))
    password_hash = "" if problems else passwords.hash_password(password)
    with phonics.store.write() as connection:
        now = phonics.now()
        # Looked at again: two may use it at the same moment, or it may have been withdrawn or made void meanwhile.
        if records.invitation_of_code(connection, code, now) is None:
            raise NotFound("invitation.unknown")
        _refuse_void(connection, opened)
        if stored.find_by_username(connection, username) is not None:
            problems.append(Problem("account.username_taken", Place(column="username"), username))
        problems += grant_problems(opened.grants, {s.id for s in list_schools(connection, include_archived=True)})
        if problems:
            raise ProblemsFound(problems)
        account = Account(phonics.new_id(), username, opened.display_name, opened.grants, created_at=now)
        stored.insert_account(connection, account, password_hash)
        records.delete_invitation(connection, opened.id)
        audit.record(connection, now, account.id, "invitation.accepted", opened.id)
    # Not by the password: others at this address may have mistyped theirs, and the code is used up.
    return begin_session(phonics, account.id, None, device, address)
