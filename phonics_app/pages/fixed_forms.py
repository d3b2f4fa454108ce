"""Fixed forms: choose a kind and a level; see, compare and print the forms that the item bank gives."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from phonics_app.domain.form import FormBlueprint
from phonics_app.domain.school import Pupil
from phonics_app.pages.components.choose import choose, choose_school, pick
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.form_parts import alike, covered, figures, items
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row, note, section, text
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.form_paper import FormPaper
from phonics_app.reports.form_wording import KINDS, form_name, identity, lack_text, levels_label
from phonics_app.reports.labels import class_label
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.forms import Assembly, assemble_forms, export_form, form_blueprints
from phonics_app.workflows.lists import PupilFilter, page_of_pupils
from phonics_app.workflows.paper_entry import use_form
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.rounds import current_round
from phonics_app.workflows.schools import list_schools


def page(session: Session) -> None:
    _ = session.translate
    header(_("Fixed test forms"), _("Forms that are alike in difficulty, to be given on paper or one to one"))
    blueprint, level = ask(session)
    text(_(KINDS[blueprint.kind]))
    with st.spinner(_("The forms are being put together. This takes a few seconds.")):
        assembly = assemble_forms(session.phonics, session.actor, blueprint.id, (level,))[0]
    if assembly.forms is None:
        lacking(session, assembly)
    else:
        show_forms(session, assembly)


def ask(session: Session) -> tuple[FormBlueprint, int]:
    """The kind of form, and the highest of its levels."""
    _ = session.translate
    blueprints = form_blueprints(session.phonics, session.actor)
    left, right = st.columns(2)
    with left:
        kind = choose(
            "kind", _("Kind of form"), blueprints, lambda b: b.id, lambda b: b.name.in_language(session.language)
        )
    sets = {of[-1]: of for of in kind.level_sets(tuple(level.number for level in session.phonics.content.bank.levels))}
    with right:
        level = choose("level", _("Level"), list(sets), str, lambda number: levels_label(_, sets[number]))
    return kind, level


def lacking(session: Session, assembly: Assembly) -> None:
    _ = session.translate
    note(_("The item bank has too few items for these forms, so there are none. Missing are:"), "bad")
    for problem in assembly.problems:
        note(lack_text(_, problem, session.language), "warn")


def show_forms(session: Session, assembly: Assembly) -> None:
    _ = session.translate
    papers = assembly.papers
    figures(session, papers[0])
    paper = choose(
        "form", _("Form"), papers, lambda p: p.form.letter, lambda p: _("Form {letter}").format(letter=p.form.letter)
    )
    section(form_name(_, paper, session.language))
    downloads(session, paper.form.id, partial(_export, session, paper))
    st.caption(identity(_, paper))
    with_a_class(session, paper)
    items(session, paper)
    section(_("How alike the forms are"))
    alike(session, paper)
    if paper.facts.new:
        section(_("What is new at this level, and what the forms test of it"))
        covered(session, paper)


def with_a_class(session: Session, paper: FormPaper) -> None:
    """On a screen, or on paper and keyed in: the form is known by its code from then on."""
    _ = session.translate
    if not session.may(Action.GIVE_TESTS):
        return
    made = paper.made
    if st.button(_("Give it to a class, or enter its sheets"), icon=":material/keyboard:"):
        code = use_form(session.phonics, session.actor, made.blueprint_id, made.levels[-1], paper.form.letter)
        link_row(link(_("To the classes: code {code}").format(code=code), f"/paper?code={code}", "primary"))
    if not paper.blueprint.kind.for_a_class:
        with st.expander(_("Give it on this screen, one to one")):
            to_a_pupil(session, paper)


def to_a_pupil(session: Session, paper: FormPaper) -> None:
    """Whom it is given: his start screen, with this form chosen."""
    _ = session.translate
    schools = [one for one in list_schools(session.phonics, session.actor) if session.may(Action.GIVE_TESTS, one.id)]
    school = choose_school(session, schools)
    if school is None:
        text(_("There are no pupils of this school year whom you may test."))
        return
    typed = st.text_input(_("Search by name or pupil number"), key="form_pupil_search", live=True) or ""
    pupils = _pupils(session, school.id, typed)
    if not pupils:
        text(_("No pupil is called so.") if typed else _("There are no pupils of this school year whom you may test."))
        return
    pupil = pick(_("Pupil"), pupils, pupils[0], lambda one: _shown(session, one), "form_pupil")
    chosen = {"pupil": pupil.id, "form": paper.made.blueprint_id}
    chosen |= {"level": str(paper.made.levels[-1]), "letter": paper.form.letter}
    link_row(link(_("To the start of the test"), f"/play/new?{urlencode(chosen)}", "primary"))


def _pupils(session: Session, school_id: str, typed: str) -> tuple[Pupil, ...]:
    """The first ones who match: whoever is not among them is found by typing more."""
    year, chosen = current_round(session.phonics).year, PupilFilter(search=typed)
    return page_of_pupils(session.phonics, session.actor, school_id, year, chosen).rows


def _shown(session: Session, pupil: Pupil) -> str:
    return f"{class_label(pupil.grade, pupil.room, session.language)} · {pupil.number} {pupil.name}"


def _export(session: Session, paper: FormPaper, kind: ExportFormat) -> bytes:
    made = paper.made
    return export_form(
        session.phonics,
        session.actor,
        made.blueprint_id,
        made.levels[-1],
        paper.form.letter,
        format=kind,
        language=session.language,
    )


page(current())
