"""On what ground each pupil's data are kept, and the notice for parents."""

from __future__ import annotations

import streamlit as st

from phonics_app.pages.components.basis_parts import basis_table, note_bases
from phonics_app.pages.components.choose import choose, choose_school
from phonics_app.pages.components.downloads import MIME_TYPES, while_signed_in
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import note, section
from phonics_app.pages.components.messages import no_pupils, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.labels import class_label
from phonics_app.workflows.classes import list_classes
from phonics_app.workflows.lawful_bases import PupilBasis, class_bases
from phonics_app.workflows.privacy import print_notice, privacy_settings


def page(session: Session) -> None:
    _ = session.translate
    header(_("Lawful basis and notice"), _("On what ground each pupil's data are kept"))
    show_left_message()
    school = choose_school(session)
    classes = list_classes(session.phonics, session.actor, school.id, session.round.year) if school else ()
    if school is None or not classes:
        no_pupils(session, school)
        return
    grade, room = choose(
        "class", _("Class"), classes, lambda c: f"{c[0].value}-{c[1]}", lambda c: class_label(*c, session.language)
    )
    scope = (school.id, session.round.year, grade, room)
    found = class_bases(session.phonics, session.actor, *scope)
    _count(session, found)
    basis_table(session, found)
    note_bases(session, school, found)
    section(_("Notice for parents"))
    if not privacy_settings(session.phonics, session.actor).complete:
        note(
            _("An administrator has to say under Privacy who answers for the data; then the notice can be printed."),
            "warn",
        )
        return
    st.download_button(
        _("Print the notice for this class (PDF)"),
        while_signed_in(
            session, lambda: print_notice(session.phonics, session.actor, *scope, language=session.language)
        ),
        file_name=f"notice-{grade.value}-{room}.pdf",
        mime=MIME_TYPES["pdf"],
        icon=":material/download:",
        on_click="ignore",
    )


def _count(session: Session, found: tuple[PupilBasis, ...]) -> None:
    _ = session.translate
    without = sum(one.without for one in found)
    if without:
        note(_("{n} of {of} pupils without a noted lawful basis").format(n=without, of=len(found)), "warn")
    else:
        note(_("Every pupil of this class has a lawful basis noted."), "good")


page(current())
