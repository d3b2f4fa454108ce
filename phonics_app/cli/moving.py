"""The command that moves a site to a database server, or back."""

from __future__ import annotations

import argparse
import os

from phonics_app.cli.commands import Commands
from phonics_app.cli.output import Output

ADDRESS = "PHONICS_COPY_TO"


def add_commands(commands: Commands) -> None:
    """copy-database."""
    _ = commands.translate
    help = _("copy the whole site into another, empty database, such as that of a PostgreSQL server")
    parser = commands.add("copy-database", copy_database, help, "sqlite:////srv/phonics/phonics.db")
    told = _("address of the empty database; with a password in it rather in the variable PHONICS_COPY_TO")
    parser.add_argument("address", nargs="?", default="", help=told)


def copy_database(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.context import Settings
    from phonics_app.workflows.moving import copy_site

    address = options.address or os.environ.get(ADDRESS, "")
    copied = copy_site(Settings.from_environment(), address, output.progress())
    text = output.translate("Copied and counted: {rows} rows of {tables} tables. Now set PHONICS_DATABASE_URL.")
    output.show({"tables": copied}, [text.format(rows=sum(copied.values()), tables=len(copied))])
    return 0
