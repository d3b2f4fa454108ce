"""Who may see rubrics, what a filter leaves, and what an export is."""

from __future__ import annotations

import io

import openpyxl
import pytest
from pypdf import PdfReader

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import NotAllowed
from phonics_app.domain.grade import Stage
from phonics_app.domain.strand import Strand
from phonics_app.workflows.rubrics import (
    DocumentFormat,
    RubricFilter,
    RubricKind,
    export_rubrics,
    select_rubrics,
    teaching_steps,
)
from tests.reports.test_typesetting import squeeze

NOBODY = Actor("nobody", "nobody", ())


def levels(rubrics) -> set[int]:
    return {c.level for c in rubrics.performance}


def test_without_a_role_nothing_is_shown(phonics):
    with pytest.raises(NotAllowed):
        select_rubrics(phonics, NOBODY, RubricFilter())
    with pytest.raises(NotAllowed):
        export_rubrics(phonics, NOBODY, RubricFilter(), DocumentFormat.PDF, ("th",))
    with pytest.raises(NotAllowed):
        teaching_steps(phonics, NOBODY, 1)


def test_every_role_sees_rubrics(phonics, people):
    for actor in (people.trainer, people.teacher, people.director, people.municipal_director, people.administrator):
        assert select_rubrics(phonics, actor, RubricFilter()) == phonics.content.rubrics


@pytest.mark.parametrize("stage", list(Stage))
def test_a_stage_means_the_levels_that_are_entered_in_it(phonics, people, stage):
    shown = select_rubrics(phonics, people.trainer, RubricFilter(stages=(stage,)))
    expected = {
        level.number for level in phonics.content.bank.levels if stage in {grade.stage for grade in level.entry_grades}
    }
    assert levels(shown) == expected == {step.level for step in shown.teaching_steps}


def test_level_stage_and_strand_narrow_together(phonics, people):
    chosen = RubricFilter(levels=(2, 5), stages=(Stage.PRIMARY,), strands=(Strand.SPELLING,))
    shown = select_rubrics(phonics, people.trainer, chosen)
    assert {(c.level, c.strand) for c in shown.performance} == {(5, Strand.SPELLING)}
    assert {s.strand for s in shown.teaching_steps} == {Strand.SPELLING}


def test_kinds_leave_out_the_others(phonics, people):
    shown = select_rubrics(phonics, people.trainer, RubricFilter((RubricKind.FRAMEWORKS,), frameworks=(6,)))
    assert (shown.performance, shown.teaching_steps, shown.promotion, shown.references) == ((), (), (), ())
    assert {f.number for f in shown.frameworks} == {6} == {c.framework for c in shown.framework_criteria}
    shown = select_rubrics(phonics, people.trainer, RubricFilter((RubricKind.PROMOTION,)))
    assert shown.promotion
    assert (shown.performance, shown.frameworks, shown.framework_criteria) == ((), (), ())


def test_bands_mastery_and_version_stay(phonics, people):
    whole, shown = phonics.content.rubrics, select_rubrics(phonics, people.trainer, RubricFilter(levels=(1,)))
    assert (shown.bands, shown.mastery, shown.version) == (whole.bands, whole.mastery, whole.version)


def test_an_export_holds_what_was_chosen_and_the_thai_date(phonics, people):
    chosen = RubricFilter((RubricKind.PERFORMANCE,), levels=(3,))
    made = export_rubrics(phonics, people.trainer, chosen, DocumentFormat.PDF, ("th",))
    text = squeeze("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
    descriptors = phonics.content.rubrics.performance
    assert all((squeeze(c.descriptor.th) in text) == (c.level == 3) for c in descriptors)
    assert squeeze("15 มิถุนายน 2569") in text


def test_excel_and_word_by_name(phonics, people):
    made = export_rubrics(phonics, people.trainer, RubricFilter(levels=(1,)), DocumentFormat.EXCEL, ("th", "en"))
    assert len(openpyxl.load_workbook(io.BytesIO(made)).worksheets) == 5
    assert export_rubrics(phonics, people.trainer, RubricFilter(levels=(1,)), DocumentFormat.WORD, ("en",))[:2] == b"PK"


def test_teaching_steps_in_order(phonics, people):
    steps = teaching_steps(phonics, people.teacher, 4)
    assert [s.order for s in steps] == list(range(1, len(steps) + 1))
    assert {s.level for s in steps} == {4}


def test_no_steps_for_a_level_that_the_ladder_has_no_more(phonics, people):
    assert teaching_steps(phonics, people.teacher, 99) == ()
