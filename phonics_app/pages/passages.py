"""Reading passages: find one, see it as the pupil does and as the teacher needs it, print it."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.errors import NotFound
from phonics_app.locales.messages import render
from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row
from phonics_app.pages.components.messages import empty_state
from phonics_app.pages.components.passage_parts import passage_list, pupils_side, teachers_side
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.labels import level_label
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.passages import export_passages, list_passages, view_passage

ALL = ""


def page(session: Session) -> None:
    passage_id = st.query_params.get("passage")
    if passage_id:
        one_passage(session, passage_id)
    else:
        browse(session)


def browse(session: Session) -> None:
    _ = session.translate
    header(_("Reading passages"), _("Short texts to read aloud: decodable at their level, with questions"))
    numbers = [level.number for level in session.phonics.content.bank.levels]
    names = {ALL: _("All levels"), **{str(number): level_label(_, number) for number in numbers}}
    chosen = choose("level", _("Level"), list(names), str, names.__getitem__)
    level = int(chosen) if chosen else None
    found = list_passages(session.phonics, session.actor, level)
    if not found:
        known = sorted({passage.level for passage in list_passages(session.phonics, session.actor)})
        advice = _("Levels that have passages: {levels}").format(levels=", ".join(map(str, known)))
        empty_state(_("No passage at this level"), advice, link(_("All levels"), "/passages", "secondary"))
        return
    printing(session, f"level-{level}" if level else "all", level=level)
    passage_list(session, found)


def printing(session: Session, name: str, passage_id: str = "", level: int | None = None) -> None:
    """A leaf for each passage: a sheet to read from, and on its back the teacher's."""
    downloads(
        session,
        f"phonics-passage-{name}",
        lambda kind: export_passages(session.phonics, session.actor, passage_id, level, language=session.language),
        (ExportFormat.PDF,),
    )


def one_passage(session: Session, passage_id: str) -> None:
    _ = session.translate
    back = link(_("Back to the passages"), "/passages", "quiet")
    try:
        view = view_passage(session.phonics, session.actor, passage_id)
    except NotFound as error:
        header(_("Reading passages"))
        empty_state(render(error, session.language), _("Choose one from the list."), back)
        return
    passage = view.passage
    title = passage.title.in_language(session.language)
    version = _("Version {n}").format(n=passage.version)
    known = dict.fromkeys((title, passage.title.en, level_label(_, passage.level), passage.id, version))
    header(title, " · ".join([*known][1:]))
    link_row(back)
    pupils_side(session, passage)
    printing(session, passage.id, passage.id)
    teachers_side(session, view)


page(current())
