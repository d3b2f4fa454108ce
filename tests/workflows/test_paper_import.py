"""Marking sheets by spreadsheet: every fault at once with its place, what is shown is what is stored, nothing twice."""

from __future__ import annotations

import pytest

from phonics_app.domain.attempt import Source
from phonics_app.domain.errors import Conflict, ProblemsFound
from phonics_app.domain.paper_sheet import DAY_COLUMN, DAY_ROW, FIRST_ROW, NAME
from phonics_app.domain.roster import Change
from phonics_app.locales.messages import render
from phonics_app.workflows import assess
from phonics_app.workflows.paper_entry import enter_sheet, paper_class
from phonics_app.workflows.paper_import import commit_paper, preview_paper
from tests import sites
from tests.workflows.papers import GIVEN_ON, GRADE, ROOM, SCHOOL, Filled, add_class, plan_of_code, printed, sheet


@pytest.fixture
def pupils(phonics):
    return add_class(phonics)


def look(phonics, filled):
    return preview_paper(phonics, sites.PEOPLE.teacher, "marks.xlsx", filled.content)


def store(phonics, filled, digest=None):
    shown = digest or look(phonics, filled).digest
    return commit_paper(phonics, sites.PEOPLE.teacher, "marks.xlsx", filled.content, shown)


def told(problems, language="en"):
    return [render(problem, language) for problem in problems]


def test_the_template_knows_form_class_and_pupils(phonics, pupils):
    code = printed(phonics, "level-check", 4)
    filled = Filled(phonics, code, "th")
    assert code in filled.sheet.title
    assert [filled.sheet.cell(FIRST_ROW + n, NAME + 1).value for n in range(3)] == [
        "ด.ญ.ภูผา สมมุติวงศ์",
        "ด.ญ.มะลิ สมมุติวงศ์",
        "ด.ญ.ธารา สมมุติวงศ์",
    ]
    assert filled.sheet.row_dimensions[1].hidden
    rules = filled.sheet.data_validations.dataValidation
    assert any('"x,s,d,t,a,n,/"' in (rule.formula1 or "") or "x,s,d" in (rule.formula1 or "") for rule in rules)
    shown = look(phonics, filled)
    assert (shown.rows, shown.problems, shown.ready) == ((), (), False)


def test_what_is_filled_in_is_stored_as_it_was_shown_and_only_once(phonics, people, pupils):
    filled = Filled(phonics, printed(phonics, "level-check", 4))
    filled.mark(0, 1, "x").mark(0, 2, "S").mark(0, 3, "ป").extra(0, total=18)
    filled.extra(2, total="20")
    shown = look(phonics, filled)
    assert told(shown.problems) == []
    assert [(row.row, row.pupil.id, row.change) for row in shown.rows] == [
        (FIRST_ROW, pupils[0], Change.NEW),
        (FIRST_ROW + 2, pupils[2], Change.NEW),
    ]
    assert store(phonics, filled).new == 2
    (attempt,) = assess.attempts_of(phonics, people.teacher, pupils[0])
    assert attempt.spec.source is Source.SPREADSHEET
    result = assess.compute_result(phonics, people.teacher, attempt.id)
    assert [score.score for score in result.scores[:4]] == [0, 1, 0, 1]
    again = look(phonics, filled)
    assert ({row.change for row in again.rows}, again.ready) == ({Change.UNCHANGED}, False)
    store(phonics, filled)
    assert len(assess.attempts_of(phonics, people.teacher, pupils[0])) == 1


def test_a_sheet_that_was_keyed_in_before_is_the_same_test(phonics, people, pupils):
    code = printed(phonics, "level-check", 4)
    enter_sheet(phonics, people.teacher, code, sheet(plan_of_code(phonics, code), pupils[0], {4: "t"}))
    filled = Filled(phonics, code).mark(0, 4, "t").extra(0, total=19)
    assert [row.change for row in look(phonics, filled).rows] == [Change.UNCHANGED]
    filled.mark(0, 5, "x").extra(0, total=18)
    assert "is stored already, with other marks" in told(look(phonics, filled).problems)[0]


