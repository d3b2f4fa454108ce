"""Commands for pupils over the years."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands, add_pupil
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM

if TYPE_CHECKING:
    from phonics_app.workflows.history import History, Stay


def add_commands(commands: Commands) -> None:
    """show-history."""
    _ = commands.translate
    help = _("show a pupil over the years: schools, classes and names, the newest first")
    add_pupil(commands.add("show-history", show_history, help, "{id}"), _)


def show_history(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import history

    found = history.pupil_history(open_site(), SYSTEM, options.pupil)
    _ = output.translate
    lines = [found.pupil.name, *(_stay_line(found, stay, output) for stay in found.stays)]
    lines += [
        f"{one.class_name}  {one.teacher or '–'}  {one.since} – {one.until or _('goes on')}" for one in found.taught
    ]
    until = _("until")
    lines += [f"{past.name}  {past.number}  ({until} {past.replaced_at.date().isoformat()})" for past in found.names]
    output.show(found, lines)
    return 0


def _stay_line(found: History, stay: Stay, output: Output) -> str:
    from phonics_app.reports.history_wording import day_label, ended_label
    from phonics_app.reports.labels import class_label

    _ = output.translate
    school = found.schools[stay.school_id].in_language(output.language)
    since = day_label(_, stay.since, _("beginning of the year"), output.language)
    until = day_label(_, stay.until, _("end of the year"), output.language)
    where = class_label(stay.grade, stay.room, output.language)
    return f"{stay.year}  {school}  {where}  {since} – {until}  {ended_label(_, stay.reason, stay.corrected)}"
