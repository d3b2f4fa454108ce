"""Classes by level: form them from the levels in force, name teacher and room, move pupils, print the lists."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.school import School
from phonics_app.pages.components.choose import choose, choose_school, pick
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Cell, Column, badge, section, stacked, table
from phonics_app.pages.components.level_class_form import form_classes
from phonics_app.pages.components.messages import act, empty_state, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.history_wording import day_label
from phonics_app.reports.labels import class_label
from phonics_app.workflows.level_classes import (
    LevelClass,
    LevelClassPage,
    Member,
    change_level_class,
    export_level_class,
    level_class_page,
    list_level_classes,
    move_level_member,
)
from phonics_app.workflows.permissions import Action


def page(session: Session) -> None:
    _ = session.translate
    header(_("Level classes"), _("Who is taught together, whatever the grade"))
    show_left_message()
    school = choose_school(session)
    if school is None:
        return
    classes = list_level_classes(session.phonics, session.actor, school.id)
    if classes:
        overview(session, classes)
        one(session, school, classes)
    else:
        advice = _("Below a proposal is made from the levels that were decided. Nothing is stored before you confirm.")
        empty_state(_("No level classes yet"), advice)
    if session.may(Action.DECIDE_PLACEMENT, school.id):
        with st.expander(_("Form the level classes anew") if classes else _("Form level classes"), not classes):
            form_classes(session, school)


def overview(session: Session, classes: tuple[LevelClass, ...]) -> None:
    _ = session.translate
    columns = [Column(_("Level class")), Column(_("Level"), "middle"), Column(_("Teacher of the class"), "wide")]
    columns += [Column(_("Room")), Column(_("Pupils"), "number"), Column(_("Since"), "nowrap")]
    table(columns, [_class(session, shown) for shown in classes])


def _class(session: Session, shown: LevelClass) -> list[Cell]:
    since = day_label(session.translate, shown.since, "", session.language)
    return [
        shown.name,
        badge(str(shown.level), "level"),
        shown.teacher or "–",
        shown.room or "–",
        str(shown.size),
        since,
    ]


def one(session: Session, school: School, classes: tuple[LevelClass, ...]) -> None:
    _ = session.translate
    of = choose("level_class", _("Level class"), classes, lambda c: c.id, lambda c: _name(session, c))
    shown = level_class_page(session.phonics, session.actor, of.id)
    columns = [Column(_("Name")), Column(_("Class"), "nowrap"), Column(_("Since"), "nowrap"), Column(_("Level now"))]
    table(columns, [_member(session, shown, member) for member in shown.members], _("{n} pupils").format(n=of.size))
    if session.may(Action.DECIDE_PLACEMENT, school.id):
        move(session, shown, classes)
        change(session, of)
    downloads(
        session,
        f"level-class-{of.name}",
        lambda kind: export_level_class(session.phonics, session.actor, of.id, format=kind, language=session.language),
    )


def _name(session: Session, of: LevelClass) -> str:
    return session.translate("{name} (level {level})").format(name=of.name, level=of.level)


def _member(session: Session, shown: LevelClassPage, member: Member) -> list[Cell]:
    _ = session.translate
    level: Cell = "–" if member.level is None else badge(str(member.level), "level")
    if member.level is not None and member.level != shown.of.level:
        level = badge(_("level {level} now").format(level=member.level), "wait")
    where = class_label(member.pupil.grade, member.pupil.room, session.language)
    name = stacked(member.pupil.name, member.pupil.number)
    return [name, where, day_label(_, member.since, "", session.language), level]


def move(session: Session, shown: LevelClassPage, classes: tuple[LevelClass, ...]) -> None:
    """At first the one who is due: his level is another by now."""
    _ = session.translate
    others = [each for each in classes if each.id != shown.of.id]
    if not others or not shown.members:
        return
    section(_("Move a pupil to another level class"))
    due = next((m for m in shown.members if m.level not in (None, shown.of.level)), shown.members[0])
    left, right = st.columns(2)
    with left:
        member = pick(
            _("Pupil"), shown.members, due, lambda m: f"{m.pupil.number} {m.pupil.name}", f"member_{shown.of.id}"
        )
    fitting = next((c for c in others if c.level == member.level), others[0])
    with right:
        key = f"target_{member.pupil.id}"
        target = pick(_("To the level class"), others, fitting, lambda c: _name(session, c), key)
    if st.button(_("Move to this class"), key=f"move_{shown.of.id}"):
        act(
            session.language,
            lambda: move_level_member(session.phonics, session.actor, member.pupil.id, target.id),
            _("{name} is in the level class {other} now.").format(name=member.pupil.name, other=target.name),
        )


def change(session: Session, of: LevelClass) -> None:
    _ = session.translate
    with st.expander(_("Change name, teacher or room")), st.form(f"change_{of.id}", enter_to_submit=False):
        columns = st.columns(3)
        name = columns[0].text_input(_("Name of the class"), of.name, key=f"name_{of.id}")
        teacher = columns[1].text_input(_("Teacher of the class"), of.teacher, key=f"teacher_{of.id}")
        room = columns[2].text_input(_("Room"), of.room, key=f"room_{of.id}")
        sent = st.form_submit_button(_("Save"), type="primary")
    if sent:
        act(
            session.language,
            lambda: change_level_class(session.phonics, session.actor, of.id, name=name, teacher=teacher, room=room),
            _("Saved: {name}").format(name=name.strip()),
        )


page(current())
