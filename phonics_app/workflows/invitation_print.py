"""Invitations as cards on paper: apart from `invitations`, which sign-in needs before documents can be made."""

from __future__ import annotations

from collections.abc import Sequence

from phonics_app.domain.account import Actor
from phonics_app.reports.invitation_cards import InvitationCard, invitation_cards
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.invitations import NewInvitation, link_of, require_inviting
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today


def print_invitations(
    phonics: Phonics, actor: Actor, made: Sequence[NewInvitation], address: str, language: str
) -> bytes:
    """Cards to be cut out, as PDF: name, address, code and both as QR. Who may invite so may print.

    `address`: where the site is reached, as "http://192.168.1.20:8501".
    """
    if not made:
        require(actor, Action.MANAGE_SITE)
    for new in made:
        require_inviting(actor, new.invitation.grants)
    cards = [
        InvitationCard(new.invitation.display_name, new.code, link_of(address, new.code), new.invitation.expires_at)
        for new in made
    ]
    return invitation_cards(cards, f"{address}/auth/invitation", today(phonics), language)
