"""Nothing that leaves the product starts a formula in the program that opens it, whoever wrote the text."""

from __future__ import annotations

import ast
import csv
import io
import re
import zipfile

import pytest
from sqlalchemy import update

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.onet import OnetResult
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.domain.sheet_cells import is_dangerous
from phonics_app.records import schema
from phonics_app.records.pupils import insert_pupils
from phonics_app.workflows import assess, onet
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.table_exports import TableKind, export_table
from tests import sites
from tests.pages.busy import sit
from tests.workflows.formats import CSV
from tests.workflows.record_cases import level_classes_made
from tests.workflows.use_cases import GRADE, OWN, USE_CASES

EVIL = "=cmd|' /C calc'!A0"
SPREADSHEETS = (ExportFormat.CSV, ExportFormat.EXCEL)
NO_SPREADSHEET = {"export_result", "export_passages", "export_voice_pack", "export_paper_template", "export_research"}
"""PDF and sounds; the template of a form that was never printed, and records of so few pupils, are refused: their
writers are held by the test below."""
EXPORTERS = {f.__name__: f for f in USE_CASES if f.__name__.startswith("export_")}


@pytest.fixture(scope="module")
def poisoned(own_template, tmp_path_factory):
    """A site on which every text that a person can type begins as a formula does."""
    phonics = sites.open_copy(own_template, tmp_path_factory.mktemp("poisoned"))
    with phonics.store.write() as connection:
        draft = PupilDraft("+66-1", "@ด.ช.", EVIL, "－x", Sex.MALE, GRADE, "-1x")
        insert_pupils(connection, OWN.school, sites.YEAR, [(OWN.pupil, draft)])
        connection.execute(update(schema.school).values(name_th=schema.school.c.id + EVIL, name_en=f"＝{EVIL}"))
        connection.execute(update(schema.school).where(schema.school.c.id == OWN.school).values(name_th=EVIL))
        connection.execute(update(schema.account).values(display_name="\t=1+1"))
    sit(phonics, OWN.attempt, OWN.pupil, 4)
    assess.decide_placement(phonics, SYSTEM, OWN.attempt, 2, EVIL)
    onet.save_onet_result(phonics, SYSTEM, OnetResult(OWN.school, 2564, GRADE, 20, 30.0))
    level_classes_made(phonics, OWN.school, OWN.pupil)
    yield phonics
    phonics.store.close()


def check(document: bytes) -> int:
    """How many cells of text were looked at, in all tables of a package; fails at the first that could be run."""
    if not document.startswith(b"PK"):
        rows = list(csv.reader(io.StringIO(document.decode("utf-8-sig"), newline="")))
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if is_dangerous(cell)] == []
        return len(cells)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        names = archive.namelist()
        if tables := [name for name in names if name.endswith(".csv")]:
            return sum(check(archive.read(name)) for name in tables)
        sheets = [archive.read(name).decode() for name in names if re.match(r"(xl/worksheets|word/document)", name)]
    assert not [name for name in names if "externalLink" in name or "vbaProject" in name]
    for text in sheets:
        assert not re.search(r"<f[ >/]|<hyperlink|instrText|fldSimple", text)
    return sum(text.count("<c ") + text.count("<w:t") for text in sheets)


@pytest.mark.parametrize("format", SPREADSHEETS)
@pytest.mark.parametrize("exporter", sorted(EXPORTERS.keys() - NO_SPREADSHEET))
def test_no_cell_of_any_export_is_a_formula(poisoned, monkeypatch, exporter, format):
    monkeypatch.setitem(CSV, "format", format)
    assert check(USE_CASES[EXPORTERS[exporter]][1](poisoned, SYSTEM, OWN)) > 1


def test_the_exports_without_spreadsheet_exist():
    assert EXPORTERS.keys() > NO_SPREADSHEET


@pytest.mark.parametrize("format", SPREADSHEETS)
@pytest.mark.parametrize("kind", TableKind)
def test_no_cell_of_any_table_is_a_formula(poisoned, kind, format):
    document = export_table(poisoned, SYSTEM, kind, OWN.school, sites.YEAR, format=format)
    assert check(document) > len(TableKind)


def test_the_check_finds_a_formula():
    with pytest.raises(AssertionError):
        check("a,b\r\n=1+1,2\r\n".encode("utf-8-sig"))


ALONE = {"csv.writer": "domain/sheet_cells.py", "xlsxwriter.Workbook": "reports/excel_file.py"}
"""What writes spreadsheets, and the one module that may call it."""
FORBIDDEN = re.compile(r".*DictWriter|.*\.write_(formula|array_formula|dynamic_array_formula|url|row|column)")
"""`write` guesses from the text what a cell is; these write what may be run, or guess too."""


def test_every_spreadsheet_is_written_by_the_guarded_writers():
    package = sites.ROOT / "phonics_app"
    found = set()
    for path in sorted(package.rglob("*.py")):
        name = str(path.relative_to(package))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            assert not FORBIDDEN.fullmatch(called), (name, called)
            assert not re.fullmatch(r"(data|frame|df)\.to_(csv|excel)", called), (name, called)
            if called in ALONE:
                found.add((called, name))
    assert found == set(ALONE.items())
