"""Old Excel files: values as they stand, and every broken or locked one refused in words."""

from __future__ import annotations

import random
from datetime import date, datetime

import pytest
import xlwt

from phonics_app.domain.errors import ProblemsFound
from phonics_app.records.spreadsheet import read_grids
from tests import rosters


def refusal(content):
    with pytest.raises(ProblemsFound) as refused:
        read_grids("a.xls", content)
    (problem,) = refused.value.problems
    assert problem.place.file == "a.xls"
    return problem.code


def test_values_are_what_they_are_and_formulas_are_not_run():
    values = ["ภูผา", 12.0, 3.5, date(2026, 2, 3), True, "", xlwt.Formula('HYPERLINK("http://a";"b")')]
    (grid,) = read_grids("a", rosters.xls({"ป.3-1": [[], values]}))
    assert grid.sheet == "ป.3-1"
    assert grid.rows[0] == ()
    first, whole, part, day, truth, nothing, formula = grid.rows[1]
    assert (first, whole, part, day, truth, nothing) == ("ภูผา", 12.0, 3.5, datetime(2026, 2, 3), True, None)
    assert formula in (None, "", 0)


def test_all_sheets_are_read():
    grids = read_grids("a", rosters.xls({"1": [["a"]], "2": [["b"]], "empty": []}))
    assert [(grid.sheet, grid.rows) for grid in grids] == [("1", (("a",),)), ("2", (("b",),))]


def test_a_password_is_told_apart():
    content = rosters.dmc_xls()
    # A FILEPASS record in the place of the first record after the beginning of the book.
    start = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    locked = content[: start + 20] + b"\x2f\x00\x06\x00\x00\x00\x01\x02\x03\x04" + content[start + 30 :]
    assert refusal(locked) == "spreadsheet.password"
    package = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(package) == "spreadsheet.password"


def test_files_before_excel_95_are_refused():
    assert refusal(b"\x09\x02\x06\x00\x00\x00\x10\x00" + bytes(100)) == "spreadsheet.old_format"


@pytest.mark.parametrize("length", [8, 100, 511, 512, 600, 2000, 5000])
def test_a_file_that_was_cut_off(length):
    assert refusal(rosters.dmc_xls()[:length]) == "spreadsheet.unreadable"


def test_broken_files_are_read_or_refused_and_never_a_traceback():
    whole, rng = rosters.dmc_xls(), random.Random(7)
    for _ in range(150):
        content = bytearray(whole)
        for _ in range(rng.choice((1, 4, 40))):
            content[rng.randrange(len(content))] = rng.randrange(256)
        try:
            read_grids("a.xls", bytes(content))
        except ProblemsFound as refused:
            codes = {problem.code.partition(".")[0] for problem in refused.problems}
        else:
            codes = {"spreadsheet"}
        assert codes == {"spreadsheet"}
