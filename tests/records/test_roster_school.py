"""Lists that go into the wrong school are pointed out; lists of the right one are not, however it is written."""

from __future__ import annotations

import pytest

from phonics_app.domain.school import School, SchoolKind
from phonics_app.domain.text import Text
from phonics_app.records.roster_reading import read_roster_sheet
from phonics_app.records.roster_school import school_warnings
from tests import rosters

CODE, OTHER_CODE = "1051510001", "1051510002"
CHOSEN = School("1", Text("โรงเรียนเทศบาลสันป่ายางหน่อม", "San Pa Yang Nom Municipal School"), SchoolKind.MUNICIPAL, CODE)
SCHOOLS = (
    CHOSEN,
    School("2", Text("โรงเรียนเทศบาลสันป่ายางหลวง", "San Pa Yang Luang Municipal School"), SchoolKind.MUNICIPAL),
    School("3", Text("โรงเรียนสันป่ายาง", ""), SchoolKind.NETWORK),
)


def warned(*named, chosen=CHOSEN, headers=("รหัสโรงเรียน", "ชื่อโรงเรียน")):
    """The schools that are pointed out in a list whose pupils have these codes and names of schools, and their rows."""
    pupils = rosters.fictitious_pupils(len(named))
    rows = [[*headers, "เลขประจำตัว", "ชื่อ", "นามสกุล", "ชั้น"]]
    rows += [[*n, p.number, p.first_name, p.last_name, p.grade] for n, p in zip(named, pupils, strict=True)]
    problems = school_warnings(read_roster_sheet("ก.csv", rosters.csv_bytes(rows)), chosen, SCHOOLS)
    assert all(p.warning and p.code == "roster.other_school" and p.expected == chosen.name.th for p in problems)
    return [(p.value, p.place.row) for p in problems]


@pytest.mark.parametrize(
    "name",
    [
        "โรงเรียนเทศบาลสันป่ายางหน่อม",
        "ร.ร. เทศบาลสันป่ายางหน่อม",
        "เทศบาล สันป่ายางหน่อม",
        "โรงเรียนเทศบาลสันป่ายางหน่อม (วัดสันป่ายางหน่อม)",
        "สันป่ายางหน่อม",
        "San Pa Yang Nom Municipal School",
        "SAN PA YANG NOM",
        "",
        "-",
    ],
)
def test_the_right_school_however_it_is_written(name):
    assert warned(("", name)) == []


@pytest.mark.parametrize("name", ["โรงเรียนเทศบาลสันป่ายางหลวง", "ร.ร.เทศบาลสันป่ายางหลวง", "โรงเรียนบ้านดอย", "สันป่ายาง"])
def test_another_school(name):
    assert warned(("", name)) == [(name, 2)]


def test_each_other_school_once_at_its_first_row():
    right, other, third = "โรงเรียนเทศบาลสันป่ายางหน่อม", "โรงเรียนบ้านดอย", "โรงเรียนริมกวง"
    found = warned(("", right), ("", other), ("", other), ("", third), ("", other))
    assert found == [(other, 3), (third, 5)]


@pytest.mark.parametrize(
    ("code", "name", "pointed_out"),
    [
        (CODE, "ชื่อเดิมของโรงเรียน", False),
        (OTHER_CODE, "โรงเรียนเทศบาลสันป่ายางหน่อม", False),
        (OTHER_CODE, "", True),
        (OTHER_CODE, "โรงเรียนบ้านดอย", True),
        ("5100999", "", False),
        ("๑๐๕๑๕๑๐๐๐๑", "", False),
        ("", "", False),
    ],
)
def test_either_code_or_name_is_enough(code, name, pointed_out):
    assert bool(warned((code, name))) is pointed_out


def test_codes_are_not_compared_where_the_school_has_none():
    assert warned((OTHER_CODE, ""), chosen=SCHOOLS[1]) == []


def test_a_file_without_such_columns():
    assert warned(("x", "y"), headers=("หมายเหตุ", "อื่น")) == []


def test_the_dmc_layout_names_its_school():
    sheet = read_roster_sheet("dmc.xlsx", rosters.dmc_xlsx())
    (problem,) = school_warnings(sheet, CHOSEN, SCHOOLS)
    assert (problem.value, problem.place.row, problem.place.column) == (rosters.SCHOOL, 3, "ชื่อโรงเรียน")
