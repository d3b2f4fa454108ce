"""Documents: each opens, says what it holds, is in one language, is written into the audit, and keeps to the rights."""

import csv
import io
import re
import unicodedata

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from phonics_app.domain.errors import NotAllowed
from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult
from phonics_app.records import audit
from phonics_app.workflows import assess, exports, onet
from phonics_app.workflows.dashboards import Filters
from phonics_app.workflows.exports import ExportFormat
from tests.pages.busy import sit
from tests.progress.builder import Builder
from tests.progress.site import FIRST, NETWORK, due_class, fill, two_rounds

PDF, CSV, EXCEL = ExportFormat.PDF, ExportFormat.CSV, ExportFormat.EXCEL
ATTEMPT = "a" * 32
ENGLISH_IN_THAI = re.compile(r"\b(level|pupil|school|round|grade|class|test|data|all|mean|share|placed)s?\b", re.I)


def plain(text):
    """Without what only steers line breaks; PDF files hold ำ as two signs."""
    return re.sub(r"[\u200b\s]+", "", unicodedata.normalize("NFKC", text))


def text_of(document):
    return plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages))


def rows_of(document):
    return list(csv.DictReader(io.StringIO(document.decode("utf-8-sig"))))


def export(name, phonics, people, format, language="th"):
    how = {"format": format, "language": language}
    if name == "class":
        return exports.export_class(phonics, people.teacher, FIRST, 2569, **how)
    if name == "dashboard":
        return exports.export_dashboard(phonics, people.director, Filters(FIRST), **how)
    if name == "all schools":
        return exports.export_dashboard(phonics, people.municipal_director, Filters(), **how)
    if name == "network":
        return exports.export_network(phonics, people.municipal_director, **how)
    return exports.export_onet(phonics, people.director, Grade.P6, FIRST, **how)


NAMES = ("class", "dashboard", "all schools", "network", "onet")
SUBJECTS = {"class": FIRST, "dashboard": FIRST, "all schools": "", "network": "", "onet": FIRST}


@pytest.fixture
def filled(phonics, people):
    fill(phonics, two_rounds())
    for index, year in enumerate((2561, 2562, 2564)):
        onet.save_onet_result(
            phonics, people.director, OnetResult(FIRST, year, Grade.P6, 40 + index, 35.5, share_50=0.2)
        )
    return phonics


@pytest.mark.parametrize("name", NAMES)
def test_every_document_opens_in_every_format(filled, people, name):
    assert len(PdfReader(io.BytesIO(export(name, filled, people, PDF))).pages) >= 1
    assert len(load_workbook(io.BytesIO(export(name, filled, people, EXCEL))).sheetnames) >= 2
    assert rows_of(export(name, filled, people, CSV))


@pytest.mark.parametrize("name", NAMES)
def test_documents_of_an_empty_site_open_too(phonics, people, name):
    assert text_of(export(name, phonics, people, PDF))
    assert load_workbook(io.BytesIO(export(name, phonics, people, EXCEL)))
    assert export(name, phonics, people, CSV)


@pytest.mark.parametrize("name", NAMES)
def test_no_english_in_thai_files(filled, people, name):
    table = export(name, filled, people, CSV).decode("utf-8-sig")
    assert not ENGLISH_IN_THAI.findall(table)


@pytest.mark.parametrize("name", NAMES)
def test_no_thai_words_in_english_headers(filled, people, name):
    header = export(name, filled, people, CSV, "en").decode("utf-8-sig").partition("\r\n")[0]
    assert not re.search("[\u0e00-\u0e7f]", header)


@pytest.mark.parametrize("name", NAMES)
def test_who_took_what_is_in_the_audit(filled, people, name):
    export(name, filled, people, CSV)
    with filled.store.read() as connection:
        entry = audit.entries(connection)[0]
    kind = "dashboard" if name == "all schools" else name
    assert (entry.action, entry.subject, entry.data["format"]) == (f"export.{kind}", SUBJECTS[name], "csv")


@pytest.mark.parametrize("format", ExportFormat)
@pytest.mark.parametrize("name", ["class", "dashboard", "network"])
def test_simulated_data_are_marked(phonics, people, name, format):
    fill(phonics, two_rounds(simulated=True))
    document = export(name, phonics, people, format)
    if format is PDF:
        assert text_of(document).count(plain("ข้อมูลจำลอง")) >= len(PdfReader(io.BytesIO(document)).pages)
    elif format is CSV:
        assert all("ข้อมูลจำลอง" in row.values() for row in rows_of(document))
    else:
        for sheet in load_workbook(io.BytesIO(document)):
            assert "ข้อมูลจำลอง" in "".join(str(cell) for row in sheet.values for cell in row)


