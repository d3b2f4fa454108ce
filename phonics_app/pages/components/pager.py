"""Under a list that goes on: where one is in it, and the buttons to the next and the last page."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

from phonics_app.domain.paging import Page, Wanted
from phonics_app.pages.components.session import Session

T = TypeVar("T")


def wanted_page(name: str, filters: object) -> Wanted:
    """The page that was turned to, the first again as soon as other `filters` are chosen."""
    key = f"page_{name}"
    known, number = st.session_state.get(key, (None, 1))
    if known != filters:
        number = 1
        st.session_state[key] = (filters, 1)
    return Wanted(number)


def pager(session: Session, name: str, filters: object, page: Page[T]) -> None:
    """Nothing where all stands on one page."""
    _ = session.translate
    if page.pages == 1:
        return
    number = (page.first - 1) // page.size + 1 if page.first else 1
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, target in ((_("Previous page"), number - 1), (_("Next page"), number + 1)):
            st.button(
                label,
                key=f"turn_{name}_{label}",
                disabled=not 1 <= target <= page.pages,
                on_click=_turn,
                args=(name, filters, target),
            )
        st.caption(place_text(session, page))


def place_text(session: Session, page: Page[T]) -> str:
    """ "51–100 of 1,234"."""
    shown = session.translate("{first}–{last} of {total}")
    return shown.format(first=f"{page.first:,}", last=f"{page.last:,}", total=f"{page.total:,}")


def _turn(name: str, filters: object, number: int) -> None:
    st.session_state[f"page_{name}"] = (filters, number)
