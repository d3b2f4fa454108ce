"""Which class becomes which in the new year: a line for each class."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import School
from phonics_app.domain.year_turn import Class
from phonics_app.pages.components.choose import pick
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import class_label


def choose_targets(
    session: Session, school: School, usual: Mapping[Class, Class | None], key: str
) -> dict[Class, Class | None]:
    """Those classes that don't become what is usual."""
    changed: dict[Class, Class | None] = {}
    for of, to in usual.items():
        chosen = _line(session, school, of, to, f"{key}_{of[0].value}_{of[1]}")
        if chosen != to:
            changed[of] = chosen
    return changed


def _line(session: Session, school: School, of: Class, to: Class | None, key: str) -> Class | None:
    _ = session.translate
    highest = max(school.highest_grade.order, of[0].order)
    grades = [None, *(grade for grade in Grade if of[0].order <= grade.order <= highest)]
    label = class_label(*of, session.language)
    left, right = st.columns(2)
    with left:
        grade = pick(
            _("{name} becomes").format(name=label),
            grades,
            to[0] if to else None,
            lambda g: _("Leaves the school") if g is None else g.label(session.language),
            f"grade_{key}",
        )
    room = right.text_input(_("Room"), to[1] if to else of[1], key=f"room_{key}", disabled=grade is None)
    return None if grade is None else (grade, room.strip())
