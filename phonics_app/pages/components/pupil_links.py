"""What can be done next for a pupil, as links: the one that is due first and strongest."""

from __future__ import annotations

from markupsafe import Markup

from phonics_app.pages.components.html import link
from phonics_app.pages.components.session import Session
from phonics_app.workflows.classes import ClassRow, Due
from phonics_app.workflows.permissions import Action


def pupil_actions(session: Session, row: ClassRow, tests: bool) -> Markup:
    """`tests`: the actor may give tests and decide at this school."""
    _ = session.translate
    result = f"/result?attempt={row.last_attempt_id}"
    links = []
    if tests and row.due is Due.RESUME_TEST:
        links.append(link(_("Resume"), f"/play/{row.open_attempt_id}", "primary"))
    if tests and row.due in (Due.FIRST_TEST, Due.TEST_THIS_ROUND):
        links.append(link(_("Test"), f"/play/new?pupil={row.pupil.id}", "primary"))
    if row.last_attempt_id and tests and row.due is Due.DECIDE:
        links.append(link(_("Decide"), result, "primary"))
    elif row.last_attempt_id:
        links.append(link(_("See result"), result, "secondary"))
    if session.may(Action.GIVE_OWN_DATA, row.pupil.school_id):
        links.append(link(_("Data"), f"/pupil-data?pupil={row.pupil.id}", "quiet"))
    return Markup("").join(links)
