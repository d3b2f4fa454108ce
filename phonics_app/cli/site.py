"""Commands for the site as a whole: prepare, fill, check, back up, serve."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from phonics_app.cli.commands import Commands
from phonics_app.cli.output import Output, describe, open_site
from phonics_app.domain.account import SYSTEM


def add_commands(commands: Commands) -> None:
    """init, demo, set-up, check-bank, backup, restore, serve."""
    _ = commands.translate
    commands.add("init", init, _("create or upgrade the database"))
    commands.add("demo", demo, _("fill an empty site with simulated demonstration data"))
    parser = commands.add("set-up", set_up, _("make the municipal schools and the administrator's account"))
    add_new_account(commands, parser)
    parser = commands.add("check-bank", check_bank, _("check every rule of the item bank and the rubrics"))
    parser.add_argument("--content", type=Path, metavar="DIR", help=_("folder that holds item_bank and rubrics"))
    parser = commands.add("backup", back_up, _("write a consistent copy of the database, while the app runs or not"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=_("where to (default: backups in the data folder)"))
    parser = commands.add("restore", restore, _("replace the database by a backup; the present one is kept"))
    parser.add_argument("file", type=Path, help=_("a copy that backup has made"))
    parser = commands.add("serve", serve, _("run the app until Ctrl-C"))
    parser.add_argument("--port", type=int, default=8501, help=_("port (default: 8501)"))
    parser.add_argument("--host", default="127.0.0.1", help=_("0.0.0.0 lets tablets in the same network open it"))


def add_new_account(commands: Commands, parser: argparse.ArgumentParser) -> None:
    """What every command that makes an account asks for."""
    _ = commands.translate
    parser.add_argument("username", help=_("user name"))
    parser.add_argument("--name", default="", help=_("name to show (default: the user name)"))
    parser.add_argument("--password-stdin", action="store_true", help=_("read the password from standard input"))


def read_password(options: argparse.Namespace, output: Output) -> str:
    """The password, typed unseen or from standard input; never from the command line, where others could see it."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(output.translate("Password: "))


def init(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.setup import site_state

    phonics = open_site()
    state = site_state(phonics).value
    folder = str(phonics.settings.data_dir)
    text = output.translate("The database is ready. Data folder: {folder}").format(folder=folder)
    output.show({"state": state, "data_dir": folder}, [text])
    return 0


def demo(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.demonstration import set_up_demonstration

    set_up_demonstration(open_site(), output.progress())
    output.show({"state": "demonstration"}, [output.translate("The simulated demonstration data are ready.")])
    return 0


def set_up(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.setup import MUNICIPAL_SCHOOLS, set_up_schools

    phonics, password = open_site(), read_password(options, output)
    set_up_schools(phonics, MUNICIPAL_SCHOOLS, options.username, options.name or options.username, password)
    text = output.translate("The schools and the administrator's account are made.")
    output.show({"state": "own", "schools": len(MUNICIPAL_SCHOOLS)}, [text])
    return 0


def check_bank(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import maintenance
    from phonics_app.workflows.context import Settings

    problems = maintenance.check_bank(options.content or Settings.from_environment().content_dir)
    errors = [p for p in problems if not p.warning]
    _ = output.translate
    found = _("Errors: {errors}, warnings: {warnings}").format(errors=len(errors), warnings=len(problems) - len(errors))
    output.show({"ok": not errors, "problems": describe(problems)}, [found if problems else _("All rules hold.")])
    output.problems(problems)
    return 1 if errors else 0


def back_up(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import maintenance

    path = str(maintenance.back_up(open_site(), SYSTEM, options.out))
    output.show({"backup": path}, [path])
    return 0


def restore(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import maintenance
    from phonics_app.workflows.context import Settings

    kept = maintenance.restore(Settings.from_environment(), options.file)
    _ = output.translate
    text = _("Restored. The database of before is kept at {path}").format(path=kept) if kept else _("Restored.")
    output.show({"kept": str(kept) if kept else None}, [text])
    return 0


def serve(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.launcher.faults import Fault
    from phonics_app.launcher.server import Options, serve_app

    open_site().store.close()
    try:
        return serve_app(sys.executable, Options(options.port, options.host, None, browser=False))
    except Fault as fault:
        print(fault.line, file=sys.stderr)
        return 1
