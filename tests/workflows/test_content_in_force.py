"""What is in force once a calibration is approved: new tests have it, in every process; given ones keep their own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import select

from phonics_app.content.item_cells import cells_of
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.bank import Difficulty, DifficultySource
from phonics_app.domain.codec import encode
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.records import open_store, schema
from phonics_app.records.backup import unpack
from phonics_app.records.migrate import MIGRATIONS, Migrations
from phonics_app.records.pupils import insert_pupils
from phonics_app.records.settings import set_setting
from phonics_app.workflows import assess, bank_editor, difficulty
from phonics_app.workflows.bank_sheets import Change, commit_items, export_items, preview_items
from phonics_app.workflows.calibrations import approve_calibration, list_calibrations, withdraw_calibration
from phonics_app.workflows.context import new_id
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.item_bank import ItemSearch
from phonics_app.workflows.setup import SITE_SETTING, SiteState
from phonics_app.workflows.sittings import current_plan
from tests import calibrated, sites
from tests.databases import url_of
from tests.pages.busy import attempt_id, diary_of, sit
from tests.workflows.use_cases import GRADE

ADMINISTRATOR = sites.PEOPLE.administrator
REASON = "ตรวจแล้ว"
TESTS = 3
PUPIL = "p" * 32


@pytest.fixture(scope="module")
def template(own_template, tmp_path_factory):
    """The database of a site with some finished tests and a calibration that was proposed."""
    phonics = sites.open_copy(own_template, tmp_path_factory.mktemp("in_force"))
    draft = PupilDraft("1", "ด.ช.", "ต้นกล้า", "จำลองกิจ", Sex.MALE, GRADE, "1")
    with phonics.store.write() as connection:
        insert_pupils(connection, sites.SCHOOLS[0].id, sites.YEAR, [(PUPIL, draft)])
    for number in range(TESTS):
        sit(phonics, attempt_id(number), PUPIL, 4)
    calibrated.insert_proposal(phonics)
    phonics.store.close()
    return sites.path_of(phonics)


@pytest.fixture
def site(template, tmp_path):
    phonics = replace(sites.open_copy(template, tmp_path / "data"), new_id=new_id)
    yield phonics
    phonics.store.close()


def approve(phonics):
    approve_calibration(phonics, ADMINISTRATOR, calibrated.ID, REASON)


def withdraw(phonics):
    withdraw_calibration(phonics, ADMINISTRATOR, calibrated.ID, REASON)


def replays(phonics):
    return [encode(assess.compute_result(phonics, SYSTEM, attempt_id(n))) for n in range(TESTS)]


def stored_rows(phonics):
    with phonics.store.read() as connection:
        return [connection.execute(select(table)).all() for table in (schema.plan, schema.result, schema.event)]


def one_in_force(phonics, level=4):
    """An item that the calibration gives another difficulty."""
    return phonics.content.bank.active(level)[0]


def test_results_and_their_replays_stay_to_the_byte(site):
    before, rows, version = replays(site), stored_rows(site), site.content.bank.version
    approve(site)
    assert site.content.bank.version != version
    assert replays(site) == before
    assert stored_rows(site) == rows
    withdraw(site)
    assert replays(site) == before


def test_a_test_that_has_begun_goes_on_as_it_began(site):
    version = site.content.bank.version
    begun = assess.start_attempt(site, SYSTEM, attempt_id(7), PUPIL)
    approve(site)
    assess.append_events(site, SYSTEM, attempt_id(7), diary_of(begun, 4))
    sit(site, attempt_id(8), PUPIL, 4)
    versions = [assess.compute_result(site, SYSTEM, attempt_id(n)).bank_version for n in (7, 8)]
    assert versions == [version, site.content.bank.version]
    assert versions[0] != versions[1]


def test_new_tests_have_the_difficulties_and_their_errors(site):
    own = {item.id: item for item in site.content.bank.items}
    approve(site)
    levels = {3, 4, 5}
    for item in site.content.bank.active():
        found = item.difficulty.source is DifficultySource.CALIBRATED
        assert found is (item.level in levels)
        assert replace(item, difficulty=own[item.id].difficulty) == own[item.id]
    planned = [item for item in current_plan(site, 0).items if item.level in levels]
    assert planned
    for item in planned:
        assert item.standard_error == 0.12
        assert item.difficulty == site.content.bank.item(item.id).difficulty.value != own[item.id].difficulty.value


def test_two_processes_see_it_at_once(site):
    """This one has the content already; another one approves, then withdraws."""
    shipped = site.content.bank.version

    def run(command):
        arguments = [sys.executable, "-m", "phonics_app", command, calibrated.ID, "--reason", REASON]
        variables = {
            **os.environ,
            "PHONICS_DATA_DIR": str(site.settings.data_dir),
            "PHONICS_DATABASE_URL": site.settings.database_url,
        }
        done = subprocess.run(arguments, cwd=sites.ROOT, env=variables, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    run("approve-calibration")
    assert one_in_force(site).difficulty.source is DifficultySource.CALIBRATED
    run("withdraw-calibration")
    assert site.content.bank.version == shipped


def test_withdrawing_leads_back(site):
    before = site.content
    approve(site)
    withdraw(site)
    assert site.content == before


def test_retired_and_restored_an_item_keeps_what_was_found_but_does_not_store_it(site):
    own = one_in_force(site)
    approve(site)
    found = one_in_force(site).difficulty
    bank_editor.retire_item(site, ADMINISTRATOR, own.id, "พัก")
    bank_editor.restore_item(site, ADMINISTRATOR, own.id)
    assert site.content.bank.item(own.id).difficulty == found
    withdraw(site)
    assert site.content.bank.item(own.id).difficulty == own.difficulty


def propose(phonics, item, **cells):
    return bank_editor.propose_item(phonics, sites.PEOPLE.teacher, {**cells_of(item), **cells}, item.id)


def test_a_changed_item_has_its_own_difficulty_again(site):
    own = one_in_force(site)
    approve(site)
    change = propose(site, one_in_force(site), prompt_en="Read this word aloud.")
    assert (change.item.version, change.item.difficulty) == (own.version + 1, own.difficulty)
    bank_editor.activate_item(site, ADMINISTRATOR, own.id)
    assert site.content.bank.item(own.id).difficulty == own.difficulty


def test_a_difficulty_that_a_person_writes_on_a_calibrated_item_is_a_judgement(site):
    approve(site)
    change = propose(site, one_in_force(site), difficulty="-0.25")
    assert change.item.difficulty == Difficulty(-0.25, 0.5, DifficultySource.EXPERT)


def test_items_in_a_file_are_the_same_before_and_after(site):
    """Or a file saved before would propose to undo the calibration, item by item."""
    teacher = sites.PEOPLE.teacher

    def file():
        return export_items(site, teacher, ItemSearch(level=4), format=ExportFormat.CSV)

    before = file()
    approve(site)
    assert file() == before
    preview = preview_items(site, teacher, "items.csv", before)
    assert {row.change for row in preview.rows} == {Change.UNCHANGED}
    word = one_in_force(site).prompt.en
    preview = preview_items(site, teacher, "items.csv", before.replace(word.encode(), b"Say it aloud.", 1))
    assert commit_items(site, teacher, preview) == 1


@pytest.mark.parametrize(("state", "known"), [(SiteState.OWN, True), (SiteState.DEMONSTRATION, False)])
def test_predictions_learn_from_real_answers_alone(site, tmp_path, state, known):
    approve(site)
    with site.store.write() as connection:
        set_setting(connection, SITE_SETTING, state.value)
    model = difficulty.train_difficulty(site, ADMINISTRATOR, tmp_path / "model.json", quick=True)
    assert (model.training.calibrated > 0) is known


BEFORE = Migrations(MIGRATIONS.folder, "0003")


def columns_of(path):
    """Those of every table, but not the number of the revision."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
        names = [name for (name,) in found if name != "alembic_version"]
        return {n: ", ".join(f'"{row[1]}"' for row in connection.execute(f"pragma table_info({n})")) for n in names}


