"""Files that would fill a server's memory or keep it busy are refused at once."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise

import pytest

from phonics_app.domain.errors import ProblemsFound
from phonics_app.records import spreadsheet
from phonics_app.records.spreadsheet import read_grids
from tests import bombs, rosters


def refusal(content):
    with pytest.raises(ProblemsFound) as refused:
        read_grids("a.xlsx", content)
    return refused.value.problems[0].code


def with_sheet(change):
    """A whole workbook whose first sheet is changed inside."""
    result = io.BytesIO()
    archive = zipfile.ZipFile(io.BytesIO(rosters.dmc_xlsx()))
    with archive, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            part = archive.read(name)
            changed.writestr(name, change(part) if name == "xl/worksheets/sheet1.xml" else part)
    return result.getvalue()


def test_a_billion_laughs():
    names = [f"l{n}" for n in range(10)]
    laughs = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    doctype = f'<!DOCTYPE w [<!ENTITY l0 "{"ha" * 50}">{laughs}]>'.encode()

    def laugh(part):
        at = part.index(b"<worksheet")
        return (
            part[:at]
            + doctype
            + part[at:].replace(b"<sheetData>", b"<sheetData><row r='1'><c t='str'><v>&l9;</v></c></row>")
        )

    assert refusal(with_sheet(laugh)) == "spreadsheet.unreadable"


def test_claimed_dimensions_are_not_believed():
    content = with_sheet(lambda part: part.replace(b'ref="A1:AB42"', b'ref="A1:XFD1048576"'))
    assert len(read_grids("a.xlsx", content)[0].rows) == 42


def test_a_million_columns_are_cut():
    (grid,) = read_grids("a.csv", b"a," * 1_000_000 + b"a\r\n")
    assert len(grid.rows[0]) == spreadsheet.MOST_COLUMNS
    wide = with_sheet(lambda part: part.replace(b'r="A1"', b'r="AAAAAAA1"'))
    assert refusal(wide) == "spreadsheet.unreadable"


def test_a_cell_of_many_megabytes_is_never_held_as_a_whole():
    def cell(filling):
        # Without a dimension, the reader goes to the end of the sheet before it gives the first row.
        row = b'<row r="43"><c r="C43" t="inlineStr"><is>' + filling + b"</is></c></row></sheetData>"
        return with_sheet(lambda part: re.sub(b"<dimension[^>]*>", b"", part).replace(b"</sheetData>", row))

    def place(content):
        with pytest.raises(ProblemsFound) as refused:
            read_grids("a.xlsx", content)
        return [(p.code, p.place.file, p.place.row, p.place.column) for p in refused.value.problems]

    expected = [("spreadsheet.cell_too_long", "a.xlsx", 43, "C")]
    long, pieces = b"<t>" + b"a" * bombs.UNPACKED + b"</t>", b"<r><t>a</t></r>" * (bombs.UNPACKED // 15)
    assert bombs.refused_in_little_memory(cell(long), place) == expected
    assert bombs.refused_in_little_memory(cell(pieces), place) == expected
    assert place(cell(b"<t>" + b"a" * 32_768 + b"</t>")) == expected
    assert read_grids("a.xlsx", cell(b"<t>" + b"a" * 32_767 + b"</t>"))


def test_a_long_cell_of_a_csv_is_told_with_its_place():
    with pytest.raises(ProblemsFound) as refused:
        read_grids("a.csv", b"a,b\r\n1,2\r\n1," + b"x" * 40_000)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.row, problem.place.column) == ("spreadsheet.cell_too_long", 3, "B")


def test_a_row_of_an_absurd_number_is_refused():
    far = with_sheet(lambda part: part.replace(b'<row r="42"', b'<row r="900000000"'))
    assert refusal(far) == "spreadsheet.too_many_rows"


def test_how_much_of_a_workbook_is_read_is_told():
    shares = []
    read_grids("a.xlsx", rosters.dmc_xlsx(rosters.fictitious_pupils(400)), shares.append)
    assert shares == sorted(shares)
    assert 10 < len(shares) <= 100
    assert shares[0] < 0.5 < shares[-1] <= 1


def with_part(name, part, *, contents=lambda text: text):
    """A whole workbook with one part in another's place, or another list of contents."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(rosters.dmc_xlsx())) as archive,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for known in archive.namelist():
            if known == "[Content_Types].xml":
                made.writestr(known, contents(archive.read(known)))
            elif known != name:
                made.writestr(known, archive.read(known))
        made.writestr(name, part)
    return result.getvalue()


def test_what_is_read_as_a_whole_is_small_whatever_it_is_called():
    """Styles become a tree, a string table under another name is a string table all the same."""
    large = b"<a>" + b"<b/>" * 3_000_000 + b"</a>"
    assert refusal(with_part("xl/styles.xml", large)) == "spreadsheet.too_large"

    def as_strings(text):
        return text.replace(b"</Types>", STRINGS_TWICE + b"</Types>")

    assert refusal(with_part("xl/worksheets/sheet9.xml", large, contents=as_strings)) == "spreadsheet.too_large"


KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml."
STRINGS_TWICE = b"".join(
    b'<Override PartName="/xl/worksheets/sheet9.xml" ContentType="' + KIND + kind + b'+xml"/>'
    for kind in (b"worksheet", b"sharedStrings")
)


def test_a_name_that_leads_out_of_the_package_leads_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_grids("../../a.xlsx", with_part("../../evil.xml", b"<a/>"))
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent.parent / "evil.xml").exists()


def test_empty_rows_without_end_are_not_waited_for(monkeypatch):
    """More lines than a sheet of Excel can have, nearly all of them empty."""
    monkeypatch.setattr(spreadsheet, "_ROWS_OF_EXCEL", 1000)
    assert read_grids("a.csv", b"a\n" + b"\n" * 900)
    assert refusal(b"a\n" + b"\n" * 1000) == "spreadsheet.too_many_rows"


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_says_to_be_small_fills_no_memory(how):
    content = bombs.bomb({}, "[Content_Types].xml", how)
    assert bombs.refused_in_little_memory(content, refusal) == "spreadsheet.unreadable"
