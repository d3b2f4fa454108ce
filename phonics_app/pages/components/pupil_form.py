"""The form for one pupil, to add or to correct."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Pupil, PupilDraft, School, Sex
from phonics_app.pages.components.choose import pick
from phonics_app.pages.components.labels import SEXES
from phonics_app.pages.components.session import Session

EMPTY = PupilDraft("", "", "", "", Sex.UNKNOWN, Grade.P1, "")


def draft_of(pupil: Pupil) -> PupilDraft:
    person = (pupil.number, pupil.prefix, pupil.first_name, pupil.last_name, pupil.sex)
    return PupilDraft(*person, pupil.grade, pupil.room, pupil.class_number)


def pupil_form(session: Session, school: School, before: PupilDraft, key: str) -> PupilDraft | None:
    """The draft when the form is sent, else None. `key` tells forms of different pupils apart."""
    _ = session.translate
    with st.form(f"pupil_{key}", enter_to_submit=False):
        first, second, third = st.columns([1, 2, 2])
        prefix = first.text_input(_("Name prefix"), before.prefix, key=f"prefix_{key}")
        first_name = second.text_input(_("First name"), before.first_name, key=f"first_{key}")
        last_name = third.text_input(_("Last name"), before.last_name, key=f"last_{key}")
        columns = st.columns([1.2, 1.5, 1.2, 1, 1])
        number = columns[0].text_input(_("Number"), before.number, key=f"number_{key}")
        with columns[1]:
            sex = pick(_("Sex"), list(Sex), before.sex, lambda s: _(SEXES[s]), f"sex_{key}")
        with columns[2]:
            grades = _grades(school, before.grade)
            grade = pick(_("Grade"), grades, before.grade, lambda g: g.label(session.language), f"grade_{key}")
        room = columns[3].text_input(_("Room"), before.room, key=f"room_{key}")
        in_class = columns[4].number_input(
            _("Class number"), 1, 99, value=before.class_number, step=1, key=f"in_class_{key}"
        )
        sent = st.form_submit_button(_("Save"), type="primary")
    if not sent:
        return None
    texts = (number.strip(), prefix.strip(), first_name.strip(), last_name.strip())
    return PupilDraft(*texts, sex, grade, room.strip(), None if in_class is None else int(in_class))


def _grades(school: School, present: Grade) -> list[Grade]:
    highest = max(school.highest_grade.order, present.order)
    return [grade for grade in Grade if grade.order <= highest]
