"""The record of use: who saw, changed and took out what, and whether the record itself is whole."""

from __future__ import annotations

from phonics_app.pages.components.audit_parts import check_chain, choose_filter, page_wanted, show_entries
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import section, text
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.audit_trail import FORMATS, audit_page, export_audit
from phonics_app.workflows.permissions import Action, require


def page(session: Session) -> None:
    _ = session.translate
    require(session.actor, Action.SEE_AUDIT)
    header(_("Record of use"), _("Who saw, changed and took out what, and when"))
    wanted = choose_filter(session)
    shown = audit_page(session.phonics, session.actor, page_wanted(wanted), language=session.language)
    check_chain(session, shown)
    text(_("Pupils stand here as numbers, never by name."))
    show_entries(session, shown)
    section(_("Take these entries along"))
    downloads(
        session,
        "phonics-audit",
        lambda kind: export_audit(session.phonics, session.actor, wanted, format=kind, language=session.language),
        FORMATS,
    )


page(current())
