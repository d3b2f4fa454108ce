"""Names that would like to be more than names: shown as they are written, and harmless, wherever they come out.

A pupil, a room, a school and a teacher are so called; every route and every document is walked through.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.testclient import TestClient

from phonics_app.domain.account import SYSTEM, Account, Grant, Role
from phonics_app.domain.onet import OnetResult
from phonics_app.domain.school import PupilDraft, SchoolDraft, Sex
from phonics_app.domain.text import Text
from phonics_app.progress.dashboard import Filters
from phonics_app.records.accounts import insert_account
from phonics_app.records.passwords import hash_password
from phonics_app.records.writing import squeezed
from phonics_app.web.app import middleware, routes
from phonics_app.workflows import assess, exports, onet, paper_import, roster, schools
from phonics_app.workflows.accounts import sign_in
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.paper_entry import use_form
from tests import sites
from tests.pages.busy import sit
from tests.web.route_cases import PUBLIC, ROUTES, RouteCase
from tests.web.test_every_route import URL, ask
from tests.workflows.sitting_cases import sitting_made
from tests.workflows.use_cases import GRADE, Place

NAMES = {
    "script": "</script><script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "image": "<img src=x onerror=alert(1)>",
    "template": "{{ 7*7 }}{% raw %}${7*7}",
    "formula": '=HYPERLINK("http://x.example","a")',
    "plus": "+1+1",
    "at": "@SUM(A1:A9)",
    "minus": "-2+3|cmd",
    "typst": '#read("/etc/passwd") #panic(1) $x$ `r` *b* _i_ @l <l> // c',
    "typst close": ']) #import "x"; [\\',
    "emoji": "น้องหมี 🐻‍❄️🇹🇭",
    "long": "ยาว" * 100,
    "controls": "ก\x00ข\x07ค\x1bง\u202eจ\u2066ฉ",
    "markdown": "![x](http://x.example/p.png) [a](javascript:alert(1)) **b**",
    "lines": "บรรทัด\nใหม่\r\nอีก\tแถบ",
}


class Tags(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, and the text of its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.data: list[str] = []
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self._script = tag == "script"

    def handle_endtag(self, tag):
        self._script = False

    def handle_data(self, data):
        if self._script and data.strip():
            self.data.append(data)


def is_harmless(html: str) -> None:
    page = Tags(html)
    for tag, attributes in page.found:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert tag != "script" or attributes.get("src", "").startswith("/") or attributes.get("type"), attributes
        assert tag != "img" or attributes["src"].startswith(("/", "data:")), attributes
        assert not (attributes.get("href") or "").lower().startswith("javascript:"), attributes
    for data in page.data:
        json.loads(data)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return sites.make_own(tmp_path_factory.mktemp("own"))


@pytest.fixture(params=NAMES, ids=str)
def hostile(own, tmp_path, request):
    """A site where everybody and everything is called so; its place, and the code of a form."""
    name = NAMES[request.param]
    phonics = sites.open_copy(own, tmp_path)
    school = schools.save_school(phonics, SYSTEM, SchoolDraft(Text(name[:290] + " ไทย", name[:290])))
    draft = PupilDraft(name[:50] or "1", name[:50], name, name, Sex.MALE, GRADE, name[:20])
    pupil = roster.add_pupil(phonics, SYSTEM, school.id, sites.YEAR, draft)
    with phonics.store.write() as connection:
        teacher = Account(
            "hostile", "hostile", squeezed(name), (Grant(Role.TEACHER, school.id),), created_at=sites.START
        )
        insert_account(connection, replace(teacher, grants=(Grant(Role.ADMINISTRATOR),)), hash_password(sites.PASSWORD))
    place = Place(school.id, pupil.id, "a" * 32)
    sit(phonics, place.attempt, pupil.id, 4)
    assess.decide_placement(phonics, SYSTEM, place.attempt, 3, name)
    sitting_made(phonics, place)
    onet.save_onet_result(phonics, SYSTEM, OnetResult(school.id, 2564, GRADE, 20, 30.0))
    yield phonics, place, pupil, use_form(phonics, SYSTEM, "probe-words", 3, "A")
    phonics.store.close()


@pytest.mark.either
def test_pages_and_answers_of_every_route(hostile):
    phonics, place, pupil, code = hostile
    client = TestClient(Starlette(routes=routes(), middleware=middleware(lambda: phonics)), base_url=URL)
    client.cookies.set("phonics_session", sign_in(phonics, "hostile", sites.PASSWORD, "127.0.0.1").token)
    seen = 0
    for name in ROUTES:
        if not name.startswith("GET") or (ROUTES[name] == RouteCase(PUBLIC) and "auth" not in name):
            continue
        answer = ask(client, name, place, code)
        assert answer.status_code < 500, (name, answer.text[:300])
        kind = answer.headers.get("content-type", "")
        if kind.startswith("text/html"):
            is_harmless(answer.text)
            seen += pupil.first_name in json.dumps(answer.text) or "lt;" in answer.text
        elif kind.startswith("application/json"):
            json.loads(answer.text)
    # A form posted with a hostile name shows it again.
    again = client.post("/auth/sign-in", data={"username": pupil.first_name, "password": "x"}, headers={"Origin": URL})
    is_harmless(again.text)


def documents(phonics, place, pupil):
    """Every document in which a name of the school can stand."""
    room = {"grade": GRADE, "room": pupil.room}
    for format in ExportFormat:
        how = {"format": format, "language": "th"}
        yield format, exports.export_class(phonics, SYSTEM, place.school, sites.YEAR, **room, **how)
        yield format, exports.export_dashboard(phonics, SYSTEM, Filters(school_id=place.school), **how)
        yield format, exports.export_dashboard(phonics, SYSTEM, Filters(), **how)
        yield format, exports.export_onet(phonics, SYSTEM, GRADE, place.school, **how)
        yield format, exports.export_network(phonics, SYSTEM, **how)
    yield ExportFormat.PDF, exports.export_result(phonics, SYSTEM, place.attempt, language="th")
    code = use_form(phonics, SYSTEM, "probe-words", 3, "A")
    where = (place.school, sites.YEAR, GRADE, pupil.room, code, sites.START.date(), "th")
    yield ExportFormat.EXCEL, paper_import.export_paper_template(phonics, SYSTEM, *where)


@pytest.mark.either
def test_documents(hostile):
    phonics, place, pupil, _code = hostile
    told = dict.fromkeys(ExportFormat, 0)
    for format, document in documents(phonics, place, pupil):
        told[format] += CHECKS[format](document, pupil.first_name)
    assert min(told.values()) >= 1


def check_csv(document: bytes, name: str) -> int:
    cells = [cell for row in csv.reader(io.StringIO(document.decode("utf-8-sig"), newline="")) for cell in row]
    for cell in cells:
        number = re.fullmatch(r"[-+]?[\d.,]+%?", cell)
        assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")), cell
    return any(name in cell for cell in cells)


def check_excel(document: bytes, name: str) -> int:
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        assert not [part for part in parts.namelist() if "external" in part.lower() or "vba" in part.lower()]
        sheets = [parts.read(part) for part in parts.namelist() if part.startswith("xl/worksheets/sheet")]
    assert not [sheet for sheet in sheets if b"<hyperlink" in sheet]
    book = load_workbook(io.BytesIO(document))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    # The template of paper sheets adds its totals up itself: formulas of ours, without anybody's name.
    assert not [cell.value for cell in cells if cell.data_type == "f" and name[:9] in cell.value]
    return any(name in cell.value for cell in cells)


def check_pdf(document: bytes, name: str) -> int:
    reader = PdfReader(io.BytesIO(document))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "root:x:" not in text
    assert "/JavaScript" not in str(reader.trailer["/Root"])
    for page in reader.pages:
        links = [note.get_object().get("/A") for note in page.get("/Annots", [])]
        assert not [link for link in links if link and "x.example" in str(link)]
    letters = re.sub(r"[^A-Za-z0-9]", "", name)
    return letters in re.sub(r"[^A-Za-z0-9]", "", text)


CHECKS = {ExportFormat.CSV: check_csv, ExportFormat.EXCEL: check_excel, ExportFormat.PDF: check_pdf}


def test_what_a_name_is_kept_as(hostile):
    """Without what can't be seen or turns the line round; all else letter by letter."""
    _phonics, _place, pupil, _code = hostile
    kept = (pupil.first_name, pupil.last_name, pupil.prefix, pupil.number, pupil.room)
    assert not [text for text in kept if re.search("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)]
    assert pupil.first_name in set(NAMES.values()) | {
        "กขคงจฉ",
        "บรรทัด ใหม่ อีก แถบ",
        NAMES["emoji"].replace("\u200d", ""),
    }
