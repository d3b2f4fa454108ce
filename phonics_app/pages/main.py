"""The script behind every screen: opens the session, builds the menu for the role, runs the chosen page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from phonics_app.pages.components.catalogue import PAGES, PageEntry, permitted
from phonics_app.pages.components.frame import header, rename_controls, sidebar, sign_in_first, simulated_banner, style
from phonics_app.pages.components.html import link, link_row, note
from phonics_app.pages.components.messages import error_boundary
from phonics_app.pages.components.session import Session, language_of_browser, open_session

FOLDER = Path(__file__).parent
# Pixels: narrow, so that a tablet held upright keeps room for tables.
SIDEBAR = 236


def main() -> None:
    language = language_of_browser()
    # A file of our own: Streamlit would fetch the picture of a named icon from the net.
    st.set_page_config(
        page_title="Phonics Nine",
        page_icon=str(FOLDER / "components" / "icon.svg"),
        layout="wide",
        initial_sidebar_state=SIDEBAR,
    )
    style(language)
    rename_controls(language)
    with error_boundary(language):
        session = open_session()
        if session is None:
            st.navigation([st.Page(FOLDER / "home.py", default=True)], position="hidden")
            sign_in_first(language)
        else:
            run_page(session)


def run_page(session: Session) -> None:
    pages = {entry: streamlit_page(entry, session) for entry in PAGES}
    sections: dict[str, list[st.Page]] = {}
    for entry, page in pages.items():
        sections.setdefault(session.translate(entry.section) if entry.section else "", []).append(page)
    chosen = st.navigation(sections, position="sidebar", expanded=True)
    entry = next(e for e, page in pages.items() if page is chosen)
    sidebar(session, entry.path)
    simulated_banner(session)
    if not permitted(entry, session.actor):
        refuse(session)
        return
    with error_boundary(session.language):
        chosen.run()


def refuse(session: Session) -> None:
    _ = session.translate
    header(_("Not for your account"))
    note(_("Your account may not open this page. If you need it, ask the administrator."), "warn")
    link_row(link(_("Home"), "/", "primary"))


def streamlit_page(entry: PageEntry, session: Session) -> st.Page:
    """Pages that the actor may not open are hidden, not absent: their address answers with a refusal."""
    return st.Page(
        FOLDER / entry.file,
        title=session.translate(entry.title),
        icon=f":material/{entry.icon}:",
        url_path=entry.path or None,
        default=not entry.path,
        visibility="visible" if entry.listed and permitted(entry, session.actor) else "hidden",
    )


main()
