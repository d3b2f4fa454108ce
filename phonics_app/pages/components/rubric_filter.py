"""What of the rubrics to show: kind, level, stage, strand, framework."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from phonics_app.domain.grade import Stage
from phonics_app.domain.strand import Strand
from phonics_app.locales import N_
from phonics_app.locales.labels import label
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import stage_label
from phonics_app.workflows.rubrics import RubricFilter, RubricKind, select_rubrics

T = TypeVar("T")

KINDS = {
    RubricKind.PERFORMANCE: N_("Performance by level"),
    RubricKind.PROMOTION: N_("Promotion rules"),
    RubricKind.FRAMEWORKS: N_("The nine frameworks"),
}


def choose_filter(session: Session) -> RubricFilter:
    """The filters that make sense for the kind that is chosen."""
    _ = session.translate
    kind = st.segmented_control(
        _("Rubric"),
        list(RubricKind),
        default=RubricKind.PERFORMANCE,
        required=True,
        format_func=lambda k: _(KINDS[k]),
        key="rubric_kind",
        persist_state="session",
    )
    if kind is RubricKind.PERFORMANCE:
        return _of_performance(session)
    if kind is RubricKind.FRAMEWORKS:
        return _of_frameworks(session)
    return RubricFilter((kind,))


def _of_performance(session: Session) -> RubricFilter:
    _ = session.translate
    levels = [level.number for level in session.phonics.content.bank.levels]
    chosen = _pills(_("Level"), levels, str, "rubric_levels", levels[:1])
    whole = select_rubrics(session.phonics, session.actor, RubricFilter((RubricKind.PERFORMANCE,)))
    used = {criterion.strand for criterion in whole.performance}
    with st.expander(_("More filters: stage and strand")):
        stages = _pills(_("Stage"), list(Stage), lambda s: stage_label(_, s), "rubric_stages")
        strands = _pills(_("Strand"), [s for s in Strand if s in used], lambda s: label(_, s), "rubric_strands")
    return RubricFilter((RubricKind.PERFORMANCE,), levels=chosen, stages=stages, strands=strands)


def _of_frameworks(session: Session) -> RubricFilter:
    _ = session.translate
    whole = select_rubrics(session.phonics, session.actor, RubricFilter((RubricKind.FRAMEWORKS,)))
    names = {f.number: f"{f.number}. {f.name.in_language(session.language)}" for f in whole.frameworks}
    chosen = _pills(_("Framework"), list(names), names.__getitem__, "rubric_frameworks", list(names)[:1])
    return RubricFilter((RubricKind.FRAMEWORKS,), frameworks=chosen)


def _pills(
    heading: str, options: Sequence[T], show: Callable[[T], str], key: str, default: Sequence[T] = ()
) -> tuple[T, ...]:
    chosen = st.pills(
        heading,
        options,
        selection_mode="multi",
        default=list(default),
        format_func=show,
        key=key,
        persist_state="session",
    )
    return tuple(chosen)
