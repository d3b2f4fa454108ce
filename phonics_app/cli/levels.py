"""The command that shows by what rule levels are mastered, and what the test makes of it."""

from __future__ import annotations

import argparse

from phonics_app.cli.commands import Commands
from phonics_app.cli.output import Output, fields_of, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.level_rule import LevelRule


def add_commands(commands: Commands) -> None:
    """show-levels."""
    help = commands.translate("show from when on levels count as mastered, and what the test expects there")
    commands.add("show-levels", show_levels, help, "")


def show_levels(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports import level_wording
    from phonics_app.workflows import levels

    rules = levels.show_levels(open_site(), SYSTEM)
    _ = output.translate
    lines = [level_wording.rule_sentence(_, rules), level_wording.agreement_sentence(_, rules)]
    lines += [_line(each, output) for each in rules.levels]
    lines += [level_wording.hardest_sentence(_, rules), level_wording.evidence_sentence(_, rules)]
    output.show(fields_of(rules), lines)
    return 0


def _line(each: LevelRule, output: Output) -> str:
    text = output.translate("Level {level}, {items} questions: at its limit {share:.1%} of them right")
    return text.format(level=each.level, items=each.items, share=each.at_cut)
