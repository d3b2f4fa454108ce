"""The commands of the record of use: who did what and when, as a list or a file, and whether the record is whole."""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_document, language_of, table_format_of, write_document
from phonics_app.cli.output import Output, fields_of, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.calendar import BUDDHIST_OFFSET, THAI_TIME

if TYPE_CHECKING:
    from phonics_app.workflows.audit_trail import AuditEntry, AuditFilter
    from phonics_app.workflows.context import Phonics

_FIRST_BUDDHIST_YEAR = 2400
"""Years from here on are Buddhist ones."""


def add_commands(commands: Commands) -> None:
    """audit, export-audit, verify-audit."""
    _ = commands.translate
    help = _("list who did what and when, newest first")
    parser = commands.add("audit", list_audit, help, "--action pupil --since 2569-06-01 --json")
    _add_filters(commands, parser)
    parser.add_argument("--limit", type=count_of, default=200, metavar="N", help=_("at most so many (default: 200)"))
    help = _("write entries of the record of use to a file")
    parser = commands.add("export-audit", export, help, "--since 2569-06-01 --out audit.csv")
    _add_filters(commands, parser)
    add_document(parser, _, ("csv", "xlsx"))
    help = _("check that nobody has changed or taken out entries of the record of use")
    parser = commands.add("verify-audit", verify, help)
    note = _("a fingerprint that was noted earlier and has to be in the record")
    parser.add_argument("--head", default="", metavar="HASH", help=note)


def _add_filters(commands: Commands, parser: argparse.ArgumentParser) -> None:
    _ = commands.translate
    parser.add_argument("--account", metavar="USERNAME", help=_("of one account only; system means the command line"))
    parser.add_argument("--action", default="", help=_("one kind of act only: a whole code or its first part"))
    parser.add_argument("--subject", default="", metavar="ID", help=_("on one pupil, school, test or account only"))
    parser.add_argument("--since", type=day_of, metavar="DATE", help=_("from this day on, such as 2569-06-01"))
    parser.add_argument("--until", type=day_of, metavar="DATE", help=_("up to the end of this day"))


def day_of(text: str) -> date:
    """A day as year-month-day, the year Buddhist or not, as argparse's `type`."""
    try:
        year, month, day = map(int, text.split("-"))
        return date(year - BUDDHIST_OFFSET if year >= _FIRST_BUDDHIST_YEAR else year, month, day)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: 2569-06-01, 2026-06-01 …") from None


def count_of(text: str) -> int:
    """A number from 1, as argparse's `type`."""
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: 1, 2, 3 …")
    return int(text)


def list_audit(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.labels import moment_label
    from phonics_app.workflows.audit_trail import audit_page

    phonics = open_site()
    wanted = _filter(options, phonics)
    page = audit_page(phonics, SYSTEM, wanted, language=output.language, limit=options.limit)
    names = _usernames(phonics)
    told = [(each, names.get(each.entry.account_id, each.entry.account_id)) for each in page.entries]
    lines = [
        f"{moment_label(t.entry.at, output.language)}  {who}  {t.entry.action}  {t.sentence}  {_details(t.entry)}"
        for t, who in told
    ]
    output.show(
        [{"username": who, "sentence": t.sentence, **fields_of(t.entry)} for t, who in told],
        [line.rstrip() for line in lines],
    )
    return 0


def export(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.audit_trail import export_audit

    format, language = table_format_of(options, output), language_of(options, output)
    phonics = open_site()
    wanted = _filter(options, phonics)
    return write_document(
        options, output, lambda: export_audit(phonics, SYSTEM, wanted, format=format, language=language)
    )


def verify(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.audit_wording import verification_text
    from phonics_app.workflows.audit_trail import verify_audit

    found = verify_audit(open_site(), SYSTEM, options.head)
    head = output.translate("Newest entry {key}, fingerprint {head}").format(key=found.head_key, head=found.head)
    fault = found.fault.value if found.fault else None
    output.show(
        {**fields_of(found), "fault": fault},
        [verification_text(output.translate, fault, found.key, found.entries), head],
    )
    return 0 if found.holds else 1


def _details(entry: AuditEntry) -> str:
    return json.dumps(entry.data, ensure_ascii=False) if entry.data else ""


def _usernames(phonics: Phonics) -> dict[str, str]:
    from phonics_app.workflows.accounts import list_accounts

    return {account.id: account.username for account in list_accounts(phonics, SYSTEM)}


def _filter(options: argparse.Namespace, phonics: Phonics) -> AuditFilter:
    from phonics_app.workflows.accounts import find_account
    from phonics_app.workflows.audit_trail import AuditFilter

    account = options.account or ""
    if account and account != SYSTEM.account_id:
        account = find_account(phonics, SYSTEM, account).id
    before = _start(options.until + timedelta(days=1)) if options.until else None
    since = _start(options.since) if options.since else None
    return AuditFilter(account, options.action, options.subject, (), since, before)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), THAI_TIME)
