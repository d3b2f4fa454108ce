"""Pupils who were registered twice: likely pairs, both side by side, putting them together and apart again."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.school import School
from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Cell, Column, lines, link, link_row, note, section, table
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.merge_parts import compare_others, side_by_side, what_happens, who
from phonics_app.pages.components.messages import act, empty_state, show_left_message, show_problems
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.merge_wording import likeness_label
from phonics_app.workflows.merging import (
    MOST,
    Double,
    Merge,
    find_doubles,
    list_merges,
    merge_pupils,
    preview_merge,
    undo_merge,
)
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.schools import list_schools


def page(session: Session) -> None:
    _ = session.translate
    header(_("Pupils registered twice"), _("Two records of one pupil become one history, and can be taken apart again"))
    show_left_message()
    schools = [s for s in list_schools(session.phonics, session.actor) if session.may(Action.MERGE_PUPILS, s.id)]
    kept, merged = st.query_params.get("kept", ""), st.query_params.get("merged", "")
    if kept and merged:
        preview(session, {s.id: s for s in schools}, kept, merged)
        return
    if not schools:
        return
    school_id = _school(session, schools)
    doubles(session, {s.id: s for s in schools}, school_id)
    compare_others(session, schools, school_id)
    merged_before(session, school_id)


def _school(session: Session, schools: list[School]) -> str | None:
    """None: all of them, for who looks after the whole site."""
    if len(schools) == 1:
        return schools[0].id
    _ = session.translate
    names = {s.id: s.name.in_language(session.language) for s in schools}
    return choose("school", _("School"), ["", *names], str, lambda one: names.get(one, _("All schools"))) or None


def doubles(session: Session, schools: dict[str, School], school_id: str | None) -> None:
    _ = session.translate
    section(_("Perhaps the same pupil"))
    found = find_doubles(session.phonics, session.actor, school_id)
    if not found:
        advice = _("No two records have the same name, or the same number but for zeros before it.")
        empty_state(_("No pupil seems to be registered twice"), advice)
        return
    columns = [Column(_("Both records")), Column(_("What is alike"))]
    rows = [_pair(session, schools, double) for double in found]
    table([*columns, Column("", "actions")], rows, _("{n} pairs").format(n=len(found)), height=460)
    if len(found) == MOST:
        st.caption(_("Only the {n} likeliest pairs are shown.").format(n=MOST))


def _pair(session: Session, schools: dict[str, School], double: Double) -> list[Cell]:
    address = f"/merge?kept={double.kept.id}&merged={double.merged.id}"
    return [
        lines([who(session, schools, one) for one in (double.kept, double.merged)]),
        likeness_label(session.translate, double.likeness),
        link(session.translate("Compare"), address, "secondary"),
    ]


def preview(session: Session, schools: dict[str, School], kept_id: str, merged_id: str) -> None:
    _ = session.translate
    swapped = f"/merge?kept={merged_id}&merged={kept_id}"
    back, swap = _("Back to the list"), _("Keep the other record instead")
    link_row(link(back, "/merge", "quiet"), link(swap, swapped, "secondary"))
    shown = preview_merge(session.phonics, session.actor, kept_id, merged_id)
    section(_("Both records"))
    side_by_side(session, schools, shown)
    if shown.problems:
        show_problems(shown.problems, session.language)
        return
    section(_("What will happen"))
    what_happens(session, shown)
    if st.button(_("Put the two records together"), type="primary", icon=":material/join:"):
        act(session.language, lambda: _merge(session, kept_id, merged_id, shown.digest), _done(session))


def _done(session: Session) -> str:
    return session.translate("The two records are one now. Below they can be taken apart again.")


def _merge(session: Session, kept_id: str, merged_id: str, digest: str) -> Merge:
    done = merge_pupils(session.phonics, session.actor, kept_id, merged_id, digest)
    for name in ("kept", "merged"):
        st.query_params.pop(name, None)
    return done


def merged_before(session: Session, school_id: str | None) -> None:
    _ = session.translate
    found = list_merges(session.phonics, session.actor, school_id)
    if not found:
        return
    section(_("Put together before"))
    told = _("{day}: {kept} (number {number}) took the record of {name} (number {other})")
    newest: set[str] = set()
    for one in found:
        when = day(one.merged_at, session.language)
        names = {"kept": one.kept_name, "number": one.kept_number, "name": one.name, "other": one.number}
        note(told.format(day=when, **names))
        # Of several, the last one first.
        if one.kept_id not in newest and st.button(_("Take the records apart"), key=f"split_{one.id}"):
            _split(session, one)
        newest.add(one.kept_id)


def _split(session: Session, one: Merge) -> None:
    done = session.translate("There are two records again: number {number} has back what it had.")
    act(
        session.language,
        lambda: undo_merge(session.phonics, session.actor, one.kept_id),
        lambda undone: done.format(number=undone.number),
    )


page(current())
