"""One calibration: what it would change, in plain words."""

from __future__ import annotations

import streamlit as st

from phonics_app.locales import Translate
from phonics_app.pages.components.calibration_anchors import drift_cells, drift_columns, show_anchors
from phonics_app.pages.components.calibration_list import badges, made_at, source
from phonics_app.pages.components.dashboard_plots import show_plot
from phonics_app.pages.components.html import Column, note, section, show, stats, table, text
from phonics_app.pages.components.labels import level_badge
from phonics_app.pages.components.messages import show_problems
from phonics_app.pages.components.session import Session
from phonics_app.reports.drift_figure import DriftPoint, drift_figure
from phonics_app.reports.figures import Look
from phonics_app.reports.labels import level_label, round_label
from phonics_app.workflows.calibration_comparison import (
    MOVED_LOGITS,
    CalibrationComparison,
    ItemDrift,
    LevelMoves,
    compare_calibration,
)
from phonics_app.workflows.calibrations import LEAST_ANSWERS, LEAST_OF_A_KIND, CalibrationEntry

_MOST = 200


def show_comparison(session: Session, entry: CalibrationEntry, found: CalibrationComparison, beside: str) -> None:
    """`beside`: what it is compared with, in words."""
    _ = session.translate
    show(badges(_, entry))
    text(f"{made_at(entry.facts, session.language)} · {entry.made_by} · {source(_, entry.facts)}")
    st.caption(_("Compared with: {what}").format(what=beside))
    if entry.facts.simulated:
        note(_("These are answers of simulated pupils: they tell nothing about real ones."), "warn")
    if found.problems and not entry.in_force:
        note(_("This calibration can't be approved."), "bad")
        show_problems(found.problems, session.language)
    _summary(session, found)
    show_anchors(session, found)
    section(_("Items"))
    points = [_point(drift) for drift in found.drifts]
    look = Look(session.language, simulated=entry.facts.simulated)
    show_plot(drift_figure(points, MOVED_LOGITS, look), "drift")
    _moved(session, found)
    _levels(session, found)


def compared(session: Session, entry: CalibrationEntry) -> CalibrationComparison:
    place, words = st.empty(), session.translate("Comparing …")

    def show(share: float) -> None:
        place.progress(share, words)

    found = compare_calibration(session.phonics, session.actor, entry.facts.id, show)
    place.empty()
    return found


def _summary(session: Session, found: CalibrationComparison) -> None:
    _ = session.translate
    spread, moves = found.spread, found.moves
    of_all = _("of {n} that were answered").format(n=f"{len(found.content.items):,}")
    in_round = round_label(_, moves.round) if moves.round else ""
    tested = _("of {n} pupils tested, {round}").format(n=f"{moves.pupils:,}", round=in_round)
    stats(
        [
            (_("Items with enough answers"), f"{spread.items:,}", of_all),
            (_("Items that moved"), f"{spread.moved:,}", _("by half a level or more, and surely")),
            (_("Pupils whose level would be another"), f"{moves.changed:,}", tested),
        ]
    )
    st.caption(
        _(
            "An item takes its new difficulty when it has at least {least} answers, {kind} right and {kind} wrong ones"
            " among them, and is better known than before. All other items keep theirs."
        ).format(least=LEAST_ANSWERS, kind=LEAST_OF_A_KIND)
    )


def _point(drift: ItemDrift) -> DriftPoint:
    old, new, error = drift.old.value, drift.estimate.difficulty, drift.estimate.standard_error or 0.0
    return DriftPoint(drift.item_id, drift.level, old, new, error, drift.levels, drift.moved)


def _moved(session: Session, found: CalibrationComparison) -> None:
    _ = session.translate
    chosen = [drift for drift in found.drifts if drift.moved or drift.surprises]
    if not chosen:
        if found.drifts:
            note(_("No item has moved, and the answers to all of them fit."), "good")
        return
    rows = [drift_cells(session, drift) for drift in chosen[:_MOST]]
    table(drift_columns(_), rows, _("Items that moved, or whose answers surprise"), height=520)
    st.caption(
        _(
            "Harder or easier: by the answers, the item is about so many levels away from where it stood. Surprising"
            " answers: good readers often missed it, or weak ones knew it. Open such an item: are the key, the sound"
            " and the picture right, and is it asked everywhere in the same way?"
        )
    )


def _levels(session: Session, found: CalibrationComparison) -> None:
    """Where levels begin, and whose level would be another."""
    _ = session.translate
    if not found.cuts:
        return
    section(_("Levels and pupils"))
    _moves(_, found.moves)
    st.caption(_("Only reckoned for comparison: results and levels of tests that were given stay as they are."))
    with st.expander(_("Where the levels are mastered")):
        columns = [Column(_("Level")), Column(_("So far"), "number"), Column(_("Then"), "number")]
        rows = [[level_label(_, c.number), f"{c.before:+.2f}", f"{c.after:+.2f}"] for c in found.cuts]
        table(columns, rows, _("on the scale of the item bank; a level is about 1.2 wide"))


def _moves(_: Translate, moves: LevelMoves) -> None:
    if not moves.changed:
        if moves.pupils:
            note(_("No pupil's level would be another."), "good")
        return
    words = _("{up} of {n} pupils would stand at a higher level, {down} at a lower one.")
    text(words.format(up=f"{moves.higher:,}", down=f"{moves.changed - moves.higher:,}", n=f"{moves.pupils:,}"))
    columns = [Column(label, "number") for label in (_("Level so far"), _("Level then"), _("Pupils"))]
    rows = [[level_badge(old), level_badge(new), f"{n:,}"] for old, new, n in moves.moves if old != new]
    table(columns, rows, height=420)