def test_every_fault_is_told_at_once_with_its_place(phonics, people, pupils):
    filled = Filled(phonics, printed(phonics, "probe-words", 3))
    name = filled.sheet.title
    filled.mark(0, 2, "q").mark(0, 30, "x").extra(0, last=20, seconds=61, total=1)
    filled.mark(1, 7, "?").extra(1, last=200, seconds="some", total=1)
    filled.put(2, 0, 99).extra(2, last=10, seconds=10, total=4)
    shown = look(phonics, filled)
    first, second, third = (f"sheet {name}, row {FIRST_ROW + n}, column" for n in range(3))
    assert told(shown.problems) == [
        f"{first} 2: “q” says nothing here; expected is one of: x s d t a n /",
        f"{first} 30: “x” stands behind the last item tried (20)",
        f"{first} Seconds left: Seconds left: “61”; expected is a whole number, 0–59",
        f"{second} Last item: “200” is no number that can stand here; expected: 0–50",
        f"{second} Seconds left: “some” is no number that can stand here; expected: 0, 1, 2, …",
        f"{second} 7: “?” says nothing here; expected is one of: x s d t a n /",
        f"{third} No.: No pupil of the class has the number “99”; expected: 3",
        f"{third} Wrong, as counted on the sheet: The sheet’s total is 4, typed in were 0",
    ]
    assert all("แถว" in line for line in told(shown.problems, "th"))
    with pytest.raises(ProblemsFound):
        store(phonics, filled)
    assert all(assess.attempts_of(phonics, people.teacher, pupil) == () for pupil in pupils)


def test_a_total_that_differs_is_told(phonics, pupils):
    filled = Filled(phonics, printed(phonics, "level-check", 4)).mark(0, 1, "x").extra(0, total=20).mark(1, 3, "s")
    assert [line.split(": ", 1)[1] for line in told(look(phonics, filled).problems)] == [
        "The sheet’s total is 20, typed in were 19",
        "The total of the sheet is missing; typed in were 20",
    ]


def test_rows_that_slipped_are_noticed(phonics, pupils):
    filled = Filled(phonics, printed(phonics, "level-check", 4)).extra(0, total=20).extra(1, total=20)
    filled.put(0, NAME, "ด.ญ.มะลิ สมมุติวงศ์").put(1, 0, "1")
    codes = [problem.code for problem in look(phonics, filled).problems]
    assert codes == ["paper.pupil_other", "paper.pupil_other"]


def test_a_form_from_elsewhere_and_a_wrong_day(phonics, pupils):
    filled = Filled(phonics, printed(phonics, "level-check", 4)).extra(0, total=20)
    filled.sheet.cell(DAY_ROW, DAY_COLUMN + 1).value = "12/6/2569"
    assert look(phonics, filled).rows[0].keyed.given_on == GIVEN_ON
    filled.sheet.cell(DAY_ROW, DAY_COLUMN + 1).value = "1/1/2580"
    assert [problem.code for problem in look(phonics, filled).problems] == ["paper.date"]
    filled.sheet.cell(1, 3).value = "0F0F0F"
    (line,) = told(look(phonics, filled).problems)
    assert "0F0F0F (level-check-4-A) is not known here" in line


def test_what_changed_since_the_preview_is_not_stored(phonics, people, pupils):
    filled = Filled(phonics, printed(phonics, "level-check", 4)).extra(0, total=20)
    digest = look(phonics, filled).digest
    filled.extra(1, total=20)
    with pytest.raises(Conflict) as refused:
        store(phonics, filled, digest)
    assert refused.value.code == "paper.other_preview"


def test_a_file_of_something_else(phonics, people):
    with pytest.raises(ProblemsFound) as refused:
        preview_paper(phonics, people.teacher, "a.csv", "เลขที่,ชื่อ\n1,ก".encode())
    assert [problem.code for problem in refused.value.problems] == ["paper.no_template"]


@pytest.mark.parametrize("form", [("probe-passage", 4), ("class-listening", 4), ("paper", 4)])
def test_other_kinds_of_forms_come_in_as_they_are_keyed(phonics, people, pupils, form):
    code = printed(phonics, *form)
    filled = Filled(phonics, code)
    items = {item.id: item for item in filled.plan.items}
    asked = [items[one] for block in filled.plan.blocks for one in block.items]
    choices = [n for n, item in enumerate(asked, start=1) if item.options]
    for number in choices:
        filled.mark(0, number, "/")
    timed = filled.layout.timed
    filled.extra(0, total=0, last=12, seconds=5) if timed else filled.extra(0, total=len(asked))
    assert told(look(phonics, filled).problems) == []
    assert store(phonics, filled).new == 1
    done = paper_class(phonics, people.teacher, SCHOOL, sites.YEAR, GRADE, ROOM, code, GIVEN_ON)
    assert [row.entered.value for row in done.rows] == ["done", "none", "none"]
