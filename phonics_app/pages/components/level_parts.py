"""Parts of the page of levels: the rule, the plot, the table of what is expected at each limit."""

from __future__ import annotations

from phonics_app.domain.level_rule import LevelRule, LevelRules
from phonics_app.pages.components.dashboard_plots import show_plot
from phonics_app.pages.components.html import Cell, Column, note, section, table, text
from phonics_app.pages.components.session import Session
from phonics_app.reports.level_figure import level_figure
from phonics_app.reports.level_wording import (
    agreement_sentence,
    agrees,
    evidence_sentence,
    hardest_sentence,
    rule_sentence,
)


def rule(session: Session, rules: LevelRules) -> None:
    """The rule, and whether tests keep to it."""
    _ = session.translate
    note(rule_sentence(_, rules))
    note(agreement_sentence(_, rules), "good" if agrees(rules) else "bad")
    show_plot(level_figure(rules, session.language), "levels")


def limits(session: Session, rules: LevelRules) -> None:
    """Of a pupil exactly at the limit of each level: what is expected there, one level down and one up."""
    _ = session.translate
    section(_("Exactly at the limit of a level"))
    text(_("Questions that a pupil who only just masters a level is expected to get right"))
    columns = [
        Column(_("Level")),
        Column(_("By the rule"), "count"),
        Column(_("Of this level, by the test"), "count"),
        Column(_("Of the level below"), "count"),
        Column(_("Of the level above"), "count"),
    ]
    table(columns, [_limit(session, rules.mastery, each) for each in rules.levels])


def _limit(session: Session, mastery: float, each: LevelRule) -> list[Cell]:
    name = each.name.in_language(session.language)
    named = session.translate("{name} · {n} questions").format(name=name, n=each.items)
    return [
        f"{each.level}. {named}",
        f"{mastery:.1%}",
        f"{each.at_cut:.1%}",
        _percent(each.below_at_cut),
        _percent(each.above_at_cut),
    ]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def apart(session: Session, rules: LevelRules) -> None:
    """How far neighbouring levels are from each other, in what pupils get right and in questions it takes."""
    _ = session.translate
    section(_("How far apart the levels are"))
    text(hardest_sentence(_, rules))
    figures = _(
        "Questions it takes to tell the two apart 9 times in 10; the second figure: where levels blur in the pupils"
    )
    columns = [
        Column(_("Levels"), "nowrap"),
        Column(_("Pupils in the middle of the lower one get right of its questions"), "number"),
        Column(_("Those in the middle of the upper one"), "number"),
        Column(figures, "number"),
    ]
    pairs = zip(rules.levels, rules.levels[1:], strict=False)
    table(columns, [_pair(_("more than a test has"), low, high) for low, high in pairs])
    text(evidence_sentence(_, rules))


def _pair(too_many: str, low: LevelRule, high: LevelRule) -> list[Cell]:
    needed = [too_many if n is None else str(n) for n in (low.to_tell, low.to_tell_blurred)]
    return [f"{low.level} – {high.level}", f"{low.in_level:.0%}", _percent(low.after_level), " – ".join(needed)]
