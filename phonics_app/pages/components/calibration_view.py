"""One calibration: what it would change, in plain words; and the decision about it, in two steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from phonics_app.domain.calibration import CalibrationDecision, CalibrationStatus
from phonics_app.locales import N_
from phonics_app.pages.components.calibration_list import source, status_badge
from phonics_app.pages.components.dashboard_plots import show_plot
from phonics_app.pages.components.html import (
    Cell,
    Column,
    badge,
    link,
    note,
    section,
    show,
    stacked,
    stats,
    table,
    text,
)
from phonics_app.pages.components.labels import day, level_badge
from phonics_app.pages.components.messages import act, show_problems
from phonics_app.pages.components.session import Session
from phonics_app.reports.drift_figure import DriftPoint, drift_figure
from phonics_app.reports.figures import Look
from phonics_app.reports.labels import level_label, round_label
from phonics_app.workflows.calibration_comparison import CalibrationComparison, ItemDrift, compare_calibration
from phonics_app.workflows.calibrations import (
    LEAST_ANSWERS,
    LEAST_OF_A_KIND,
    CalibrationEntry,
    approve_calibration,
    withdraw_calibration,
)
from phonics_app.workflows.item_bank import word_asked

_DECISIONS = {CalibrationStatus.APPROVED: N_("approved"), CalibrationStatus.WITHDRAWN: N_("withdrawn")}
_MOST = 200
_PER_LEVEL = 1.2
"""Logits: about the width of a level, in which drift is told."""


def show_comparison(session: Session, entry: CalibrationEntry) -> None:
    _ = session.translate
    found = _compared(session, entry)
    show(status_badge(_, entry))
    text(f"{day(entry.facts.made_at, session.language)} · {entry.made_by} · {source(_, entry.facts)}")
    if entry.facts.simulated:
        note(_("These are answers of simulated pupils: they tell nothing about real ones."), "warn")
    if not entry.facts.converged:
        note(_("The reckoning came to no end, so this calibration can't be approved. Make a new one."), "bad")
    show_problems(found.problems, session.language)
    _summary(session, found)
    _anchors(session, found)
    section(_("Items"))
    points = [_point(drift) for drift in found.drifts]
    cuts = [(cut.number, cut.before) for cut in found.cuts]
    show_plot(drift_figure(points, cuts, Look(session.language, simulated=session.simulated)), "drift")
    _moved(session, found)
    _levels(session, found)


def _compared(session: Session, entry: CalibrationEntry) -> CalibrationComparison:
    """Kept while the page is looked at: each touch draws it anew, and the comparison takes seconds."""
    key = (entry.facts.id, session.phonics.content.bank.version)
    kept: tuple[tuple[str, str], CalibrationComparison] | None = st.session_state.get("calibration_compared")
    if kept is None or kept[0] != key:
        with st.spinner(session.translate("Comparing …")):
            found = compare_calibration(session.phonics, session.actor, entry.facts.id)
        kept = st.session_state["calibration_compared"] = (key, found)
    return kept[1]


def _summary(session: Session, found: CalibrationComparison) -> None:
    _ = session.translate
    spread, moves = found.spread, found.moves
    of_all = _("of {n} that were answered").format(n=f"{len(found.content.items):,}")
    in_round = round_label(_, moves.round) if moves.round else ""
    tested = _("of {n} pupils tested, {round}").format(n=f"{moves.pupils:,}", round=in_round)
    stats(
        [
            (_("Items with enough answers"), f"{spread.items:,}", of_all),
            (_("Items that moved"), f"{spread.moved:,}", _("by nearly half a level or more, and surely")),
            (_("Pupils whose level would be another"), f"{moves.changed:,}", tested),
        ]
    )
    st.caption(
        _(
            "An item takes its new difficulty when it has at least {least} answers, {kind} right and {kind} wrong ones"
            " among them, and is better known than before. All other items keep theirs."
        ).format(least=LEAST_ANSWERS, kind=LEAST_OF_A_KIND)
    )


def _anchors(session: Session, found: CalibrationComparison) -> None:
    _, anchors = session.translate, found.anchors
    if not anchors.spread.items:
        return
    if anchors.calibrated:
        who = _("Checked on {n} items that were calibrated before.")
    else:
        who = _("No item was calibrated before, so the {n} items that the experts were surest of were checked.")
    held = _("The scale holds: these items stand where they stood ({moved} of them moved).")
    if not anchors.holds:
        held = _("The scale does not hold: {moved} of these items moved. Do not approve before you know why.")
    words = f"{held} {who}".format(n=anchors.spread.items, moved=anchors.spread.moved)
    note(words, "good" if anchors.holds else "bad")


def _point(drift: ItemDrift) -> DriftPoint:
    error = drift.estimate.standard_error or 0.0
    new = drift.estimate.difficulty
    old = drift.old
    return DriftPoint(drift.item_id, drift.level, old.value, old.standard_error, new, error, drift.moved)


def _moved(session: Session, found: CalibrationComparison) -> None:
    _ = session.translate
    chosen = [drift for drift in found.drifts if drift.moved or drift.misfits]
    if not chosen:
        note(_("No item has moved, and the answers to all of them fit."), "good")
        return
    columns = [Column(_("Item")), Column(_("Level"), "number"), Column(_("What was found"))]
    columns += [Column(_("In levels"), "number"), Column(_("Right"), "number")]
    rows = [_item_cells(session, drift) for drift in chosen[:_MOST]]
    table(columns, rows, _("Items that moved, or whose answers surprise"), height=520)


def _item_cells(session: Session, drift: ItemDrift) -> list[Cell]:
    _, estimate = session.translate, drift.estimate
    item = next((item for item in session.phonics.content.bank.items if item.id == drift.item_id), None)
    what = []
    if drift.moved:
        what.append(badge(_("harder than thought") if drift.logits > 0 else _("easier than thought"), "wait"))
    if drift.misfits:
        what.append(badge(_("odd answers"), "warn"))
    name = link(drift.item_id, f"/item-bank?item={drift.item_id}")
    right = f"{estimate.right / estimate.answers:.0%}"
    of_answers = _("of {n}").format(n=f"{estimate.answers:,}")
    return [
        stacked(name, word_asked(item) if item else ""),
        level_badge(drift.level),
        what[0] if len(what) == 1 else what[0] + " " + what[1],
        f"{drift.logits / _PER_LEVEL:+.1f}",
        stacked(right, of_answers),
    ]


def _levels(session: Session, found: CalibrationComparison) -> None:
    """Where levels begin, and whose level would be another."""
    _ = session.translate
    if not found.cuts:
        return
    section(_("Levels and pupils"))
    moves = [(old, new, n) for old, new, n in found.moves.moves if old != new]
    if moves:
        columns = [
            Column(_("Level so far"), "number"),
            Column(_("Level then"), "number"),
            Column(_("Pupils"), "number"),
        ]
        table(columns, [[level_badge(old), level_badge(new), f"{n:,}"] for old, new, n in moves])
    else:
        note(_("No pupil's level would be another."), "good")
    st.caption(_("Only reckoned for comparison: results and levels of tests that were given stay as they are."))
    with st.expander(_("Where the levels are mastered")):
        columns = [Column(_("Level")), Column(_("So far"), "number"), Column(_("Then"), "number")]
        rows = [[level_label(_, c.number), f"{c.before:+.2f}", f"{c.after:+.2f}"] for c in found.cuts]
        table(columns, rows, _("on the scale of the item bank; a level is about 1.2 wide"))


def decide(session: Session, entry: CalibrationEntry) -> None:
    """Approve or withdraw, each with a reason, and asked once more."""
    _ = session.translate
    section(_("Decision"))
    reason = st.text_area(_("Reason"), key="calibration_reason", max_chars=2000)
    may_approve = not entry.in_force and entry.facts.converged
    if may_approve and st.button(_("Approve …"), type="primary", icon=":material/check:"):
        st.session_state["calibration_asked"] = CalibrationStatus.APPROVED
    if entry.status is not CalibrationStatus.WITHDRAWN and st.button(_("Withdraw …"), icon=":material/undo:"):
        st.session_state["calibration_asked"] = CalibrationStatus.WITHDRAWN
    asked = st.session_state.get("calibration_asked")
    if asked is CalibrationStatus.APPROVED and may_approve:
        note(_("From now on all new tests use the new difficulties, at every school of this site."), "warn")
        do = partial(approve_calibration, session.phonics, session.actor, entry.facts.id, reason)
        _ask(session, _("Yes, approve"), do, _("Approved. New tests use it from now on."))
    elif asked is CalibrationStatus.WITHDRAWN and entry.status is not CalibrationStatus.WITHDRAWN:
        note(_("New tests use what was in force before. Results of tests given meanwhile stay as they are."), "warn")
        do = partial(withdraw_calibration, session.phonics, session.actor, entry.facts.id, reason)
        _ask(session, _("Yes, withdraw"), do, _("Withdrawn."))


def _ask(session: Session, label: str, do: Callable[[], CalibrationDecision], done: str) -> None:
    yes, no = st.columns(2)
    if no.button(session.translate("No, go back")):
        del st.session_state["calibration_asked"]
        st.rerun()
    if yes.button(label, type="primary"):

        def decided() -> None:
            do()
            del st.session_state["calibration_asked"]

        act(session.language, decided, done)


def show_decisions(session: Session, entry: CalibrationEntry) -> None:
    if not entry.decisions:
        return
    _ = session.translate
    columns = [Column(_("Date"), "nowrap"), Column(_("Decision")), Column(_("Reason"), "wide")]
    rows: list[list[Cell]] = [
        [stacked(day(d.at, session.language), name), _(_DECISIONS[d.status]), d.reason] for d, name in entry.decisions
    ]
    table(columns, rows, _("Decisions so far"))
