"""The first screen: what this person has to do next, by what he may do."""

from __future__ import annotations

from phonics_app.domain.school import School
from phonics_app.locales import N_
from phonics_app.pages.components.backup_schedule import found_wrong
from phonics_app.pages.components.backups import remind
from phonics_app.pages.components.basis_parts import remind_of_bases
from phonics_app.pages.components.first_steps import first_steps
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import cards, section
from phonics_app.pages.components.messages import no_pupils
from phonics_app.pages.components.session import Session, current
from phonics_app.pages.components.to_do import classes_due, remind_of_requests
from phonics_app.workflows.classes import list_classes
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.schools import list_schools

# More schools than this are left to the class page, so that an administrator's first screen stays short.
SCHOOLS_SHOWN = 3

PLACES = (
    (Action.SEE_PUPILS, "/class", N_("My class"), N_("Every pupil's level, and what is due")),
    (Action.SEE_DASHBOARD, "/dashboard", N_("Dashboard"), N_("Pupils by level, progress and coverage")),
    (Action.SEE_DASHBOARD, "/onet", N_("O-NET English"), N_("National means and your own results, year by year")),
    (Action.SEE_NETWORK, "/network", N_("School network"), N_("Network schools as totals only")),
    (Action.SEE_RUBRICS, "/rubrics", N_("Rubrics"), N_("What pupils do at each level; read, print or export")),
    (Action.MANAGE_SITE, "/accounts", N_("Accounts"), N_("Who may sign in, and as what")),
    (Action.SEE_AUDIT, "/audit", N_("Record of use"), N_("Who saw, changed and took out what, and when")),
    (Action.MANAGE_SITE, "/maintenance", N_("Backup and checks"), N_("Make a backup copy, check the item bank")),
)


def page(session: Session) -> None:
    _ = session.translate
    subtitle = _("Academic year {year}, term {term}").format(year=session.round.year, term=session.round.term)
    header(_("Hello, {name}").format(name=session.actor.display_name), subtitle)
    schools = list_schools(session.phonics, session.actor)
    tested = [school for school in schools if session.may(Action.GIVE_TESTS, school.id)]
    if len(tested) <= SCHOOLS_SHOWN:
        for school in tested:
            classes_due(session, school)
            remind_of_bases(session, school)
    deciding = [school for school in schools if session.may(Action.TRANSFER_PUPILS, school.id)]
    if len(deciding) <= SCHOOLS_SHOWN:
        for school in deciding:
            remind_of_requests(session, school)
    for school in schools:
        if school not in tested and session.may(Action.SEE_PUPILS, school.id):
            _without_pupils(session, school)
    if session.may(Action.MANAGE_SITE):
        first_steps(session, tested)
        found_wrong(session)
        remind(session)
    section(_("Go to"))
    cards([(href, _(title), _(text)) for action, href, title, text in PLACES if session.may(action)])


def _without_pupils(session: Session, school: School) -> None:
    """Who gives no tests there has nothing to do in its classes; but where there are none, he can see to it."""
    if not list_classes(session.phonics, session.actor, school.id, session.round.year):
        section(school.name.in_language(session.language))
        no_pupils(session, school)


page(current())