def test_real_data_are_not_marked(filled, people):
    for name in NAMES:
        assert "ข้อมูลจำลอง" not in export(name, filled, people, CSV).decode()


def test_a_class_list_holds_every_pupil(phonics, people):
    fill(phonics, due_class())
    rows = rows_of(exports.export_class(phonics, people.teacher, FIRST, 2569, Grade.P3, "2", format=CSV, language="th"))
    assert [row["เลขประจำตัว"] for row in rows] == ["8", "9", "10", "11", "12", "13"]
    assert rows[4]["ระดับ"] == "7"
    assert rows[4]["ทดสอบล่าสุด"] == "2026-05-21"
    assert "วันที่จัดทำ" in rows[0]
    printed = text_of(exports.export_class(phonics, people.teacher, FIRST, 2569, format=PDF, language="th"))
    assert "21พ.ค.2569" in printed
    assert "15มิถุนายน2569" in printed


def test_names_are_no_formulas(phonics, people):
    built = Builder()
    built.pupil(FIRST, Grade.P3)
    built.rows["pupil"][0] |= {"prefix": "", "first_name": "=HYPERLINK(1)", "last_name": ""}
    fill(phonics, built)
    assert "'=HYPERLINK(1)" in export("class", phonics, people, CSV).decode()
    sheet = load_workbook(io.BytesIO(export("class", phonics, people, EXCEL))).worksheets[1]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "=HYPERLINK(1)")
    assert cell.data_type != "f" or cell.value == "=HYPERLINK(1)"


def test_numbers_are_numbers_in_excel(filled, people):
    book = load_workbook(io.BytesIO(export("dashboard", filled, people, EXCEL)))
    assert any(isinstance(cell, int | float) for row in book.worksheets[1].values for cell in row)


def test_a_dashboard_states_round_filters_and_versions(filled, people):
    printed = text_of(export("dashboard", filled, people, PDF))
    for part in ("ภาคเรียนที่1/2569", "เทศบาลประตูลี้", "24คน", "คลังข้อสอบbank-1", "15มิถุนายน2569"):
        assert part in printed


def test_onet_results_can_be_imported_again(filled, people):
    before = onet.onet_page(filled, people.director, Grade.P6, FIRST).table
    exported = export("onet", filled, people, CSV)
    preview = onet.preview_onet_import(filled, people.director, FIRST, "onet.csv", exported)
    assert preview.problems == ()
    onet.commit_onet_import(filled, people.director, preview)
    assert onet.onet_page(filled, people.director, Grade.P6, FIRST).table.equals(before)


def test_onet_says_what_target_baseline_and_gaps_are(filled, people):
    printed = text_of(export("onet", filled, people, PDF))
    for part in ("31.58", "ไม่ระบุชั้นและวิธีถ่วง", "สมัครใจ", "NSO Statistical Yearbook"):
        assert plain(part) in printed


def test_onet_of_all_schools_keeps_every_column_and_prints_every_school(filled, people):
    onet.save_onet_result(
        filled, people.other_director, OnetResult(people.other_director.grants[0].school_id, 2566, Grade.P6, 31, 40.5)
    )
    how = {"language": "th"}
    (*_first, last) = rows_of(exports.export_onet(filled, people.municipal_director, Grade.P6, format=CSV, **how))
    assert list(last)[:14] == [
        "โรงเรียน", "ปีการศึกษา (พ.ศ.)", "จำนวนผู้เข้าสอบ", "คะแนนเฉลี่ย", "ส่วนเบี่ยงเบนมาตรฐาน", "สูงสุด", "ต่ำสุด",
        "ร้อยละที่ได้ 50 คะแนนขึ้นไป", "ระดับประเทศ", "ต่างจากระดับประเทศ", "เพิ่ม/ลดจากปีก่อน", "เป้าหมาย", "สมัครใจสอบ",
        "ระดับคุณภาพ",
    ]  # fmt: skip
    printed = PdfReader(
        io.BytesIO(exports.export_onet(filled, people.municipal_director, Grade.P6, format=PDF, **how))
    ).pages[0]
    # A column without room would break each name into pieces, one over the other.
    assert "เทศบาลประตูลี้ " in re.sub(r"[\u200b\s]+", " ", printed.extract_text())
    assert "2564 *" in printed.extract_text()


def test_onet_names_the_grade_once_at_the_head_of_a_page(filled, people):
    head = PdfReader(io.BytesIO(export("onet", filled, people, PDF))).pages[0].extract_text().splitlines()[0]
    assert plain(head).count("ป.6") == 1


