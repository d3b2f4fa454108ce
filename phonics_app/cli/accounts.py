"""Commands for accounts: who may sign in, and as what."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from phonics_app.cli.commands import (
    Commands,
    add_paging,
    add_school,
    add_year,
    class_of,
    find_school,
    paged_lines,
    wanted_of,
    year_of,
)
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import ROLES_OF_ONE_SCHOOL, SYSTEM, Account, Grant, Role
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.school import Classroom, School
from phonics_app.locales.labels import label

if TYPE_CHECKING:
    from phonics_app.workflows.context import Phonics

_ROLES = [role.value for role in Role]


def add_commands(commands: Commands) -> None:
    """list-accounts, create-account, change-roles, set-password, end-sessions, disable-account, enable-account."""
    _ = commands.translate
    _add_list(commands)
    example = "somsri --name สมศรี --role teacher --school {school}"
    parser = commands.add("create-account", create_account, _("make an account"), example)
    add_new_account(commands, parser)
    add_roles(commands, parser)
    help = _("give an account other roles in place of those it has")
    parser = commands.add("change-roles", change_roles, help, "somsri --role teacher --role director --school {school}")
    _add_username(commands, parser)
    add_roles(commands, parser)
    help = _("set an account's password; its sessions end")
    parser = commands.add("set-password", set_password, help, "somsri")
    _add_username(commands, parser)
    _add_password(commands, parser)
    help = _("end all sessions of an account, so that it has to sign in anew everywhere")
    _add_username(commands, commands.add("end-sessions", end_sessions, help, "somsri"))
    help = _("bar an account from signing in; its sessions end")
    _add_username(commands, commands.add("disable-account", disable_account, help, "somsri"))
    help = _("let a disabled account sign in again")
    _add_username(commands, commands.add("enable-account", enable_account, help, "somsri"))


def _add_list(commands: Commands) -> None:
    _ = commands.translate
    example = "--role teacher --school {school}"
    parser = commands.add("list-accounts", list_accounts, _("list the accounts, disabled ones too"), example)
    parser.add_argument("--search", default="", metavar="TEXT", help=_("a part of the name or of the user name"))
    parser.add_argument("--role", choices=_ROLES, help=_("who has this role only"))
    add_school(parser, _, required=False, help=_("who has a role there only"))
    parser.add_argument("--disabled", action="store_true", help=_("disabled ones only"))
    add_paging(parser, _)


def add_new_account(commands: Commands, parser: argparse.ArgumentParser) -> None:
    """What every command that makes an account asks for."""
    _ = commands.translate
    _add_username(commands, parser)
    parser.add_argument("--name", default="", help=_("name to show (default: the user name)"))
    _add_password(commands, parser)


def _add_username(commands: Commands, parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help=commands.translate("user name"))


def _add_password(commands: Commands, parser: argparse.ArgumentParser) -> None:
    help = commands.translate("read the password from standard input")
    parser.add_argument("--password-stdin", action="store_true", help=help)


def add_roles(commands: Commands, parser: argparse.ArgumentParser) -> None:
    _ = commands.translate
    help = _("what the person is; may be repeated")
    parser.add_argument("--role", required=True, action="append", choices=_ROLES, help=help)
    add_school(parser, _, required=False, help=_("of teachers and directors"))
    help = _("of a teacher who has single classes alone, such as P3/2; may be repeated")
    parser.add_argument("--class", dest="classes", action="append", type=class_of, metavar="P3/2", help=help)
    add_year(parser, _)


def read_password(options: argparse.Namespace, output: Output) -> str:
    """The password, typed unseen or from standard input; never from the command line, where others could see it."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(output.translate("Password: "))


def grants_of(options: argparse.Namespace, phonics: Phonics) -> tuple[Grant, ...]:
    """The roles named; those of one school at `--school`, which is refused where no role needs it."""
    school = find_school(phonics, options.school) if options.school is not None else None
    roles = [Role(name) for name in dict.fromkeys(options.role)]
    if school is not None and not ROLES_OF_ONE_SCHOOL & set(roles):
        named = ", ".join(role.value for role in roles)
        raise ProblemsFound([Problem("cli.role_without_school", Place(column="--school"), named)], "cli.refused")
    return tuple(_grant(role, school, _classrooms(options, phonics)) for role in roles)


