"""Commands for pupils who change schools by request and release."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands, add_school, find_school, grade_of
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM

if TYPE_CHECKING:
    from phonics_app.domain.transfer import Transfer


def add_commands(commands: Commands) -> None:
    """ask-for-pupil, list-transfers, decide-transfer, withdraw-transfer."""
    _ = commands.translate
    person = "--number 5401 --first-name มะลิ --last-name ใจงาม --grade P3 --room 1 --since 2026-06-15"
    help = _("ask the school where a pupil was to release him to this one")
    parser = commands.add("ask-for-pupil", ask, help, f"--school {{school}} {person}")
    add_school(parser, _)
    parser.add_argument("--number", required=True, help=_("number that the pupil had at the other school"))
    parser.add_argument("--first-name", required=True, help=_("first name"))
    parser.add_argument("--last-name", required=True, help=_("last name"))
    parser.add_argument("--grade", type=grade_of, required=True, help=_("grade, such as P3 or ป.3"))
    parser.add_argument("--room", default="", help=_("room, such as 2"))
    parser.add_argument("--new-number", default="", help=_("number here, if it is another"))
    parser.add_argument("--since", type=date.fromisoformat, help=_("first day at this school (default: today)"))
    parser = commands.add("list-transfers", show, _("list requests of a school and to it"), "--school {school}")
    add_school(parser, _)
    help = _("release a pupil whom another school asks for, or refuse")
    parser = commands.add("decide-transfer", decide, help, "{id} --school {school} --release")
    _add_transfer(parser, commands)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--release", action="store_true", help=_("the pupil goes, his history with him"))
    which.add_argument("--refuse", action="store_true", help=_("the pupil stays"))
    parser.add_argument("--reason", default="", help=_("reason for the other school"))
    help = _("withdraw a request of this school")
    _add_transfer(commands.add("withdraw-transfer", withdraw, help, "{id} --school {school}"), commands)


def _add_transfer(parser: argparse.ArgumentParser, commands: Commands) -> None:
    parser.add_argument("transfer", help=commands.translate("the request's id, as list-transfers shows it"))
    add_school(parser, commands.translate)


def ask(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.domain.transfer import TransferDraft
    from phonics_app.workflows import rounds, transfers

    phonics = open_site()
    school = find_school(phonics, options.school)
    draft = TransferDraft(
        options.number,
        options.first_name,
        options.last_name,
        options.grade,
        options.room,
        options.new_number,
        options.since or rounds.today(phonics),
    )
    return _show([transfers.ask_for_pupil(phonics, SYSTEM, school.id, draft)], output)


def show(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import transfers

    phonics = open_site()
    return _show(list(transfers.list_transfers(phonics, SYSTEM, find_school(phonics, options.school).id)), output)


def decide(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import transfers

    phonics = open_site()
    school = find_school(phonics, options.school)
    how = (options.transfer, options.release, options.reason)
    return _show([transfers.decide_transfer(phonics, SYSTEM, school.id, *how)], output)


def withdraw(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import transfers

    phonics = open_site()
    school = find_school(phonics, options.school)
    return _show([transfers.withdraw_transfer(phonics, SYSTEM, school.id, options.transfer)], output)


def _show(found: list[Transfer], output: Output) -> int:
    from phonics_app.reports.transfer_wording import state_label

    told = [(one, state_label(output.translate, one.state)) for one in found]
    output.show(found, [f"{t.id}  {t.number}  {t.name}  {t.starts_on.isoformat()}  {state}" for t, state in told])
    return 0
