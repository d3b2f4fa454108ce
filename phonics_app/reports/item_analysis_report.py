"""The item analysis of a site as tables for files: items, groups of pupils, levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from phonics_app.domain.bank import Item
from phonics_app.domain.strand import Strand
from phonics_app.locales import Translate, translator
from phonics_app.locales.item_labels import TASKS
from phonics_app.locales.labels import label
from phonics_app.reports.item_analysis_wording import TRAITS
from phonics_app.reports.labels import NONE
from phonics_app.reports.tables import Column, Kind, Report, Table


@dataclass(frozen=True, slots=True)
class ItemRow:
    """`figures`: difficulty, its error, slope, correlation, infit, outfit; NaN where the answers do not tell."""

    item: Item
    word: str
    findings: tuple[str, ...]
    answers: int
    share_of_tests: float
    share_right: float
    seconds: float | None
    figures: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """`effect`: logits by which the group finds it easier than others of equal ability."""

    trait: str
    group: str
    strand: Strand
    level: int
    item: str
    effect: float
    error: float
    pupils: int
    verdict: str


@dataclass(frozen=True, slots=True)
class LevelRow:
    """`reliability` of tests begun at these levels; None: too few."""

    levels: str
    tests: int
    reliability: float | None
    error: float


def item_analysis_report(
    facts: Sequence[tuple[str, str]],
    tables: tuple[Sequence[ItemRow], Sequence[DifferenceRow], Sequence[LevelRow]],
    language: str,
    made_on: date,
    simulated: bool,
) -> Report:
    _ = translator(language)
    items, differences, levels = tables
    made = (_items(_, items), _differences(_, differences), _levels(_, levels))
    return Report(_("Item analysis"), language, made_on, tuple(facts), made, simulated)


def _items(_: Translate, rows: Sequence[ItemRow]) -> Table:
    columns = (
        *(Column(title) for title in (_("Item"), _("Word"))),
        Column(_("Level"), Kind.COUNT),
        *(Column(title) for title in (_("Strand"), _("Task"), _("What was found"))),
        Column(_("Answers"), Kind.COUNT),
        Column(_("Share of tests"), Kind.SHARE),
        Column(_("Share right"), Kind.SHARE),
        Column(_("Seconds an item"), Kind.SCORE),
        *(Column(title, Kind.SCORE) for title in _figure_titles(_)),
    )
    cells = tuple(
        (
            row.item.id,
            row.word,
            row.item.level,
            label(_, row.item.strand),
            _(TASKS[row.item.task]),
            " ".join(row.findings) or NONE,
            row.answers,
            row.share_of_tests,
            row.share_right,
            row.seconds,
            *(None if value != value else value for value in row.figures),
        )
        for row in rows
    )
    return Table(_("Items"), columns, cells)


def _figure_titles(_: Translate) -> tuple[str, ...]:
    return (
        _("Difficulty (logits)"),
        _("Standard error"),
        _("Slope"),
        _("Correlation with ability"),
        _("Infit"),
        _("Outfit"),
    )


def _differences(_: Translate, rows: Sequence[DifferenceRow]) -> Table:
    verdicts = {
        "shifted": _("a difference"),
        "none_seen": _("no difference seen"),
        "cannot_tell": _("can't tell from so few"),
    }
    columns = (
        *(Column(title) for title in (_("Compared by"), _("Group"), _("Strand"))),
        Column(_("Level"), Kind.COUNT),
        *(Column(title) for title in (_("Item"), _("What was found"))),
        Column(_("Easier (logits)"), Kind.SIGNED),
        Column(_("Standard error"), Kind.SCORE),
        Column(_("Pupils"), Kind.COUNT),
    )
    cells = tuple(
        (
            _(TRAITS[row.trait]),
            row.group,
            label(_, row.strand),
            row.level,
            row.item,
            verdicts[row.verdict],
            row.effect,
            row.error,
            row.pupils,
        )
        for row in rows
    )
    return Table(_("Groups of pupils"), columns, cells)


def _levels(_: Translate, rows: Sequence[LevelRow]) -> Table:
    columns = (
        Column(_("Tested at level")),
        Column(_("Tests"), Kind.COUNT),
        Column(_("Reliability"), Kind.SCORE),
        Column(_("Typical error (logits)"), Kind.SCORE),
    )
    cells = tuple((row.levels or _("all together"), row.tests, row.reliability, row.error) for row in rows)
    return Table(_("Reliability"), columns, cells)
