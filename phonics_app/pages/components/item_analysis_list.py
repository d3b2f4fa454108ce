"""What to look at first: items that answers say something against, most urgent first."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.html import Cell, Column, badge, link, note, stacked, stats, table
from phonics_app.pages.components.item_labels import task_label, word_markup
from phonics_app.pages.components.labels import level_badge
from phonics_app.pages.components.session import Session
from phonics_app.reports.item_analysis_wording import finding_name
from phonics_app.reports.labels import moment_label, percent
from phonics_app.workflows.site_item_analysis import (
    AnalysedItem,
    Flag,
    SiteAnalysis,
    analyse_site_items,
    kept_analysis,
)

_ANEW = "item_analysis_anew"
_ALL = ""
_FLAGGED, _EVERY, _FEW = "flagged", "every", "few"
_URGENT = (Flag.CHECK_KEY, Flag.OPTION_OF_THE_STRONG)


def analysed(session: Session, tests: int) -> SiteAnalysis:
    """The analysis that was made last, or else a new one. `tests`: those that there are."""
    anew = st.session_state.pop(_ANEW, False)
    found = None if anew else kept_analysis(session.phonics, session.actor)
    if found is None:
        place, words = st.empty(), session.translate("Analysing the answers of {n} tests …").format(n=f"{tests:,}")
        bar = place.progress(0.0, words)
        found = analyse_site_items(session.phonics, session.actor, lambda share: bar.progress(min(share, 1.0), words))
        place.empty()
    return found


def summary(session: Session, found: SiteAnalysis, tests: int) -> None:
    _ = session.translate
    flagged, enough = sum(map(_is_flagged, found.items)), sum(one.enough for one in found.items)
    least = _("with {n} answers or more").format(n=found.least_answers)
    of_pupils = _("of {n} pupils").format(n=f"{found.pupils:,}")
    stats(
        [
            (_("Tests"), f"{found.tests:,}", of_pupils),
            (_("Items with enough answers"), f"{enough:,}", least),
            (_("Items to look at"), f"{flagged:,}", _("of {n} items").format(n=f"{enough:,}")),
        ]
    )
    said = _("Analysed on {moment}.").format(moment=moment_label(found.made_at, session.language))
    st.caption(said + " " + _("Figures are of all schools together and name nobody."))
    st.caption(_("Answers under a clock are left out: they also tell how fast a pupil is."))
    if tests != found.finished and st.button(_("Analyse anew"), icon=":material/refresh:"):
        st.session_state[_ANEW] = True
        st.rerun()


def item_list(session: Session, found: SiteAnalysis) -> None:
    _ = session.translate
    left, right = st.columns(2)
    with left:
        levels = sorted({one.item.level for one in found.items})
        names = {_ALL: _("All levels"), **{str(n): _("Level {n}").format(n=n) for n in levels}}
        level = choose("level", _("Level"), list(names), str, names.__getitem__)
    with right:
        kinds = {_FLAGGED: _("Items to look at"), _EVERY: _("All items"), _FEW: _("Items with too few answers")}
        kind = choose("show", _("Show"), list(kinds), str, kinds.__getitem__)
    there = [one for one in found.items if level in (_ALL, str(one.item.level))]
    chosen = [one for one in there if _is_shown(one, kind)]
    if not chosen:
        note(_no_item(session, kind, any(one.enough for one in there)), "good" if kind == _FLAGGED else "info")
        return
    columns = [Column(_("Item")), Column(_("Level")), Column(_("What was found"), "wide")]
    columns += [Column(_("Right"), "number"), Column("", "actions")]
    table(columns, [_cells(session, one) for one in chosen], _caption(session, kind, len(chosen)), height=620)


def _is_flagged(one: AnalysedItem) -> bool:
    return one.enough and bool(one.findings)


def _is_shown(one: AnalysedItem, kind: str) -> bool:
    return kind == _EVERY or (not one.enough if kind == _FEW else _is_flagged(one))


def _no_item(session: Session, kind: str, any_enough: bool) -> str:
    _ = session.translate
    if kind == _FLAGGED and any_enough:
        return _("Nothing stands out: the answers say nothing against these items.")
    return _("There is no such item.")


def _caption(session: Session, kind: str, count: int) -> str:
    _ = session.translate
    if kind == _FLAGGED:
        return _("{n} items, what is most urgent first").format(n=f"{count:,}")
    return _("{n} items").format(n=f"{count:,}")


def _cells(session: Session, one: AnalysedItem) -> list[Cell]:
    _, told = session.translate, one.told
    return [
        stacked(word_markup(one.item), one.item.id),
        level_badge(one.item.level),
        stacked(finding_badges(session, one), task_label(_, one.item.task)),
        stacked(percent(told.share_right), _("of {n} answers").format(n=f"{told.n:,}")),
        link(_("Look"), address(item=one.item.id), "secondary"),
    ]


def finding_badges(session: Session, one: AnalysedItem) -> Markup:
    _ = session.translate
    if not one.findings:
        return badge(_("nothing stands out"), "good")
    return Markup(" ").join(badge(finding_name(_, f.flag.value), _tone(f.flag)) for f in one.findings)


def _tone(flag: Flag) -> str:
    return "warn" if flag in _URGENT else "neutral" if flag is Flag.TOO_FEW else "wait"


def address(**changes: str) -> str:
    """This page with some of its parameters changed; "" takes one away."""
    query = {name: value for name, value in {**st.query_params.to_dict(), **changes}.items() if value}
    return f"/item-analysis?{urlencode(query)}" if query else "/item-analysis"
