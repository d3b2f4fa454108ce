"""The levels: by what rule they are mastered, what the test makes of it, how far apart they are."""

from __future__ import annotations

from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row
from phonics_app.pages.components.level_parts import apart, limits, rule
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.levels import show_levels


def page(session: Session) -> None:
    _ = session.translate
    rules = show_levels(session.phonics, session.actor)
    header(_("Levels and their limits"), _("From when on a level counts as mastered"))
    link_row(link(_("To the rubrics"), "/rubrics", "quiet"))
    rule(session, rules)
    limits(session, rules)
    apart(session, rules)


page(current())
