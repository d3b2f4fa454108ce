"""Commands for what is kept for how long: what is due, and taking it out."""

from __future__ import annotations

import argparse

from phonics_app.cli.commands import Commands
from phonics_app.cli.output import Output, fields_of, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.retention import ELSEWHERE, Kept


def add_commands(commands: Commands) -> None:
    """list-due, set-retention, clear-due."""
    _ = commands.translate
    commands.add("list-due", list_what_is_due, _("list what is older than it is to be kept"))
    kinds = [kind.value for kind in Kept]
    parser = commands.add("set-retention", set_days, _("say for how many days a kind is kept"), "audit 1095")
    parser.add_argument("kind", choices=kinds, help=_("which kind"))
    parser.add_argument("days", type=int, help=_("number of days"))
    parser = commands.add("clear-due", clear, _("take out what is due, for ever"), "sessions --rows 12")
    kinds = [kind.value for kind in Kept if kind not in ELSEWHERE]
    parser.add_argument("kind", choices=kinds, help=_("which kind"))
    parser.add_argument("--rows", type=int, required=True, metavar="N", help=_("the number that list-due shows"))


def list_what_is_due(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.locales.retention_labels import KINDS
    from phonics_app.workflows.retention import list_due, pupils_left

    _, phonics = output.translate, open_site()
    due, left = list_due(phonics, SYSTEM), pupils_left(phonics, SYSTEM)
    lines = [f"{d.kind.value}  {_(KINDS[d.kind])}: {d.rows:,} (> {d.days:,})" for d in due]
    lines.append(_("Pupils who left long ago") + f": {sum(each.pupils for each in left):,}")
    output.show({"due": [fields_of(d) for d in due], "pupils_left": [fields_of(each) for each in left]}, lines)
    return 0


def set_days(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.retention import retention_days, save_retention

    phonics = open_site()
    save_retention(phonics, SYSTEM, {Kept(options.kind): options.days})
    found = {kind.value: days for kind, days in retention_days(phonics, SYSTEM).items()}
    output.show(found, [f"{kind}: {days}" for kind, days in found.items()])
    return 0


def clear(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.retention import clear_due

    done = clear_due(open_site(), SYSTEM, Kept(options.kind), options.rows, output.progress())
    text = output.translate("Cleared: {n}.").format(n=done.rows)
    output.show(fields_of(done), [text, *([done.archive] if done.archive else [])])
    return 0
