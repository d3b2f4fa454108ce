"""Commands for invitations."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.accounts import add_roles, grants_of
from phonics_app.cli.commands import Commands, add_paging, paged_lines, wanted_of
from phonics_app.cli.documents import add_overwrite, free_target
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM

if TYPE_CHECKING:
    from phonics_app.workflows.invitations import Invitation


def add_commands(commands: Commands) -> None:
    """invite, list-invitations, withdraw-invitation."""
    _ = commands.translate
    example = "--name สมศรี --role teacher --school {school} --address http://192.168.1.20:8501"
    parser = commands.add("invite", invite, _("invite people, who make their accounts themselves"), example)
    parser.add_argument("--name", required=True, action="append", help=_("name to show; may be repeated"))
    parser.add_argument("--address", required=True, help=_("where the site is reached, as http://192.168.1.20:8501"))
    parser.add_argument("--cards", type=Path, metavar="FILE", help=_("write cards to be cut out to this PDF file"))
    add_overwrite(parser, _)
    add_roles(commands, parser)
    parser = commands.add("list-invitations", list_invitations, _("list the invitations that are open"))
    parser.add_argument("--search", default="", metavar="TEXT", help=_("a part of the name"))
    add_paging(parser, _)
    help = _("withdraw an invitation: its code is good for nothing any more")
    parser = commands.add("withdraw-invitation", withdraw_invitation, help, "{id}")
    parser.add_argument("invitation", help=_("the invitation's id, as list-invitations shows it"))


def invite(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import invitation_print, invitations, private_files

    phonics = open_site()
    grants, address = grants_of(options, phonics), options.address.rstrip("/")
    target = free_target(options.cards, options.overwrite) if options.cards else None
    people = [invitations.Invitee(name, "", grants) for name in options.name]
    made = invitations.invite(phonics, SYSTEM, people)
    if target is not None:
        cards = invitation_print.print_invitations(phonics, SYSTEM, made, address, output.language)
        private_files.write_private(target, cards)
    told = [
        {
            "id": new.invitation.id,
            "name": new.invitation.display_name,
            "code": new.code,
            "link": invitations.link_of(address, new.code),
        }
        for new in made
    ]
    output.show(told, [f"{one['name']:<30}  {one['code']}  {one['link']}" for one in told])
    return 0


def list_invitations(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import invitations

    found = invitations.page_of_invitations(open_site(), SYSTEM, search=options.search, wanted=wanted_of(options))
    output.show(found.rows, paged_lines(output, found, [_line(one, output) for one in found.rows]))
    return 0


def _line(one: Invitation, output: Output) -> str:
    void = output.translate("void: {name}, who gave it, may not do so any more")
    state = void.format(name=one.void_by) if one.void_by else f"{one.expires_at:%Y-%m-%d}"
    return f"{one.id}  {one.display_name}  {state}"


def withdraw_invitation(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import invitations

    invitations.withdraw_invitation(open_site(), SYSTEM, options.invitation)
    output.show({"withdrawn": options.invitation}, [output.translate("The invitation was withdrawn.")])
    return 0
