"""Tables as CSV, on paper and in Excel."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from phonics_app.reports.tables import Column, Kind, Report, Table, to_csv, written
from phonics_app.reports.workbook import to_excel

COLUMNS = (Column("School"), Column("n", Kind.COUNT), Column("Share", Kind.SHARE), Column("Change", Kind.SIGNED))
ROWS = (('A, "B"\nC', 1200, 0.4567891, -1.5), ("=1+1", None, None, 0.0))


def report(*tables, simulated=False, facts=(("Round", "1/2569"),)):
    return Report("Title", "en", date(2026, 6, 15), facts, tables, simulated)


def read(document):
    return list(csv.DictReader(io.StringIO(document.decode("utf-8-sig"), newline="")))


def test_csv_holds_figures_facts_and_the_iso_date():
    (first, second) = read(to_csv(report(Table("T", COLUMNS, ROWS))))
    assert first == {
        "School": 'A, "B"\nC', "n": "1200", "Share": "0.456789", "Change": "-1.5", "Round": "1/2569",
        "Made on": "2026-06-15",
    }  # fmt: skip
    assert (second["School"], second["n"], second["Change"]) == ("'=1+1", "", "0")


def test_csv_begins_with_a_mark_for_excel():
    assert to_csv(report(Table("T", COLUMNS, ROWS))).startswith(b"\xef\xbb\xbf")


def test_several_tables_are_told_apart():
    other = Table("U", (Column("Grade"), Column("n", Kind.COUNT)), (("P3", 4),))
    rows = read(to_csv(report(Table("T", COLUMNS, ROWS), other)))
    assert [row["Table"] for row in rows] == ["T", "T", "U"]
    assert (rows[2]["n"], rows[2]["Share"]) == ("4", "")


def test_a_fact_does_not_hide_a_column_of_the_same_name():
    (row,) = read(to_csv(report(Table("T", (Column("Round"),), (("2/2568",),)))))
    assert (row["Round"], row["Round (whole file)"]) == ("2/2568", "1/2569")


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        (None, Kind.COUNT, "–"),
        (1234, Kind.COUNT, "1,234"),
        (0.456, Kind.SHARE, "46%"),
        (31.5, Kind.SCORE, "31.50"),
        (1.5, Kind.SIGNED, "+1.50"),
        ("hidden", Kind.COUNT, "hidden"),
        (2569, Kind.TEXT, "2569"),
    ],
)
def test_cells_on_paper(cell, kind, text):
    assert written(cell, kind) == text


def test_excel_keeps_formulas_as_text_and_numbers_as_numbers():
    tables = (Table("a/b:[c]*?" + "x" * 40, COLUMNS, ROWS), Table("a/b", COLUMNS, ROWS))
    book = load_workbook(io.BytesIO(to_excel(report(*tables, simulated=True))))
    assert len(set(book.sheetnames)) == 3
    assert [(s.page_setup.orientation, s.page_setup.fitToHeight) for s in book] == [("landscape", 0)] * 3
    sheet = book.worksheets[1]
    assert [cell.value for cell in sheet[4]] == ['A, "B"\nC', 1200, 0.4567891, -1.5]
    assert sheet["A5"].value == "=1+1"
    with io.BytesIO(to_excel(report(*tables))) as file:
        import zipfile

        assert b"<f>" not in zipfile.ZipFile(file).read("xl/worksheets/sheet2.xml")
