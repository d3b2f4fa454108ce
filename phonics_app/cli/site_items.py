"""Commands that tell what the answers of this site's own pupils say of its items."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_document, language_of, table_format_of, write_document
from phonics_app.cli.item_analysis import known
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.codec import encode
from phonics_app.locales import Translate
from phonics_app.reports.item_analysis_wording import (
    TRAITS,
    difference_text,
    finding_text,
    group_name,
    reliability_text,
    skill_text,
)
from phonics_app.reports.labels import percent, school_names

if TYPE_CHECKING:
    from phonics_app.workflows.site_item_analysis import SiteAnalysis

_TABLES = ("xlsx", "csv")


def add_commands(commands: Commands) -> None:
    """analyse-site-items, export-item-analysis."""
    _ = commands.translate
    help = _("print what the answers of this site's pupils say of its items")
    parser = commands.add("analyse-site-items", analyse, help, "--level 4")
    parser.add_argument("--level", type=int, help=_("items of one level only"))
    help = _("write the analysis of this site's items as a table")
    add_document(commands.add("export-item-analysis", export, help, "--out items.xlsx"), _, _TABLES)


def analyse(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.schools import list_schools
    from phonics_app.workflows.site_item_analysis import analyse_site_items

    phonics = open_site()
    found = analyse_site_items(phonics, SYSTEM, output.progress())
    names = school_names(list_schools(phonics, SYSTEM), output.language)
    lines = list(_lines(output, found, names, options.level))
    output.show(known(encode(found)), lines)
    return 0 if found.converged else 1


def export(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.item_analysis_export import export_item_analysis
    from phonics_app.workflows.site_item_analysis import analyse_site_items

    format, language = table_format_of(options, output), language_of(options, output)

    def make() -> bytes:
        phonics = open_site()
        found = analyse_site_items(phonics, SYSTEM, output.progress())
        return export_item_analysis(phonics, SYSTEM, found, format=format, language=language)

    return write_document(options, output, make)


def _lines(output: Output, found: SiteAnalysis, schools: dict[str, str], level: int | None) -> Iterator[str]:
    _ = output.translate
    text = _("{tests} tests of {pupils} pupils, {answers} answers, {items} items")
    counts = {"tests": found.tests, "pupils": found.pupils, "answers": found.answers, "items": len(found.items)}
    yield text.format(**{name: f"{n:,}" for name, n in counts.items()})
    if found.simulated:
        yield _("These are answers of simulated pupils: they tell nothing about real ones.")
    if not found.converged:
        yield _("The calculation did not settle: take what follows with care.")
    yield from _items(_, found, level)
    yield from _differences(output, found, schools)
    yield from _certainty(_, found)


def _items(_: Translate, found: SiteAnalysis, level: int | None) -> Iterator[str]:
    told = [one for one in found.items if one.enough and one.findings and level in (None, one.item.level)]
    for one in told:
        for finding in one.findings:
            words = finding_text(_, finding.flag.value, finding.value, finding.option)
            yield f"{one.item.id} ({_('Level {n}').format(n=one.item.level)}): {words}"
    if not told:
        yield _("Nothing stands out in any item.")
    few = sum(not one.enough for one in found.items)
    if few:
        yield _("Items with fewer than {least} answers: {n}").format(least=found.least_answers, n=few)


def _differences(output: Output, found: SiteAnalysis, schools: dict[str, str]) -> Iterator[str]:
    _ = output.translate
    for trait in found.compared:
        own = [one for one in found.differences if one.trait is trait]
        shifted = [one for one in own if one.shift.verdict.value == "shifted"]
        unknown = sum(one.shift.verdict.value == "cannot_tell" for one in own)
        words = _("{title}: {n} of {all} comparisons show a difference, {unknown} can't tell from so few answers")
        yield words.format(title=_(TRAITS[trait.value]), n=len(shifted), all=len(own), unknown=unknown)
        for one in shifted:
            name = group_name(_, trait.value, one.group, schools, output.language)
            skill = one.item or skill_text(_, one.strand, one.level)
            yield f"  {name}, {skill}: {difference_text(_, one.shift.effect, one.shift.standard_error)}"


def _certainty(_: Translate, found: SiteAnalysis) -> Iterator[str]:
    for one in found.reliability:
        where = _("Tests begun at level {n}").format(n=one.group) if one.group else _("All tests together")
        yield f"{where}: " + _("tests tell pupils apart {how}").format(how=reliability_text(_, one.value))
    words = _("Put at their true level: {accuracy}; the same level in an equal test: {consistency}")
    decisions = found.decisions
    yield words.format(accuracy=percent(decisions.accuracy), consistency=percent(decisions.consistency))
