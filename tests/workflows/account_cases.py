"""The lines of `use_cases` that are about accounts and their sessions."""

from contextlib import suppress

from phonics_app.domain.account import Actor, Grant, Role
from phonics_app.domain.errors import NotFound
from phonics_app.workflows import accounts, invitation_print, invitations, own_sessions
from phonics_app.workflows.context import Phonics
from tests import sites

_MANAGE = "all - - - - -"
ADMINISTRATOR = (Grant(Role.ADMINISTRATOR),)

INVITEE = invitations.Invitee("ครูใหม่", "", ADMINISTRATOR)


def withdrawn(phonics: Phonics, actor: Actor) -> None:
    """Where nobody is invited, whoever may ask is told so."""
    with suppress(NotFound):
        invitations.withdraw_invitation(phonics, actor, "1" * 32)


ACCOUNT_CASES = {
    invitations.invite: (_MANAGE, lambda p, a, w: invitations.invite(p, a, [INVITEE])),
    invitations.list_invitations: (_MANAGE, lambda p, a, w: invitations.list_invitations(p, a)),
    invitations.withdraw_invitation: (_MANAGE, lambda p, a, w: withdrawn(p, a)),
    invitation_print.print_invitations: (
        _MANAGE,
        lambda p, a, w: invitation_print.print_invitations(p, a, (), "http://site.example", "th"),
    ),
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
