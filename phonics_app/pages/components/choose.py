"""Choices that stand in the address and are remembered in the session, so that none is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from phonics_app.domain.school import School
from phonics_app.pages.components.session import Session
from phonics_app.workflows.schools import list_schools

T = TypeVar("T")


def told_apart(options: Sequence[T], show: Callable[[T], str]) -> Callable[[T], str]:
    """`show`, with a number after what several options would be called: Streamlit takes the last of equal names,
    whichever was chosen."""
    shown = [show(option) for option in options]
    if len(set(shown)) == len(shown):
        return show
    numbered = [
        f"{name} · {shown[: n + 1].count(name)}" if shown.count(name) > 1 else name for n, name in enumerate(shown)
    ]
    return lambda option: numbered[options.index(option)]


def choose(
    name: str, label: str, options: Sequence[T], code: Callable[[T], str], show: Callable[[T], str], default: int = 0
) -> T:
    """One of `options`; address parameter `name` holds its code. The address wins over what was chosen before."""
    coded = {code(option): option for option in options}
    codes = list(coded)
    key = f"choose_{name}"
    if st.session_state.get(key) not in coded:
        wanted = st.query_params.get(name) or st.session_state.get(f"chosen_{name}")
        st.session_state[key] = wanted if wanted in coded else codes[min(default, len(codes) - 1)]
    names = told_apart(codes, lambda c: show(coded[c]))
    chosen = st.selectbox(label, codes, key=key, format_func=names, filter_mode=None)
    st.session_state[f"chosen_{name}"] = chosen
    # Nothing chosen needs no parameter: each change of the address is a step that "back" has to go through.
    if st.query_params.get(name, "") != chosen:
        st.query_params[name] = chosen
    return coded[chosen]


def pick(label: str, options: Sequence[T], value: T, show: Callable[[T], str], key: str) -> T:
    """One of `options`, at first `value`; nothing of it stands in the address (fields of forms)."""
    index = options.index(value) if value in options else 0
    return st.selectbox(label, options, index=index, format_func=told_apart(options, show), key=key, filter_mode=None)


def remembered(name: str) -> str:
    """What was chosen under `name` before, in the address or in this session, or ""."""
    value = st.query_params.get(name) or st.session_state.get(f"chosen_{name}") or ""
    return str(value)


def choose_school(session: Session, schools: Sequence[School] | None = None) -> School | None:
    """One of the actor's schools; no widget where there is only one, None where there is none."""
    _ = session.translate
    schools = list_schools(session.phonics, session.actor) if schools is None else schools
    if not schools:
        return None
    if len(schools) == 1:
        return schools[0]
    return choose("school", _("School"), schools, lambda s: s.id, lambda s: s.name.in_language(session.language))
