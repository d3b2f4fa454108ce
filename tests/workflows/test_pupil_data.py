"""Subject access: everything that is held on a pupil, and nothing about anybody else."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from sqlalchemy import func, select

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import NotAllowed, NotFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.records import audit, schema
from phonics_app.records.pupils import insert_pupils
from phonics_app.workflows import assess, roster
from phonics_app.workflows.pupil_data import export_pupil_data, pupil_holdings
from tests import sites
from tests.pages.busy import attempt_id, sit
from tests.workflows.sitting_cases import sitting_made
from tests.workflows.use_cases import OTHER, OWN

NAME = "=ใบข้าว<script>"


@pytest.fixture(scope="module")
def two_pupils(own_template, tmp_path_factory):
    """Two pupils of two schools, each with a whole test, a decision and a seat in a class test."""
    phonics = sites.open_copy(own_template, tmp_path_factory.mktemp("two"))
    for place, name in ((OWN, NAME), (OTHER, "ภูผา")):
        draft = PupilDraft("77" if place is OWN else "88", "ด.ญ.", name, "สมมุติวงศ์", Sex.FEMALE, Grade.P6, "1")
        with phonics.store.write() as connection:
            insert_pupils(connection, place.school, sites.YEAR, [(place.pupil, draft)])
        sit(phonics, place.attempt, place.pupil, 4)
        assess.decide_placement(phonics, SYSTEM, place.attempt, 3, "อ่านได้ดี")
        sitting_made(phonics, place)
    roster.set_archived(phonics, SYSTEM, OWN.pupil, True)
    roster.set_archived(phonics, SYSTEM, OWN.pupil, False)
    yield phonics
    phonics.store.close()


@pytest.fixture(scope="module")
def copy(two_pupils):
    return zipfile.ZipFile(io.BytesIO(export_pupil_data(two_pupils, sites.PEOPLE.director, OWN.pupil)))


@pytest.fixture(scope="module")
def told(copy):
    return json.loads(copy.read("pupil.json"))


def test_the_counts_are_those_of_the_database(two_pupils, told):
    counts = pupil_holdings(two_pupils, sites.PEOPLE.director, OWN.pupil).counts
    assert counts["pupil"] == counts["enrolment"] == counts["attempt"] == counts["result"] == 1
    assert counts["placement"] == counts["class_seat"] == 1
    with two_pupils.store.read() as connection:
        every = connection.scalar(select(func.count()).select_from(schema.event))
    assert 0 < counts["event"] < every
    assert {name: len(rows) for name, rows in told["tables"].items() if rows} == counts


def test_identity_answers_results_and_decisions_are_in_it(told):
    tables = told["tables"]
    assert tables["pupil"][0]["first_name"] == NAME
    assert tables["placement"][0]["reason"] == "อ่านได้ดี"
    assert tables["result"][0]["content"]["attempt_id"] == OWN.attempt
    marked = [event["data"]["item"] for event in tables["event"] if event["kind"] == "item_marked"]
    assert marked
    assert set(marked) <= set(told["items"])
    assert told["schools"][OWN.school]["th"]


def test_nothing_of_anybody_else_is_in_it(copy):
    for name in copy.namelist():
        if not name.endswith(".pdf"):
            text = copy.read(name).decode("utf-8")
            assert "ภูผา" not in text, name
            assert OTHER.attempt not in text, name
    assert set(json.loads(copy.read("pupil.json"))["accounts"]) == {"director"}


def test_what_was_done_with_the_data_is_in_it_also_this_copy(told):
    acts = [(act["action"], act["account_id"]) for act in told["audit"]]
    assert ("pupil.archived", "system") in acts
    assert acts[-1] == ("export.pupil_data", "director")
    assert "device" not in told["tables"]["class_seat"][0]


def test_a_csv_file_for_each_table_in_which_no_cell_is_a_formula(copy, told):
    for table, rows in told["tables"].items():
        if rows:
            text = copy.read(f"tables/{table}.csv").decode("utf-8-sig")
            read = list(csv.DictReader(io.StringIO(text)))
            assert len(read) == len(rows)
            assert set(read[0]) == set(rows[0])
    pupil = copy.read("tables/pupil.csv").decode("utf-8-sig")
    assert f"'{NAME}" in pupil


def test_tables_in_thai_words_for_whoever_opens_them_in_a_spreadsheet(copy, told):
    names = {name.partition("/")[2] for name in copy.namelist() if name.startswith("tables-th/")}
    assert names == {f"{table}.csv" for table in [*(name for name, rows in told["tables"].items() if rows), "audit"]}
    english = re.compile("[A-Za-z]{3,}")
    for name in names:
        heads, *rows = csv.reader(io.StringIO(copy.read(f"tables-th/{name}").decode("utf-8-sig")))
        assert rows, name
        assert not [head for head in heads if english.search(head)], name
    (placed,) = csv.DictReader(io.StringIO(copy.read("tables-th/placement.csv").decode("utf-8-sig")))
    assert (placed["ระดับ"], placed["เหตุผล"]) == ("3", "อ่านได้ดี")
    assert f"'{NAME}" in copy.read("tables-th/pupil.csv").decode("utf-8-sig")


def test_a_pdf_in_each_language(copy):
    for name in ("pupil-th.pdf", "pupil-en.pdf"):
        assert copy.read(name).startswith(b"%PDF")


def test_no_copy_without_the_right_and_none_of_a_stranger(two_pupils):
    with pytest.raises(NotAllowed):
        export_pupil_data(two_pupils, sites.PEOPLE.teacher, OWN.pupil)
    with pytest.raises(NotFound):
        export_pupil_data(two_pupils, SYSTEM, attempt_id(99))
    with two_pupils.store.read() as connection:
        assert all(e.account_id != "teacher" for e in audit.entries(connection))
