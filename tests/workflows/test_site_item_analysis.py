"""The analysis of a site's own items, on simulated pupils: nothing is wrong with any item until it is made wrong."""

from __future__ import annotations

import csv
import io
import json
import zlib
from dataclasses import replace

import numpy as np
import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import ProblemsFound
from phonics_app.records import audit, schema
from phonics_app.workflows import site_item_analysis as analysis
from phonics_app.workflows.calibration_answers import site_answers
from phonics_app.workflows.calibration_comparison import compare_calibration
from phonics_app.workflows.calibrations import make_calibration
from phonics_app.workflows.context import new_id
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.item_analysis_export import export_item_analysis
from phonics_app.workflows.site_item_analysis import Flag, Trait, analyse_site_items, count_tests, kept_analysis
from tests import calibrated, sites

PEOPLE = sites.PEOPLE


@pytest.fixture(scope="module")
def template(own_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("item_analysis")
    phonics = sites.open_copy(own_template, folder)
    calibrated.simulate_site(phonics)
    mixed(phonics)
    phonics.store.close()
    return folder / "phonics.db"


def mixed(phonics):
    """Every other pair of pupils goes to the second school; girls and boys come one after the other."""
    pupil, result = schema.pupil.c, schema.result
    with phonics.store.write() as connection:
        for n, pupil_id in enumerate(connection.scalars(select(pupil.id).order_by(pupil.id)).all()):
            sex = "female" if n % 2 else "male"
            connection.execute(update(schema.pupil).where(pupil.id == pupil_id).values(sex=sex))
            if n % 4 < 2:
                own = result.c.pupil_id == pupil_id
                connection.execute(update(result).where(own).values(school_id=sites.SCHOOLS[1].id))


@pytest.fixture
def site(template, tmp_path):
    phonics = replace(sites.open_copy(template, tmp_path / "data"), new_id=new_id)
    yield phonics
    phonics.store.close()


@pytest.fixture(scope="module")
def found(template, tmp_path_factory):
    phonics = sites.open_copy(template, tmp_path_factory.mktemp("found"))
    shares = []
    found = analyse_site_items(phonics, SYSTEM, shares.append)
    assert shares == sorted(shares)
    phonics.store.close()
    return found


def test_figures_are_those_of_the_answers(site, found):
    with site.store.read() as connection:
        answers = site_answers(connection, site.uncalibrated.bank)
    assert (found.tests, found.answers) == (len(answers.sittings), answers.responses.count)
    assert (found.simulated, found.converged) == (True, True)
    of_item = {one.item.id: one for one in found.items}
    right = np.asarray(answers.responses.right.sum(axis=0)).ravel()
    answered = np.asarray(answers.responses.answered.sum(axis=0)).ravel()
    for j, item_id in enumerate(answers.responses.items):
        one = of_item[item_id]
        assert (one.told.n, one.share_of_tests) == (answered[j], answered[j] / found.tests)
        assert one.told.share_right == pytest.approx(right[j] / answered[j])
        assert one.enough == (answered[j] >= 30)


def test_figures_of_an_item_are_those_of_a_calibration(site, found):
    made = make_calibration(site, SYSTEM)
    in_calibration = {one.item_id: one for one in compare_calibration(site, SYSTEM, made.id).content.items}
    assert len(in_calibration) == len(found.items)
    for one in found.items:
        other = in_calibration[one.item.id]
        assert one.told.difficulty == pytest.approx(other.difficulty, abs=1e-3)
        assert (one.told.infit, one.told.outfit) == pytest.approx((other.infit, other.outfit))


def test_hardly_anything_is_said_where_nothing_is_wrong(found):
    enough = [one for one in found.items if one.enough]
    assert len(enough) > 30
    assert sum(bool(one.findings) for one in enough) <= 0.05 * len(enough)
    assert not [one for one in found.differences if one.shift.verdict is analysis.Verdict.SHIFTED]


def test_groups_are_compared_by_strand_and_level(found):
    assert set(found.compared) == set(Trait)
    of_sex = [one for one in found.differences if one.trait is Trait.SEX]
    assert {one.group for one in of_sex} == {"female"}
    assert {(one.strand, one.level) for one in of_sex} == {(one.item.strand, one.item.level) for one in found.items}
    assert {one.group for one in found.differences if one.trait is Trait.GRADE} == {"P1"}
    assert max(one.shift.pupils for one in of_sex) <= calibrated.PUPILS / 2


def test_levels_are_put_on_the_scale_of_the_tests(site, found):
    numbers = [level.number for level in site.content.bank.levels]
    assert [level for level, _cut in found.cuts] == numbers
    assert len(found.decisions.bands) == len(numbers)
    assert sum(band.persons for band in found.decisions.bands) == found.tests
    assert 0.6 < found.decisions.consistency < found.decisions.accuracy < 1
    assert found.reliability[0].group == ""
    assert 0.8 < found.reliability[0].value < 1


def test_times_are_those_of_blocks(found):
    """The simulated teacher needs a few seconds an item."""
    seconds = [one.told.median_seconds for one in found.items if one.enough]
    assert all(value is not None and 1 < value < 20 for value in seconds)


def test_an_item_with_a_wrong_key_comes_first(site):
    item_id = max(analyse_site_items(site, SYSTEM).items, key=lambda one: one.told.n).item.id
    turn_around(site, item_id)
    first = analyse_site_items(site, SYSTEM).items[0]
    assert first.item.id == item_id
    assert first.findings[0].flag is Flag.CHECK_KEY


def turn_around(site, item_id):
    """Right answers to the item become wrong ones and the other way round."""
    result = schema.result
    with site.store.write() as connection:
        for key, content in connection.execute(select(result.c.attempt_key, result.c.content)).all():
            told = json.loads(zlib.decompress(content))
            for score in told["scores"]:
                if score["item_id"] == item_id:
                    score["score"] = 1 - score["score"]
            packed = zlib.compress(json.dumps(told).encode())
            connection.execute(update(result).where(result.c.attempt_key == key).values(content=packed))


def test_what_was_made_is_kept_until_somebody_wants_it_anew(site, monkeypatch):
    monkeypatch.setattr(analysis, "_kept", {})
    assert kept_analysis(site, PEOPLE.teacher) is None
    made = analyse_site_items(site, PEOPLE.teacher)
    assert kept_analysis(site, PEOPLE.teacher) == made
    assert made.finished == count_tests(site, PEOPLE.teacher)
    assert analyse_site_items(site, PEOPLE.teacher).items is not made.items


def test_schools_that_one_does_not_see_have_no_name(site):
    analyse_site_items(site, SYSTEM)
    schools = {}
    for who in ("administrator", "teacher"):
        found = kept_analysis(site, getattr(PEOPLE, who))
        schools[who] = {one.group for one in found.differences if one.trait is Trait.SCHOOL}
    first = min(sites.SCHOOLS[0].id, sites.SCHOOLS[1].id)
    assert schools["administrator"] == {first}
    assert schools["teacher"] == ({first} if first in PEOPLE.teacher.schools else {""})


def test_too_few_tests(own_template, tmp_path):
    phonics = sites.open_copy(own_template, tmp_path)
    assert count_tests(phonics, PEOPLE.teacher) == 0
    with pytest.raises(ProblemsFound) as caught:
        analyse_site_items(phonics, PEOPLE.teacher)
    assert caught.value.problems[0].code == "item_analysis.few_tests"
    phonics.store.close()


def test_tables_hold_every_item_and_say_that_they_are_simulated(site, found):
    content = export_item_analysis(site, PEOPLE.teacher, found, format=ExportFormat.CSV, language="en")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    items = [row for row in rows if row["Table"] == "Items"]
    assert [row["Item"] for row in items] == [one.item.id for one in found.items]
    assert float(items[0]["Share right"]) == pytest.approx(found.items[0].told.share_right, abs=1e-5)
    assert {row["Data"] for row in rows} == {"Simulated data"}
    assert {row["Compared by"] for row in rows} >= {"Schools", "Girls and boys", "Grades"}
    book = load_workbook(
        io.BytesIO(export_item_analysis(site, PEOPLE.teacher, found, format=ExportFormat.EXCEL, language="th"))
    )
    assert len(book.sheetnames) == 4
    with site.store.read() as connection:
        assert [entry.action for entry in audit.entries(connection)][:2] == ["export.item_analysis"] * 2
