"""Commands for backups: make, list, try out, put back."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_overwrite, free_target
from phonics_app.cli.output import Output, fields_of, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.locales import Translate
from phonics_app.locales.messages import render


def add_commands(commands: Commands) -> None:
    """backup, list-backups, test-backup, restore, set-backup-schedule, check-site."""
    _ = commands.translate
    help = _("make a backup of the site, while the app runs or not")
    parser = commands.add("backup", back_up, help, "--out phonics.p9backup")
    parser.add_argument("--out", type=Path, metavar="FILE", help=_("where to (default: the folder of backups)"))
    add_overwrite(parser, _)
    _add_passphrase(parser, _, _("encrypt it with a passphrase, which is asked for"))
    commands.add("list-backups", list_backups, _("list the newest backups, and whether they are good"))
    help = _("put a backup back into a passing place, check everything in it, and leave the site as it is")
    parser = commands.add("test-backup", try_backup, help, "phonics.p9backup")
    _add_file(parser, _)
    help = _("put a backup in the place of the present state, which is kept; run it while the app runs or not")
    parser = commands.add("restore", restore, help, "phonics.p9backup")
    _add_file(parser, _)
    _add_schedule(commands)
    parser = commands.add("check-site", check, _("check database, disk, clock and backups"), "--full")
    parser.add_argument("--full", action="store_true", help=_("look at every page of the database, which takes longer"))


def _add_schedule(commands: Commands) -> None:
    _ = commands.translate
    help = _("say when backups are made by themselves while the app runs; without options: show it")
    parser = commands.add("set-backup-schedule", schedule, help, "--every daily --days 7 --weeks 5 --months 12")
    help = _("off, once a day, or every few hours")
    parser.add_argument("--every", choices=("off", "daily", "hours"), help=help)
    for name, told in (
        ("hours", _("hours between two backups")),
        ("days", _("of so many days one backup is kept")),
        ("weeks", _("of so many weeks one backup is kept")),
        ("months", _("of so many months one backup is kept")),
        ("warn-after-days", _("warn when the last good one is older")),
    ):
        parser.add_argument(f"--{name}", type=int, metavar="N", help=told)


def _add_file(parser: argparse.ArgumentParser, _: Translate) -> None:
    parser.add_argument("file", type=Path, help=_("a file that backup has made"))
    _add_passphrase(parser, _, _("the backup is encrypted: its passphrase is asked for"))


def _add_passphrase(parser: argparse.ArgumentParser, _: Translate, help: str) -> None:
    parser.add_argument("--passphrase", action="store_true", help=help)
    help = _("read the passphrase from standard input, for programs")
    parser.add_argument("--passphrase-stdin", action="store_true", help=help)


def _passphrase(options: argparse.Namespace, output: Output) -> str:
    """Never as an argument: other people of the machine could read it there."""
    if options.passphrase_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(output.translate("Passphrase: ")) if options.passphrase else ""


def back_up(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import backups

    passphrase = _passphrase(options, output)
    target = free_target(options.out, options.overwrite) if options.out else None
    path = str(backups.back_up(open_site(), SYSTEM, target, passphrase))
    output.show({"backup": path}, [path])
    return 0


def list_backups(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.labels import moment_label
    from phonics_app.workflows import backups

    _ = output.translate
    states = {True: _("Verified"), False: _("Damaged or incomplete")}
    found = backups.list_backups(open_site(), SYSTEM)
    lines = [
        f"{moment_label(b.made_at, output.language)}  {b.path}  {states[b.verified]}"
        f"{'  ' + _('Encrypted') if b.encrypted else ''}"
        for b in found
    ]
    output.show([{**fields_of(b), "path": str(b.path)} for b in found], lines)
    return 0


def try_backup(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.labels import moment_label
    from phonics_app.workflows import backups

    passphrase = _passphrase(options, output)
    found = backups.try_backup(open_site(), SYSTEM, options.file, passphrase)
    _ = output.translate
    newest = moment_label(found.newest_event, output.language) if found.newest_event else _("none")
    text = _(
        "This backup can be put back: schools {schools}, pupils {pupils}, tests {attempts}, answers and other events "
        "{events}, accounts {accounts}; the newest event: {newest}. It took {seconds} seconds."
    )
    filled = text.format(**{**fields_of(found), "newest": newest, "seconds": f"{found.seconds:.1f}"})
    output.show(found, [filled])
    return 0


def restore(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import backups
    from phonics_app.workflows.context import Settings

    kept = backups.restore(Settings.from_environment(), options.file, _passphrase(options, output))
    _ = output.translate
    text = _("Put back. The state of before is kept at {path}").format(path=kept) if kept else _("Put back.")
    output.show({"kept": str(kept) if kept else None}, [text])
    return 0


def schedule(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import backup_schedule
    from phonics_app.workflows.backup_key import backups_encrypted
    from phonics_app.workflows.backup_schedule import LIMITS, Every

    phonics = open_site()
    asked: dict[str, Any] = {name: getattr(options, name) for name in LIMITS if getattr(options, name) is not None}
    if options.every:
        asked["every"] = Every(options.every)
    found = backup_schedule.get_schedule(phonics, SYSTEM)
    if asked:
        found = replace(found, **asked)
        backup_schedule.save_schedule(phonics, SYSTEM, found)
    fields = fields_of(found) | {"encrypted": backups_encrypted(phonics, SYSTEM)}
    output.show(fields, [f"{name}: {value}" for name, value in fields.items()])
    return 0


def check(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import site_check

    found = site_check.check_site(open_site(), SYSTEM, options.full)
    _ = output.translate
    lines = [f"{f.part.value}: {render(f.problem, output.language) if f.problem else _('In order')}" for f in found]
    told = [{"part": f.part.value, "problem": f.problem.code if f.problem else None} for f in found]
    output.show(told, lines)
    return 1 if any(f.problem for f in found) else 0
