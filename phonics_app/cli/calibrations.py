"""Commands of calibrations as versions: make, list, compare, approve, withdraw."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands
from phonics_app.cli.output import Output, fields_of, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.calendar import THAI_TIME
from phonics_app.domain.codec import encode
from phonics_app.locales import Translate
from phonics_app.locales.calibration_labels import DECISIONS, IN_FORCE, SIMULATED, STANDING

if TYPE_CHECKING:
    from datetime import datetime

    from phonics_app.domain.calibration import CalibrationDecision, CalibrationFacts
    from phonics_app.workflows.calibration_comparison import AnchorCheck, CalibrationComparison, ItemDrift
    from phonics_app.workflows.calibrations import CalibrationEntry

_EXAMPLE = "{id}"


def add_commands(commands: Commands) -> None:
    """make-calibration, list-calibrations, compare-calibration, approve-calibration, withdraw-calibration."""
    _ = commands.translate
    commands.add("make-calibration", make, _("calibrate the item bank on all finished tests; nothing changes yet"))
    commands.add("list-calibrations", list_all, _("calibrations and how they stand"))
    help = _("what a calibration would change: items, levels, pupils")
    _add_id(commands.add("compare-calibration", compare, help, _EXAMPLE), _)
    help = _("put a calibration in force for new tests")
    parser = commands.add("approve-calibration", approve, help, f'{_EXAMPLE} --reason "…"')
    _add_decision(parser, _)
    help = _("take a calibration out of force, or refuse it")
    parser = commands.add("withdraw-calibration", withdraw, help, f'{_EXAMPLE} --reason "…"')
    _add_decision(parser, _)


def _add_id(parser: argparse.ArgumentParser, _: Translate) -> None:
    parser.add_argument("calibration", help=_("the calibration's id, as list-calibrations shows it"))


def _add_decision(parser: argparse.ArgumentParser, _: Translate) -> None:
    _add_id(parser, _)
    parser.add_argument("--reason", required=True, help=_("why; it is kept with the decision"))


def make(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.calibrations import make_calibration

    made, _ = make_calibration(open_site(), SYSTEM, output.progress()), output.translate
    lines = [made.id, _source_line(_, made)]
    if not made.converged:
        lines.append(_("NOT converged after {count} iterations.").format(count=made.iterations))
    output.show(made, lines)
    return 0 if made.converged else 1


def list_all(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.calibrations import list_calibrations

    found, _ = list_calibrations(open_site(), SYSTEM), output.translate
    lines = [line for entry in found.entries for line in _entry_lines(_, entry)]
    lines.append(_("Finished tests so far: {n}").format(n=f"{found.sittings:,}"))
    output.show([encode(entry) for entry in found.entries], lines)
    return 0


def _entry_lines(_: Translate, entry: CalibrationEntry) -> Iterator[str]:
    facts = entry.facts
    yield f"{facts.id}  {_moment(facts.made_at)}  {_(IN_FORCE if entry.in_force else STANDING[entry.status])}"
    yield "  " + _source_line(_, facts)
    for decision, name in entry.decisions:
        yield f"  {_moment(decision.at)}  {_(DECISIONS[decision.status])}  {name}  {decision.reason}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(THAI_TIME):%Y-%m-%d %H:%M}"


def _source_line(_: Translate, facts: CalibrationFacts) -> str:
    words = _("{sittings} tests of {pupils} pupils, {answers} answers").format(
        sittings=f"{facts.sittings:,}", pupils=f"{facts.pupils:,}", answers=f"{facts.answers:,}"
    )
    return f"{words} ({_(SIMULATED)})" if facts.simulated else words


def compare(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.calibration_comparison import compare_calibration

    found = compare_calibration(open_site(), SYSTEM, options.calibration)
    counts = {
        "moved_items": len(found.moved),
        "surprising_items": len(found.surprising),
        "anchors_hold": found.anchors.holds,
        "pupils_changed": found.moves.changed,
    }
    output.show({**fields_of(found), **counts}, list(_comparison_lines(output.translate, found)))
    output.problems(found.problems)
    return 1 if found.problems else 0


def _comparison_lines(_: Translate, found: CalibrationComparison) -> Iterator[str]:
    spread, moves = found.spread, found.moves
    yield _source_line(_, found.facts)
    words = _("Compared with: {what}")
    yield words.format(what=found.other or _("the difficulties that the items were written with"))
    yield _("Items with enough answers: {n}; difficulty moved far and surely: {moved}").format(
        n=spread.items, moved=spread.moved
    )
    yield _anchor_line(_, found.anchors)
    yield _("Pupils whose level would be another: {changed} of {n}").format(changed=moves.changed, n=moves.pupils)
    yield from (f"  {old} → {new}: {count}" for old, new, count in moves.moves if old != new)
    yield from (_("Level {n}").format(n=c.number) + f": {c.before:+.2f} → {c.after:+.2f}" for c in found.cuts)
    yield from (_drift_line(drift) for drift in found.moved)


def _anchor_line(_: Translate, anchors: AnchorCheck) -> str:
    counts = _("Reference items: {n}, moved {moved}, on average {levels} levels").format(
        n=anchors.spread.items, moved=anchors.spread.moved, levels=f"{anchors.spread.levels:+.2f}"
    )
    verdicts = {None: _("too few to tell"), True: _("the scale holds"), False: _("the scale does NOT hold")}
    return f"{counts}: {verdicts[anchors.holds]}"


def _drift_line(drift: ItemDrift) -> str:
    new = drift.estimate
    difficulties = f"{drift.old.value:+.2f} → {new.difficulty:+.2f} ±{new.standard_error:.2f}"
    return f"{drift.item_id:<18} {drift.level}  {difficulties}  n={new.answers}"


def approve(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.calibrations import approve_calibration

    return _told(output, approve_calibration(open_site(), SYSTEM, options.calibration, options.reason))


def withdraw(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.calibrations import withdraw_calibration

    return _told(output, withdraw_calibration(open_site(), SYSTEM, options.calibration, options.reason))


def _told(output: Output, decision: CalibrationDecision) -> int:
    output.show(decision, [f"{decision.calibration_id}: {output.translate(DECISIONS[decision.status])}"])
    return 0
