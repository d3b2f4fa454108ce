"""Items of a calibration as rows; its anchors: whether they stay where they stood, which they are, and what to do."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from phonics_app.locales import Translate
from phonics_app.pages.components.html import Cell, Column, badge, link, note, stacked, table
from phonics_app.pages.components.labels import level_badge
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import signed
from phonics_app.workflows.calibration_comparison import LEAST_ANCHORS, AnchorCheck, CalibrationComparison, ItemDrift
from phonics_app.workflows.item_bank import word_asked


def show_anchors(session: Session, found: CalibrationComparison) -> None:
    _, anchors = session.translate, found.anchors
    words, tone = _verdict(_, anchors)
    spread = anchors.spread
    levels = signed(spread.levels, 1)
    note(words.format(n=spread.items, moved=spread.moved, levels=levels, least=LEAST_ANCHORS), tone)
    if not spread.items:
        return
    with st.expander(_("The {n} reference items").format(n=spread.items)):
        st.caption(
            _(
                "Their difficulty was found from answers before, so it should stay the same. Where there are enough of"
                " them, only items are taken in which a Thai accent plays no part."
            )
        )
        table(drift_columns(_), [drift_cells(session, drift) for drift in found.drifts if drift.anchor], height=420)


def _verdict(_: Translate, anchors: AnchorCheck) -> tuple[str, str]:
    if anchors.holds is None:
        words = _(
            "Whether the scale has stayed the same can't be checked yet: that needs {least} reference items, which an"
            " earlier calibration has settled, and there are {n}. Experts' estimates may be off by a third of a level"
            " and more, so it is no surprise if many items move. Look at those that moved farthest before you approve."
        )
        return words, "info"
    if anchors.holds:
        words = _(
            "The scale holds: of {n} reference items {moved} moved; on average they stand {levels} levels from where"
            " they stood."
        )
        return words, "good"
    words = _(
        "The scale does not hold: of {n} reference items {moved} moved; on average they stand {levels} levels from"
        " where they stood. Do not approve before you know why. Open those that moved: was the item, its sound or its"
        " teaching changed? If all moved the same way, ask whether tests were given or marked in another way. Mend or"
        " retire what is wrong, then make a new calibration."
    )
    return words, "bad"


def drift_columns(_: Translate) -> list[Column]:
    names = [Column(_("Item")), Column(_("Level"), "number"), Column(_("What was found"))]
    return [*names, Column(_("In levels"), "number"), Column(_("Answered rightly"), "number")]


def drift_cells(session: Session, drift: ItemDrift) -> list[Cell]:
    _, estimate = session.translate, drift.estimate
    item = session.phonics.content.bank.item(drift.item_id)
    right = f"{estimate.right / estimate.answers:.0%}"
    return [
        stacked(link(drift.item_id, f"/item-bank?item={drift.item_id}"), word_asked(item)),
        level_badge(drift.level),
        Markup(" ").join(_findings(_, drift)),
        signed(drift.levels, 1),
        stacked(right, _("of {n}").format(n=f"{estimate.answers:,}")),
    ]


def _findings(_: Translate, drift: ItemDrift) -> list[Markup]:
    found = []
    if drift.moved:
        found.append(badge(_("harder than before") if drift.logits > 0 else _("easier than before"), "wait"))
    if drift.surprises:
        found.append(badge(_("surprising answers"), "warn"))
    if drift.anchor:
        found.append(badge(_("reference item")))
    return found
