"""Commands for pupils who were registered twice."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands, add_pupil, add_school, find_school
from phonics_app.cli.output import Output, describe, open_site
from phonics_app.domain.account import SYSTEM

if TYPE_CHECKING:
    from phonics_app.domain.school import Pupil


def add_commands(commands: Commands) -> None:
    """find-doubles, merge-pupils, list-merges, split-pupil."""
    _ = commands.translate
    parser = commands.add("find-doubles", find, _("list records that are perhaps of one pupil"), "--school {school}")
    add_school(parser, _, required=False)
    help = _("put two records of one pupil together; without --confirm it only says what would happen")
    parser = commands.add("merge-pupils", merge, help, "{id} {id} --confirm 0123456789abcdef")
    add_pupil(parser, _)
    parser.add_argument("other", metavar="OTHER", help=_("id of the record that comes to it"))
    help = _("the digest that was shown: nothing happens if one of the records has changed since")
    parser.add_argument("--confirm", metavar="DIGEST", help=help)
    parser = commands.add("list-merges", show_merges, _("list records that were put together"), "--school {school}")
    add_school(parser, _, required=False)
    help = _("take the record apart again that was put together with this pupil's last")
    add_pupil(commands.add("split-pupil", split, help, "{id}"), _)


def find(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.merge_wording import likeness_label
    from phonics_app.workflows import merging

    phonics = open_site()
    school_id = find_school(phonics, options.school).id if options.school else None
    found = merging.find_doubles(phonics, SYSTEM, school_id)
    lines = [f"{_line(d.kept)}  |  {_line(d.merged)}  |  {likeness_label(output.translate, d.likeness)}" for d in found]
    output.show(found, lines)
    return 0


def _line(pupil: Pupil) -> str:
    return f"{pupil.id}  {pupil.number}  {pupil.name}"


def merge(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.merge_wording import merge_sentences
    from phonics_app.workflows import merging

    phonics, _ = open_site(), output.translate
    preview = merging.preview_merge(phonics, SYSTEM, options.pupil, options.other)
    told = {"digest": preview.digest, "rounds": preview.rounds, "years": preview.years}
    told |= {"problems": describe(preview.problems)}
    if options.confirm is None or not preview.ready:
        lines = [_line(preview.kept.pupil), _line(preview.merged.pupil), *merge_sentences(_, preview)]
        lines += [_("To put them together: --confirm {digest}").format(digest=preview.digest)] * preview.ready
        output.show(told | {"merged": False}, lines)
        output.problems(preview.problems)
        return 0 if preview.ready else 1
    done = merging.merge_pupils(phonics, SYSTEM, options.pupil, options.other, options.confirm)
    output.show(told | {"merged": True}, [_("Put together: {name}").format(name=done.kept_name)])
    return 0


def show_merges(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import merging

    phonics = open_site()
    school_id = find_school(phonics, options.school).id if options.school else None
    found = merging.list_merges(phonics, SYSTEM, school_id)
    lines = [
        f"{m.kept_id}  {m.kept_number}  {m.kept_name}  ← {m.number}  {m.name}  {m.merged_at.date().isoformat()}"
        for m in found
    ]
    output.show(found, lines)
    return 0


def split(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import merging

    undone = merging.undo_merge(open_site(), SYSTEM, options.pupil)
    output.show(undone, [output.translate("Two records again: {name}").format(name=undone.name)])
    return 0