def _grant(role: Role, school: School | None, classrooms: tuple[Classroom, ...] | None) -> Grant:
    of_school = school.id if school and role in ROLES_OF_ONE_SCHOOL else None
    return Grant(role, of_school, classrooms if role is Role.TEACHER else None)


def _classrooms(options: argparse.Namespace, phonics: Phonics) -> tuple[Classroom, ...] | None:
    """Those named, of the year named; None where a teacher has the whole school."""
    if options.classes is None:
        return None
    if Role.TEACHER.value not in options.role:
        raise ProblemsFound([Problem("cli.classes_without_teacher", Place(column="--class"))], "cli.refused")
    year = year_of(options, phonics)
    return tuple(Classroom(year, grade, room) for grade, room in dict.fromkeys(options.classes))


def _line(account: Account, names: dict[str, str], output: Output) -> str:
    _ = output.translate
    roles = [_role(g, names, output) for g in account.grants]
    state = f"  ({_('Disabled')})" if account.disabled else ""
    return f"{account.username:<20}  {account.display_name}  [{', '.join(roles)}]{state}"


def _role(grant: Grant, names: dict[str, str], output: Output) -> str:
    rooms = ", ".join(f"{c.grade.label(output.language)}/{c.room or '-'} {c.year}" for c in grant.classrooms or ())
    return " ".join(filter(None, [label(output.translate, grant.role), names.get(grant.school_id or ""), rooms]))


def list_accounts(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.lists import AccountFilter, page_of_accounts

    phonics = open_site()
    school_id = find_school(phonics, options.school).id if options.school is not None else None
    role = Role(options.role) if options.role else None
    chosen = AccountFilter(options.search, role, school_id, True if options.disabled else None)
    found, names = page_of_accounts(phonics, SYSTEM, chosen, wanted_of(options)), _school_names(phonics, output)
    output.show(found.rows, paged_lines(output, found, [_line(account, names, output) for account in found.rows]))
    return 0


def _school_names(phonics: Phonics, output: Output) -> dict[str, str]:
    from phonics_app.workflows.schools import list_schools

    return {s.id: s.name.in_language(output.language) for s in list_schools(phonics, SYSTEM)}


def create_account(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import accounts

    phonics = open_site()
    grants = grants_of(options, phonics)
    name, password = options.name or options.username, read_password(options, output)
    account = accounts.create_account(phonics, SYSTEM, options.username, name, password, grants)
    output.show(account, [output.translate("Made the account {name}.").format(name=account.username)])
    return 0


def change_roles(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import accounts

    phonics = open_site()
    grants = grants_of(options, phonics)
    account = accounts.find_account(phonics, SYSTEM, options.username)
    account = accounts.change_grants(phonics, SYSTEM, account.id, grants)
    output.show(account, [_line(account, _school_names(phonics, output), output)])
    return 0


def set_password(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import accounts

    phonics = open_site()
    account = accounts.find_account(phonics, SYSTEM, options.username)
    accounts.set_password(phonics, SYSTEM, account.id, read_password(options, output))
    output.show(account, [output.translate("The password of {name} was set.").format(name=account.username)])
    return 0


def end_sessions(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import accounts, own_sessions

    phonics = open_site()
    account = accounts.find_account(phonics, SYSTEM, options.username)
    ended = own_sessions.end_sessions(phonics, SYSTEM, account.id)
    output.show({"ended": ended}, [output.translate("Sessions ended: {n}").format(n=ended)])
    return 0


def disable_account(options: argparse.Namespace, output: Output) -> int:
    return _set_disabled(options, output, True)


def enable_account(options: argparse.Namespace, output: Output) -> int:
    return _set_disabled(options, output, False)


def _set_disabled(options: argparse.Namespace, output: Output, disabled: bool) -> int:
    from phonics_app.workflows import accounts

    phonics = open_site()
    account = accounts.find_account(phonics, SYSTEM, options.username)
    account = accounts.set_disabled(phonics, SYSTEM, account.id, disabled)
    output.show(account, [_line(account, _school_names(phonics, output), output)])
    return 0
