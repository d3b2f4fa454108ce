"""Parts of the page of the record of use: filters, the list, the check of the chain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

import streamlit as st

from phonics_app.domain.calendar import THAI_TIME
from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.day_picker import pick_day
from phonics_app.pages.components.html import Cell, Column, link, link_row, note, stacked, table
from phonics_app.pages.components.messages import empty_state, error_boundary
from phonics_app.pages.components.session import Session
from phonics_app.reports.audit_wording import verification_text
from phonics_app.reports.labels import moment_label
from phonics_app.workflows.audit_sentences import KINDS
from phonics_app.workflows.audit_trail import (
    WITHOUT_ACCOUNT,
    AuditFilter,
    AuditPage,
    ToldEntry,
    audit_people,
    verify_audit,
)


def check_chain(session: Session, page: AuditPage) -> None:
    """What the newest entry is, and a button that reads the whole record."""
    _ = session.translate
    note(_("Newest entry {key}, fingerprint {head}").format(key=page.head_key, head=page.head))
    with st.expander(_("Is the record complete and unchanged?")), st.form("verify_audit", enter_to_submit=False):
        st.write(
            _(
                "Each entry carries a fingerprint of the one before. Note the newest one on paper: with it, later, it "
                "can be shown that nothing was cut off."
            )
        )
        noted = st.text_input(_("Fingerprint noted earlier (may stay empty)"), key="noted_head", max_chars=64)
        if st.form_submit_button(_("Check the whole record"), type="primary"):
            with error_boundary(session.language):
                found = verify_audit(session.phonics, session.actor, noted or "")
                fault = found.fault.value if found.fault else None
                text = verification_text(_, fault, found.key, found.entries)
                note(text, "good" if found.holds else "bad")


def choose_filter(session: Session) -> AuditFilter:
    """Person, kind, subject and days, from the filters of the page; they stand in the address."""
    _ = session.translate
    people = {"": _("Every person"), **{each: _(name) for each, name in WITHOUT_ACCOUNT.items()}}
    people |= dict(audit_people(session.phonics, session.actor))
    kinds: dict[str, str] = {"": _("Every kind"), **{kind: _(name) for kind, name in KINDS.items()}}
    first, second, third = st.columns(3)
    with first:
        person = choose("person", _("Person"), list(people), str, people.__getitem__)
    with second:
        kind = choose("kind", _("Kind"), _distinct(kinds), str, kinds.__getitem__)
    with third:
        subject = _typed(_("About (number of the pupil, or an id)"))
    left, right = st.columns(2)
    with left:
        since = pick_day(session, _("From day"), None, "audit_since")
    with right:
        until = pick_day(session, _("Up to day"), None, "audit_until")
    before = until + timedelta(days=1) if until else None
    return AuditFilter(person, kind, subject, (), _start(since), _start(before))


def _distinct(kinds: dict[str, str]) -> list[str]:
    """Every kind of one name: "items" beside "item" would stand there twice."""
    return list({name: kind for kind, name in reversed(kinds.items())}.values())[::-1]


def _typed(title: str) -> str:
    key = "audit_subject"
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get("about", "")
    text = (st.text_input(title, key=key) or "").strip()[:200]
    if text != st.query_params.get("about", ""):
        st.query_params["about"] = text
    return text


def _start(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), THAI_TIME) if day else None


def page_wanted(wanted: AuditFilter) -> AuditFilter:
    """With the place in the list that the address names."""
    text = st.query_params.get("below", "")
    return replace(wanted, below=int(text)) if text.isascii() and text.isdecimal() and len(text) < 12 else wanted


def show_entries(session: Session, page: AuditPage) -> None:
    _ = session.translate
    if not page.entries:
        empty_state(_("No entry fits"), _("Widen the filters above."))
        return
    columns = [Column(_("Entry"), "number"), Column(_("When"), "nowrap"), Column(_("What happened"), "address")]
    table(columns, [_cells(session, told) for told in page.entries])
    links = []
    if st.query_params.get("below"):
        links.append(link(_("Newest"), _address(""), "secondary"))
    if page.older is not None:
        links.append(link(_("Older entries"), _address(str(page.older)), "secondary"))
    if links:
        link_row(*links)


def _cells(session: Session, told: ToldEntry) -> list[Cell]:
    entry = told.entry
    return [str(entry.key), moment_label(entry.at, session.language), stacked(told.sentence, entry.hash[:16])]


def _address(below: str) -> str:
    query = {name: value for name, value in {**st.query_params.to_dict(), "below": below}.items() if value}
    return f"/audit?{urlencode(query)}" if query else "/audit"
