"""O-NET spreadsheets: Thai headers and digits, per cent and shares, and every problem with its place."""

import pytest

from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult
from phonics_app.progress.onet_import import read_results

THAI = ("ปีการศึกษา", "ระดับชั้น", "จำนวนผู้เข้าสอบ", "ค่าเฉลี่ย", "S.D.", "คะแนนสูงสุด", "คะแนนต่ำสุด", "ร้อยละ 50 ขึ้นไป")
ENGLISH = ("year", "grade", "n", "mean", "sd", "maximum", "minimum", "share_50")


def read(*rows, first=1):
    table = [(number, row) for number, row in enumerate(rows, start=first)]
    return read_results(table, "s", Grade.M3, 2569, "onet.xlsx", "แผ่น1")


def test_thai_headers_and_digits():
    found = read(THAI, ("๒๕๖๒", "ป.๖", "๑,๒๓๔", "๓๔.๔๒", "๑๑.๕", "๘๐", "๑๒.๕", "๒๐.๕"))
    assert found.problems == ()
    assert found.rows == (OnetResult("s", 2562, Grade.P6, 1234, 34.42, 11.5, 80, 12.5, pytest.approx(0.205)),)


def test_english_headers_and_shares():
    found = read(ENGLISH, ("2562", "P6", "40", "34.42", "", "-", "ไม่มีข้อมูล", "0.205"))
    assert found.rows == (OnetResult("s", 2562, Grade.P6, 40, 34.42, None, None, None, 0.205),)


@pytest.mark.parametrize("grade", ["ป.6", "ป6", "ป. 6", "ประถมศึกษาปีที่ 6", "ประถม6", "P6", "p.6", "ประถมศึกษาปีที่ ๖"])
def test_spellings_of_a_grade(grade):
    assert read(THAI[:4], ("2562", grade, "40", "34")).rows[0].grade is Grade.P6


@pytest.mark.parametrize("grade", ["ม.3", "ม3", "มัธยมศึกษาปีที่ 3", "M3"])
def test_spellings_of_a_secondary_grade(grade):
    assert read(THAI[:4], ("2562", grade, "40", "34")).rows[0].grade is Grade.M3


def test_the_header_may_stand_below_titles():
    found = read(("ผลการทดสอบ O-NET",), ("โรงเรียนเทศบาล",), (), THAI[:4], ("2562", "ป.6", "40", "34"), ("", "", "", ""))
    assert len(found.rows) == 1


def test_columns_in_any_order_and_unknown_ones():
    found = read(("ที่", "ค่าเฉลี่ย", "ชั้น", "หมายเหตุ", "ปี พ.ศ.", "N"), ("1", "34", "ป.6", "x", "พ.ศ. 2562", "40"))
    assert (found.rows[0].year, found.rows[0].n) == (2562, 40)


def test_all_problems_at_once_with_their_places():
    found = read(
        THAI,
        ("2562", "ป.6", "40", "34.42"),
        ("2019", "ป.5", "0", "สามสิบ"),
        ("2562", "ป.6", "40", "34.42"),
        ("2561", "ป.6", "", "101"),
        ("2560", "ป.6", "4.5", "30"),
        ("2559", "ม.6", "40", "30"),
    )
    seen = [(p.place.row, p.place.column, p.code, p.value) for p in found.problems]
    assert seen == [
        (3, "ระดับชั้น", "onet.grade_bad", "ป.5"),
        (3, "ค่าเฉลี่ย", "onet.number_bad", "สามสิบ"),
        (4, "ปีการศึกษา", "onet.row_twice", "2562 ป.6"),
        (5, "จำนวนผู้เข้าสอบ", "onet.value_missing", ""),
        (6, "จำนวนผู้เข้าสอบ", "onet.number_bad", "4.5"),
        (7, "ระดับชั้น", "onet.grade_not_taught", "ม.6"),
    ]
    assert {(p.place.file, p.place.sheet) for p in found.problems} == {("onet.xlsx", "แผ่น1")}
    assert [(r.year, r.grade) for r in found.rows] == [(2562, Grade.P6)]


def test_ranges_are_checked_row_by_row():
    found = read(THAI, ("2019", "ป.6", "0", "120"))
    assert [p.code for p in found.problems] == ["onet.year_bad", "onet.n_bad", "onet.out_of_range"]
    assert found.problems[0].expected == "2548–2569"


def test_a_per_cent_that_looks_like_a_share_is_a_warning():
    found = read(THAI, ("2562", "ป.6", "40", "34", "", "", "", "0.45"))
    assert [(p.code, p.warning) for p in found.problems] == [("onet.percent_small", True)]
    assert found.rows[0].share_50 == pytest.approx(0.0045)


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([], ["onet.no_table"]),
        ([("a", "b"), ("1", "2")], ["onet.no_table"]),
        ([("ปี", "ค่าเฉลี่ย"), ("2562", "34")], ["onet.column_missing", "onet.column_missing"]),
        ([THAI], ["onet.no_rows"]),
        ([THAI, ("", " ")], ["onet.no_rows"]),
    ],
)
def test_what_is_no_table(rows, codes):
    assert [p.code for p in read(*rows).problems] == codes
