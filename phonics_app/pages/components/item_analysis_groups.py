"""Whether groups of pupils find skills easier or harder than others who read as well; and how sure levels are."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from phonics_app.pages.components.frames import school_labels
from phonics_app.pages.components.html import Cell, Column, badge, note, stacked, stats, table
from phonics_app.pages.components.labels import level_badge
from phonics_app.pages.components.session import Session
from phonics_app.reports.item_analysis_wording import (
    HALF,
    TRAITS,
    group_name,
    of_a_hundred,
    reliability_text,
    skill_text,
)
from phonics_app.reports.labels import percent
from phonics_app.workflows.site_item_analysis import Difference, SiteAnalysis, Trait, Verdict

_LEVEL_LOGITS = 1.2


def show_differences(session: Session, found: SiteAnalysis) -> None:
    _ = session.translate
    st.caption(
        _(
            "Pupils who read equally well should do equally well on every skill, whatever their school, sex or grade."
            " Where they don't, look at these items, or at how the skill is taught there."
        )
    )
    for trait in Trait:
        title = _(TRAITS[trait.value])
        if trait not in found.compared:
            note(_("{title}: there is only one group, so nothing to compare.").format(title=title))
            continue
        own = [one for one in found.differences if one.trait is trait]
        shifted = sorted(
            (one for one in own if one.shift.verdict is Verdict.SHIFTED), key=lambda one: -abs(one.shift.effect)
        )
        with st.expander(_trait_title(session, title, len(shifted))):
            _told(session, found, trait, own, shifted)


def _trait_title(session: Session, title: str, count: int) -> str:
    _ = session.translate
    words = _("{title}: {n} differences found") if count else _("{title}: no difference found")
    return words.format(title=title, n=count)


def _told(
    session: Session, found: SiteAnalysis, trait: Trait, own: list[Difference], shifted: list[Difference]
) -> None:
    _ = session.translate
    names = school_labels(session)
    if shifted:
        columns = [Column(_("Group and skill"), "wide"), Column(_("What was found"))]
        columns += [Column(_("Right"), "number"), Column(_("Pupils"), "number")]
        table(columns, [_cells(session, one, names) for one in shifted], height=420)
        words = _(
            "Right: of 100 of the group, where {half} of 100 others who read equally well are; the true number most"
            " likely lies between those below it. Of all that is claimed here, one in twenty may be chance."
        )
        st.caption(words.format(half=HALF))
    verdicts = Counter(one.shift.verdict for one in own if not one.item)
    seen = _("No difference seen, though one that matters would most likely show: {n} of {all} comparisons.")
    unknown = _("Can't tell from so few answers: {n} of {all} comparisons.")
    every = sum(verdicts.values())
    for verdict, words in ((Verdict.NONE_SEEN, seen), (Verdict.CANNOT_TELL, unknown)):
        if verdicts[verdict]:
            st.caption(words.format(n=f"{verdicts[verdict]:,}", all=f"{every:,}"))
    if found.items_not_tested[trait]:
        st.caption(_("Single items are compared only where enough pupils of both sides answered them."))


def _cells(session: Session, one: Difference, schools: dict[str, str]) -> list[Cell]:
    _, shift = session.translate, one.shift
    easier = badge(_("easier for them"), "good") if shift.effect > 0 else badge(_("harder for them"), "wait")
    low, right, high = of_a_hundred(shift.effect, shift.standard_error)
    skill = f"{skill_text(_, one.strand, one.level)} {one.item}".strip()
    return [
        stacked(group_name(_, one.trait.value, one.group, schools, session.language), skill),
        easier,
        stacked(str(right), f"{low}–{high}"),
        f"{shift.pupils:,}",
    ]


def show_certainty(session: Session, found: SiteAnalysis) -> None:
    _, sure = session.translate, found.decisions
    every = found.reliability[0]
    stats(
        [
            (_("Put at their true level"), percent(sure.accuracy), _("by one test alone")),
            (
                _("The same level again"),
                percent(sure.consistency),
                _("if an equal test were given at once"),
            ),
            (
                _("Typical error"),
                _("{n} levels").format(n=f"{every.error / _LEVEL_LOGITS:.1f}"),
                _("tests tell pupils apart {how}").format(how=reliability_text(_, every.value)),
            ),
        ]
    )
    with st.expander(_("Level by level")):
        _by_level(session, found)
        _by_start(session, found)


def _by_level(session: Session, found: SiteAnalysis) -> None:
    _ = session.translate
    columns = [Column(_("Level")), Column(_("Tests"), "number"), Column(_("Truly at this level"), "number")]
    rows: list[list[Cell]] = [
        [
            level_badge(level),
            f"{band.persons:,}",
            percent(band.accuracy) if band.accuracy else _("can't tell from so few"),
        ]
        for (level, _cut), band in zip(found.cuts, found.decisions.bands, strict=True)
    ]
    table(columns, rows, _("Pupils put at each level by their answers"))


def _by_start(session: Session, found: SiteAnalysis) -> None:
    _ = session.translate
    if len(found.reliability) < 2:
        return
    columns = [Column(_("Tests begun at level")), Column(_("Tests"), "number"), Column(_("Tell pupils apart"))]
    columns.append(Column(_("Typical error in levels"), "number"))
    rows: list[list[Cell]] = [
        [one.group, f"{one.persons:,}", reliability_text(_, one.value), f"{one.error / _LEVEL_LOGITS:.1f}"]
        for one in found.reliability[1:]
    ]
    table(columns, rows, _("Pupils who begin at the same level are more alike, so they are harder to tell apart"))
