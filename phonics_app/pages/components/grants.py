"""Roles as choices: each role of one school once for each school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from phonics_app.domain.account import ROLES_OF_ONE_SCHOOL, Grant, Role
from phonics_app.domain.school import Classroom
from phonics_app.locales.labels import label
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import class_label
from phonics_app.workflows.classes import list_classes
from phonics_app.workflows.permissions import Action, allows
from phonics_app.workflows.schools import list_schools


def grant_name(session: Session, grant: Grant, schools: dict[str, str]) -> str:
    """ "Teacher · Ban Doi · P3/2 (2569)"."""
    parts = [label(session.translate, grant.role)]
    if grant.school_id:
        parts.append(schools.get(grant.school_id, grant.school_id))
    if grant.classrooms is not None:
        rooms = [f"{class_label(c.grade, c.room, session.language)} ({c.year})" for c in grant.classrooms]
        parts.append(", ".join(rooms))
    return " · ".join(parts)


def school_names(session: Session) -> dict[str, str]:
    return {s.id: s.name.in_language(session.language) for s in list_schools(session.phonics, session.actor)}


def single(grants: Iterable[Grant]) -> list[Grant]:
    """Each room a grant of its own, as they are chosen."""
    found: list[Grant] = []
    for grant in grants:
        rooms = [None] if grant.classrooms is None else [(room,) for room in grant.classrooms]
        found += [replace(grant, classrooms=room) for room in rooms]
    return found


def joined(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """The rooms of a school in one grant, as they are kept; with the whole school they say nothing more."""
    grants = tuple(grants)
    whole = [grant for grant in grants if grant.classrooms is None]
    rooms: dict[Grant, list[Classroom]] = {}
    for grant in grants:
        of = replace(grant, classrooms=None)
        if grant.classrooms is not None and of not in whole:
            rooms.setdefault(of, []).extend(grant.classrooms)
    return (*whole, *(replace(of, classrooms=tuple(dict.fromkeys(held))) for of, held in rooms.items()))


def _rooms_of(session: Session, school_id: str) -> list[Grant]:
    year = session.round.year
    classes = list_classes(session.phonics, session.actor, school_id, year)
    return [Grant(Role.TEACHER, school_id, (Classroom(year, grade, room),)) for grade, room in classes]


def _may_give(session: Session, grant: Grant) -> bool:
    """Administrators give every role, directors that of a teacher at their school."""
    if allows(session.actor, Action.MANAGE_SITE):
        return True
    return grant.role is Role.TEACHER and allows(session.actor, Action.INVITE_TEACHERS, grant.school_id)


def choose_grants(session: Session, present: Sequence[Grant], key: str) -> tuple[Grant, ...]:
    _ = session.translate
    schools, present = school_names(session), single(present)
    options: list[Grant] = []
    for role in Role:
        options += [Grant(role, s) for s in schools] if role in ROLES_OF_ONE_SCHOOL else [Grant(role)]
    options += [grant for school in schools for grant in _rooms_of(session, school)]
    options = [grant for grant in options if _may_give(session, grant)]
    options += [grant for grant in present if grant not in options]
    chosen = st.multiselect(
        _("Roles"),
        options,
        default=list(present),
        format_func=lambda grant: grant_name(session, grant, schools),
        placeholder=_("Choose one or more"),
        help=_("A teacher has the whole school, or single classes of this academic year: type the class to find it."),
        key=key,
        filter_mode="contains",
        select_all=False,
    )
    return joined(chosen)
