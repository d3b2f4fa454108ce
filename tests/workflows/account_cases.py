"""The lines of `use_cases` that are about accounts and their sessions."""

from phonics_app.domain.account import Actor, Grant, Role
from phonics_app.records.invitations import LIFE, Invitation, insert_invitation
from phonics_app.workflows import accounts, invitation_print, invitations, lists, own_sessions
from phonics_app.workflows.context import Phonics
from tests import sites

_MANAGE = "all - - - - -"
ADMINISTRATOR = (Grant(Role.ADMINISTRATOR),)

_INVITE = "all - own - - -"


def teacher_of(school: str) -> invitations.Invitee:
    return invitations.Invitee("ครูใหม่", "", (Grant(Role.TEACHER, school),))


def invitation_at(school: str) -> Invitation:
    """Of a teacher, the same in every site."""
    grants = teacher_of(school).grants
    return Invitation(f"1{school[1:]}", "ครูใหม่", "", grants, "system", sites.START, sites.START + LIFE)


def invitation_made(phonics: Phonics, school: str) -> None:
    with phonics.store.write() as connection:
        insert_invitation(connection, invitation_at(school), school)


def printed(phonics: Phonics, actor: Actor, school: str) -> bytes:
    made = (invitations.NewInvitation(invitation_at(school), "2222-2222-2222"),)
    return invitation_print.print_invitations(phonics, actor, made, "http://site.example", "th")


ACCOUNT_CASES = {
    invitations.invite: (_INVITE, lambda p, a, w: invitations.invite(p, a, [teacher_of(w.school)])),
    invitations.page_of_invitations: (_INVITE, lambda p, a, w: invitations.page_of_invitations(p, a, w.school)),
    invitations.withdraw_invitation: (
        _INVITE,
        lambda p, a, w: invitations.withdraw_invitation(p, a, invitation_at(w.school).id),
    ),
    invitation_print.print_invitations: (_INVITE, lambda p, a, w: printed(p, a, w.school)),
    lists.page_of_accounts: (_MANAGE, lambda p, a, w: lists.page_of_accounts(p, a)),
    accounts.list_accounts: (_MANAGE, lambda p, a, w: accounts.list_accounts(p, a)),
    accounts.find_account: (_MANAGE, lambda p, a, w: accounts.find_account(p, a, "teacher")),
    accounts.create_account: (
        _MANAGE,
        lambda p, a, w: accounts.create_account(p, a, "new.name", "ชื่อใหม่", sites.PASSWORD, ADMINISTRATOR),
    ),
    accounts.change_grants: (_MANAGE, lambda p, a, w: accounts.change_grants(p, a, "other_director", ADMINISTRATOR)),
    accounts.set_disabled: (_MANAGE, lambda p, a, w: accounts.set_disabled(p, a, "other_director", True)),
    accounts.set_password: (_MANAGE, lambda p, a, w: accounts.set_password(p, a, "other_director", "ลำไย-8-กิ่ง-เขียว")),
    own_sessions.end_sessions: (_MANAGE, lambda p, a, w: own_sessions.end_sessions(p, a, "other_director")),
}