@pytest.mark.parametrize("name", ["dashboard", "all schools", "onet"])
def test_plots_are_printed_under_the_words_of_the_screen(filled, people, name):
    printed = text_of(export(name, filled, people, PDF, "en"))
    levels = ("Term1/2569,numberofpupils", "ofpupilsenrolled", "figuresatthefoot:pupilsplacedineachround")
    wanted = ("figuresatthefoot:examinees",) if name == "onet" else levels
    assert [part for part in wanted if part not in printed] == []


def test_changes_stand_side_by_side_on_paper_only(filled, people):
    assert "+1" in text_of(export("all schools", filled, people, PDF))
    assert "ระดับที่เปลี่ยน" in export("all schools", filled, people, CSV).decode()


@pytest.fixture
def tested(phonics, people):
    """A class with one pupil tested to the end."""
    built = Builder()
    pupil = built.pupil(FIRST, Grade.P2, "1")
    fill(phonics, built)
    sit(phonics, ATTEMPT, pupil, 5)
    return phonics


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_result_on_paper(tested, people, language):
    result = assess.compute_result(tested, people.teacher, ATTEMPT)
    assess.decide_placement(tested, people.teacher, ATTEMPT, result.proposed_level)
    document = exports.export_result(tested, people.teacher, ATTEMPT, language=language)
    assert PdfReader(io.BytesIO(document)).metadata.title
    printed = text_of(document)
    wanted = {
        "th": ("ครูจัดให้เรียนที่", "หลักฐานจากการทดสอบ", "ในนักเรียน100คนที่ตอบแบบนี้"),
        "en": ("Taughtat", "Whatwaswrong", "Evidencefromthetest", "Howsureisthis,andwhy"),
    }
    for part in (*wanted[language], "เด็กหญิงมานีใจดี", result.bank_version[:12]):
        assert part in printed


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_listening_item_is_named_by_its_question(tested, people, language):
    sitting = assess.view_sitting(tested, people.teacher, ATTEMPT)
    items = {item.id: item for item in sitting.plan.items}
    result = assess.compute_result(tested, people.teacher, ATTEMPT)
    heard = [items[s.item_id] for s in result.scores if not s.score and not items[s.item_id].stimulus]
    assert heard
    printed = text_of(exports.export_result(tested, people.teacher, ATTEMPT, language=language))
    assert [item.id for item in heard if plain(item.prompt.in_language(language)) not in printed] == []


def test_a_result_before_the_decision(tested, people):
    printed = text_of(exports.export_result(tested, people.director, ATTEMPT, language="th"))
    assert "ครูยังไม่ได้ตัดสินระดับ" in printed
    with tested.store.read() as connection:
        assert audit.entries(connection)[0].action == "export.result"


def test_the_reason_of_an_override_is_printed(tested, people):
    result = assess.compute_result(tested, people.teacher, ATTEMPT)
    level = result.proposed_level - 1
    assess.decide_placement(tested, people.teacher, ATTEMPT, level, "ยังอ่านช้า")
    assert "ยังอ่านช้า" in text_of(exports.export_result(tested, people.teacher, ATTEMPT, language="th"))


@pytest.mark.parametrize("who", ["other_teacher", "municipal_director", "trainer"])
def test_others_get_no_papers_of_pupils(tested, people, who):
    actor = getattr(people, who)
    with pytest.raises(NotAllowed):
        exports.export_result(tested, actor, ATTEMPT, language="th")
    with pytest.raises(NotAllowed):
        exports.export_class(tested, actor, FIRST, 2569, format=CSV, language="th")


def test_levels_are_exported_by_stage(filled, people):
    for name in ("dashboard", "all schools"):
        tables = {row["ตาราง"] for row in rows_of(export(name, filled, people, CSV))}
        assert "จำนวนนักเรียนแต่ละระดับ แยกตามช่วงชั้น" in tables


def test_others_get_no_figures(filled, people):
    how = {"format": CSV, "language": "th"}
    for actor in (people.teacher, people.other_director, people.trainer):
        with pytest.raises(NotAllowed):
            exports.export_dashboard(filled, actor, Filters(FIRST), **how)
        with pytest.raises(NotAllowed):
            exports.export_onet(filled, actor, Grade.P6, FIRST, **how)
    for actor in (people.teacher, people.other_director):
        with pytest.raises(NotAllowed):
            exports.export_network(filled, actor, **how)
    assert exports.export_network(filled, people.trainer, **how)
    with pytest.raises(NotAllowed):
        exports.export_dashboard(filled, people.municipal_director, Filters(NETWORK), **how)
