"""Choosing a day: Streamlit's calendar counts in the Christian era, which no Thai school does."""

from __future__ import annotations

from datetime import date

import streamlit as st
from markupsafe import Markup

from phonics_app.pages.components.html import show
from phonics_app.pages.components.session import Session
from phonics_app.reports.typesetting import long_date


def pick_day(session: Session, title: str, value: date | None, key: str) -> date | None:
    """The day that is chosen, told below in words with its Buddhist year. Not inside a form: there the words would
    stay behind what is chosen."""
    _ = session.translate
    chosen = st.date_input(title, value, key=key, format="DD/MM/YYYY")
    day = chosen if isinstance(chosen, date) else None
    told = [long_date(day, session.language)] if day else []
    told.append(_("the box counts years of the Christian era (B.E. less 543)"))
    show(Markup('<p class="pn-day" role="status">{}</p>').format(" · ".join(told)))
    return day
