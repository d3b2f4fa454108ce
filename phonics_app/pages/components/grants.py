"""Roles as choices: each role of one school once for each school."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from phonics_app.domain.account import ROLES_OF_ONE_SCHOOL, Grant, Role
from phonics_app.locales.labels import label
from phonics_app.pages.components.session import Session
from phonics_app.workflows.schools import list_schools


def grant_name(session: Session, grant: Grant, schools: dict[str, str]) -> str:
    name = label(session.translate, grant.role)
    return f"{name} · {schools.get(grant.school_id, grant.school_id)}" if grant.school_id else name


def school_names(session: Session) -> dict[str, str]:
    return {s.id: s.name.in_language(session.language) for s in list_schools(session.phonics, session.actor)}


def choose_grants(session: Session, present: Sequence[Grant], key: str) -> tuple[Grant, ...]:
    _ = session.translate
    schools = school_names(session)
    options: list[Grant] = []
    for role in Role:
        options += [Grant(role, s) for s in schools] if role in ROLES_OF_ONE_SCHOOL else [Grant(role)]
    options += [grant for grant in present if grant not in options]
    chosen = st.multiselect(
        _("Roles"),
        options,
        default=list(present),
        format_func=lambda grant: grant_name(session, grant, schools),
        placeholder=_("Choose one or more"),
        key=key,
        filter_mode="contains",
        select_all=False,
    )
    return tuple(chosen)
