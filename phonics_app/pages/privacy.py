"""Who answers for the data of this site, as its notices say."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.privacy import Basis
from phonics_app.locales.privacy_labels import BASES
from phonics_app.pages.components.choose import pick
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import note, section, text
from phonics_app.pages.components.messages import act, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.privacy import NOTICE_VERSION, PrivacySettings, privacy_settings, save_privacy_settings

GROUNDS = [basis for basis in Basis if basis is not Basis.WITHDRAWN]


def page(session: Session) -> None:
    _ = session.translate
    require(session.actor, Action.MANAGE_SITE)
    header(_("Privacy"), _("Who answers for the data, as the notices say it"))
    show_left_message()
    now = privacy_settings(session.phonics, session.actor)
    if not now.complete:
        note(_("Notices can't be printed before this is filled in."), "warn")
    with st.form("privacy", enter_to_submit=False):
        thai = st.text_input(_("Data controller, in Thai"), now.controller_th, max_chars=500)
        english = st.text_input(_("Data controller, in English"), now.controller_en, max_chars=500)
        contact = st.text_area(_("Contact: address, telephone, e-mail"), now.contact, max_chars=500)
        officer = st.text_area(_("Data protection officer and how to reach him"), now.officer, max_chars=500)
        basis = pick(_("Ground that the notices state"), GROUNDS, now.basis, lambda b: _(BASES[b]), "notice_basis")
        years = st.number_input(_("Years that results are kept after a pupil has left"), 1, 30, now.kept_years)
        if st.form_submit_button(_("Save"), type="primary"):
            wanted = PrivacySettings(thai or "", english or "", contact or "", officer or "", basis, int(years))
            act(session.language, lambda: save_privacy_settings(session.phonics, session.actor, wanted), _("Saved."))
    section(_("What is never kept"))
    text(
        _(
            "Citizen numbers, birth dates, religion, ethnicity and the like are dropped at import, "
            "before anything is stored."
        )
    )
    text(_("Text of the notice: version {version}").format(version=NOTICE_VERSION))


page(current())