def rows_of(path, columns):
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(f"select {told} from {name}").fetchall() for name, told in columns.items()}


def fill(path, source):
    """The rows of the database `source` in the one at `path`, which has fewer tables and columns."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("attach ? as source", (str(source),))
        for name, told in columns_of(path).items():
            connection.execute(f"insert into {name} ({told}) select {told} from source.{name}")
        connection.commit()


@pytest.mark.sqlite
def test_a_database_from_before_there_were_calibrations(template, tmp_path):
    path = tmp_path / "phonics.db"
    open_store(url_of(path), BEFORE).close()
    fill(path, template)
    columns = columns_of(path)
    before = rows_of(path, columns)
    assert len(before["attempt"]) == len(before["result"]) == TESTS
    site = sites.open_copy(path, tmp_path / "data")
    assert rows_of(site.store.path, columns) == before
    unpack(tmp_path / "data" / "backups" / "phonics-revision-0003.p9backup", tmp_path / "before.db")
    assert rows_of(tmp_path / "before.db", columns) == before
    assert list_calibrations(site, ADMINISTRATOR).entries == ()
    results = replays(site)
    calibrated.insert_proposal(site)
    approve(site)
    assert one_in_force(site).difficulty.source is DifficultySource.CALIBRATED
    assert replays(site) == results
    site.store.close()
