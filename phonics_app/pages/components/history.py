"""A pupil's tests and decisions, newest first."""

from __future__ import annotations

from phonics_app.domain.attempt import Attempt, AttemptStatus
from phonics_app.domain.result import Placement
from phonics_app.locales import N_
from phonics_app.pages.components.html import Cell, Column, badge, link, section, table
from phonics_app.pages.components.labels import day, level_badge
from phonics_app.pages.components.session import Session

STATES = {
    AttemptStatus.OPEN: (N_("Not finished"), "wait"),
    AttemptStatus.FINISHED: (N_("Finished"), "good"),
    AttemptStatus.DISCARDED: (N_("Discarded"), "warn"),
}


def history(session: Session, attempts: tuple[Attempt, ...], decisions: tuple[Placement, ...], shown: str) -> None:
    """`shown`: the attempt on this page, which needs no link to itself."""
    _ = session.translate
    section(_("All tests of this pupil"))
    columns = [Column(_("Day"), "nowrap"), Column(_("State")), Column(_("Level decided")), Column(_("Reason"))]
    rows = [_cells(session, attempt, decisions, shown) for attempt in attempts]
    table([*columns, Column("", "actions")], rows)


def _cells(session: Session, attempt: Attempt, decisions: tuple[Placement, ...], shown: str) -> list[Cell]:
    _ = session.translate
    label, tone = STATES[attempt.status]
    decision = next((d for d in decisions if d.attempt_id == attempt.id), None)
    action: Cell = link(_("See result"), f"/result?attempt={attempt.id}", "secondary")
    if attempt.id == shown:
        action = badge(_("shown here"))
    elif attempt.status is AttemptStatus.OPEN:
        action = link(_("Resume"), f"/play/{attempt.id}", "secondary")
    return [
        day(attempt.created_at, session.language),
        badge(_(label), tone),
        level_badge(decision.level if decision else None),
        decision.reason if decision else "",
        action,
    ]
