"""Commands for the site as a whole: prepare, fill, check, serve."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from phonics_app.cli.accounts import add_new_account, read_password
from phonics_app.cli.commands import Commands
from phonics_app.cli.output import Output, describe, open_site
from phonics_app.domain.errors import PhonicsError


def add_commands(commands: Commands) -> None:
    """init, demo, set-up, check-bank, serve."""
    _ = commands.translate
    commands.add("init", init, _("create or upgrade the database"))
    commands.add("demo", demo, _("fill an empty site with simulated demonstration data"))
    help = _("make the municipal schools and the administrator's account")
    parser = commands.add("set-up", set_up, help, "admin --name สมศรี")
    add_new_account(commands, parser)
    parser = commands.add("check-bank", check_bank, _("check every rule of the item bank and the rubrics"))
    parser.add_argument("--content", type=Path, metavar="DIR", help=_("folder that holds item_bank and rubrics"))
    parser = commands.add("serve", serve, _("run the app until Ctrl-C"), "--host 0.0.0.0 --port 8501")
    parser.add_argument("--port", type=int, default=8501, help=_("port (default: 8501)"))
    parser.add_argument("--host", default="127.0.0.1", help=_("0.0.0.0 lets tablets in the same network open it"))


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


def serve(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.launcher.faults import Fault
    from phonics_app.launcher.server import Options, serve_app
    from phonics_app.locales.messages import render
    from phonics_app.workflows.context import Settings
    from phonics_app.workflows.rescue import is_rescuable

    try:
        open_site().store.close()
    except PhonicsError as error:
        if not is_rescuable(Settings.from_environment(), error):
            raise
        print(render(error, output.language), file=sys.stderr)
    try:
        return serve_app(sys.executable, Options(options.port, options.host, None, browser=False))
    except Fault as fault:
        print(fault.line, file=sys.stderr)
        return 1
