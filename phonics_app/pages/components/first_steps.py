"""What an administrator does first on a new site; gone as soon as it is done."""

from __future__ import annotations

from phonics_app.domain.paging import Wanted
from phonics_app.domain.school import School
from phonics_app.pages.components.html import cards, section
from phonics_app.pages.components.session import Session
from phonics_app.workflows.classes import list_classes
from phonics_app.workflows.lists import page_of_accounts


def _with_classes(session: Session, schools: list[School], year: int) -> bool:
    return any(list_classes(session.phonics, session.actor, school.id, year) for school in schools)


def first_steps(session: Session, schools: list[School]) -> None:
    """Accounts for others, then class lists; nothing where both are there."""
    _ = session.translate
    steps = []
    if page_of_accounts(session.phonics, session.actor, wanted=Wanted(size=1)).total == 1:
        steps.append(("/accounts", _("Create accounts"), _("For teachers, directors and trainers, each with a role")))
    year = session.round.year
    if not _with_classes(session, schools, year):
        if _with_classes(session, schools, year - 1):
            told = _("Last year's classes go into the new academic year, school by school")
            steps.append(("/year-turn", _("Year turn"), told))
        text = _("An Excel or CSV file for each school; teachers may do it themselves")
        steps.append(("/roster", _("Import class list"), text))
    if steps:
        section(_("First steps"))
        cards(steps)
