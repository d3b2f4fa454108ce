"""What is kept for how long, and what is due: it goes only when a person confirms it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from phonics_app.domain.retention import ELSEWHERE, LEAST, MOST, Due, PupilsLeft
from phonics_app.locales.retention_labels import KINDS
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.grants import school_names
from phonics_app.pages.components.html import Column, link, link_row, note, section, table, text
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.messages import act, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.retention import clear_due, list_due, pupils_left, save_retention


def page(session: Session) -> None:
    _ = session.translate
    require(session.actor, Action.MANAGE_SITE)
    header(_("Retention"), _("What is kept for how long, and what is due"))
    show_left_message()
    text(_("Nothing goes by itself: a person looks, confirms the number, and it is recorded."))
    due = list_due(session.phonics, session.actor)
    columns = [
        Column(_("Kind of data")),
        Column(_("Kept for days"), "number"),
        Column(_("Due"), "number"),
        Column(_("Oldest")),
    ]
    rows = [[_(KINDS[d.kind]), f"{d.days:,}", f"{d.rows:,}", day(d.oldest, session.language)] for d in due]
    table(columns, rows)
    text(_("Tests go with their pupil, who is erased; accounts are disabled by an administrator."))
    text(_("No pupil's voice is kept."))
    link_row(link(_("Accounts"), "/accounts", "secondary"))
    for each in due:
        if each.rows and each.kind not in ELSEWHERE:
            confirm(session, each)
    left(session)
    settings(session, due)


def confirm(session: Session, due: Due) -> None:
    _ = session.translate
    name = _(KINDS[due.kind])
    with st.expander(_("Clear: {what}").format(what=name)), st.form(f"clear_{due.kind.value}", enter_to_submit=False):
        st.write(_("This can't be undone. Type the number that is due: {n}").format(n=due.rows))
        typed = st.text_input(_("Number that is due"), key=f"typed_{due.kind.value}", max_chars=12)
        if st.form_submit_button(_("Clear for ever"), type="primary"):
            digits = (typed or "").strip()
            rows = int(digits) if digits.isascii() and digits.isdecimal() else -1
            act(
                session.language,
                lambda: clear_due(session.phonics, session.actor, due.kind, rows),
                lambda done: (
                    _("Cleared: {n}. Written to {file} first.").format(n=done.rows, file=done.archive)
                    if done.archive
                    else _("Cleared: {n}.").format(n=done.rows)
                ),
            )


def left(session: Session) -> None:
    """Pupils are erased elsewhere, each with a preview: here stands how many are due."""
    _ = session.translate
    section(_("Pupils who left long ago"))
    found, names = pupils_left(session.phonics, session.actor), school_names(session)
    if not found:
        note(_("No pupil is due."), "good")
        return
    columns = [
        Column(_("School")),
        Column(_("Last school year"), "number"),
        Column(_("Pupils"), "number"),
        Column(_("What erasing would do, pupil by pupil"), "wide"),
    ]
    table(columns, [[names.get(p.school_id, p.school_id), str(p.last_year), str(p.pupils), _each(p)] for p in found])


def _each(those: PupilsLeft) -> Markup:
    """Links to the preview of erasing each of them, by the pupil's number."""
    links = [link(number, f"/pupil-data?pupil={id}") for id, number in those.first]
    more = [Markup("…")] if those.pupils > len(links) else []
    return Markup(" ").join([*links, *more])


def settings(session: Session, due: tuple[Due, ...]) -> None:
    _ = session.translate
    section(_("For how long"))
    with st.form("retention", enter_to_submit=False):
        days = {
            d.kind: int(st.number_input(_("{what}: days").format(what=_(KINDS[d.kind])), LEAST[d.kind], MOST, d.days))
            for d in due
        }
        if st.form_submit_button(_("Save")):
            act(session.language, lambda: save_retention(session.phonics, session.actor, days), _("Saved."))


page(current())
