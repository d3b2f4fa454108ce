"""Whom to test next in the same class: with forty pupils, each way back to the list costs a minute of the lesson."""

from __future__ import annotations

from markupsafe import Markup

from phonics_app.domain.school import Pupil
from phonics_app.pages.components.html import link
from phonics_app.pages.components.session import Session
from phonics_app.workflows.classes import ClassRow, Due, class_page

_WAITING = (Due.FIRST_TEST, Due.TEST_THIS_ROUND, Due.RESUME_TEST)


def next_pupil(session: Session, pupil: Pupil) -> list[Markup]:
    """A link to the next test in this pupil's class, after him first, then from the top; none if all are tested."""
    shown = class_page(
        session.phonics, session.actor, pupil.school_id, session.round.year, pupil.grade, pupil.room
    ).rows
    here = next((n for n, row in enumerate(shown) if row.pupil.id == pupil.id), -1)
    waiting = [row for row in (*shown[here + 1 :], *shown[: max(here, 0)]) if row.due in _WAITING]
    return [_link(session, waiting[0])] if waiting else []


def _link(session: Session, row: ClassRow) -> Markup:
    label = session.translate("Test next: {name}").format(name=row.pupil.name)
    resumed = row.due is Due.RESUME_TEST
    return link(label, f"/play/{row.open_attempt_id}" if resumed else f"/play/new?pupil={row.pupil.id}", "secondary")
