"""The research export of a site: no name, no id, no day; refused while anybody stands out; written down."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from sqlalchemy import select

from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.privacy import Basis, BasisSource
from phonics_app.progress.research import COLUMNS
from phonics_app.records import audit
from phonics_app.records.schema import result
from phonics_app.workflows.lawful_bases import record_bases
from phonics_app.workflows.research import Coarseness, check_research, export_research
from tests import sites
from tests.progress.site import fill, two_rounds

ADMINISTRATOR = sites.PEOPLE.administrator
SAID = ("วิทยานิพนธ์เรื่องการอ่าน", "มหาวิทยาลัยเชียงใหม่")


@pytest.fixture
def site(phonics):
    return fill(phonics, two_rounds())


def test_refused_with_each_group_that_is_too_small(site):
    found = check_research(site, ADMINISTRATOR, Coarseness())
    assert found.small
    assert found.enough
    with pytest.raises(ProblemsFound) as refused:
        export_research(site, ADMINISTRATOR, Coarseness(), *SAID)
    assert {p.code for p in refused.value.problems} == {"research.too_few"}
    with site.store.read() as connection:
        assert [e for e in audit.entries(connection) if e.action == "export.research"] == []


def test_what_is_said_to_be_coarse_enough_is_given_out(site):
    coarse = check_research(site, ADMINISTRATOR, Coarseness()).enough[0]
    archive = zipfile.ZipFile(io.BytesIO(export_research(site, ADMINISTRATOR, coarse, *SAID)))
    rows = list(csv.DictReader(io.StringIO(archive.read("data.csv").decode("utf-8-sig"))))
    assert len(rows) == check_research(site, ADMINISTRATOR, coarse).records > 0
    assert tuple(rows[0]) == COLUMNS
    dictionary = list(csv.DictReader(io.StringIO(archive.read("dictionary.csv").decode("utf-8-sig"))))
    assert [row["column"] for row in dictionary] == list(COLUMNS)
    about = json.loads(archive.read("about.json"))
    assert (about["purpose"], about["receiver"], about["coarser"]) == (*SAID, list(coarse.steps))


def test_whoever_took_consent_back_is_left_out(site):
    coarse = Coarseness()
    before = check_research(site, ADMINISTRATOR, coarse)
    with site.store.read() as connection:
        pupil_id, school_id, year = connection.execute(
            select(result.c.pupil_id, result.c.school_id, result.c.year).limit(1)
        ).one()
    paper = (site.now().date(), BasisSource.PAPER)
    for basis, left_out in ((Basis.WITHDRAWN, 1), (Basis.CONSENT, 0)):
        record_bases(site, ADMINISTRATOR, school_id, year, [pupil_id], basis, *paper)
        assert check_research(site, ADMINISTRATOR, coarse).pupils == before.pupils - left_out


def test_no_id_of_the_site_is_in_it(site):
    coarse = check_research(site, ADMINISTRATOR, Coarseness()).enough[0]
    archive = zipfile.ZipFile(io.BytesIO(export_research(site, ADMINISTRATOR, coarse, *SAID)))
    text = archive.read("data.csv").decode("utf-8-sig")
    with site.store.read() as connection:
        for table in ("pupil", "attempt", "school"):
            for (found,) in connection.exec_driver_sql(f"SELECT id FROM {table}"):
                assert found not in text


def test_who_gets_it_and_why_stands_in_the_audit(site):
    coarse = check_research(site, ADMINISTRATOR, Coarseness()).enough[0]
    with pytest.raises(ProblemsFound) as refused:
        export_research(site, ADMINISTRATOR, coarse, " ", "")
    assert [p.place.column for p in refused.value.problems] == ["purpose", "receiver"]
    export_research(site, ADMINISTRATOR, coarse, *SAID)
    with site.store.read() as connection:
        newest = audit.entries(connection)[0]
    assert (newest.action, newest.data["purpose"], newest.data["receiver"]) == ("export.research", *SAID)


def test_a_site_without_tests_has_nothing_to_give(phonics):
    with pytest.raises(ProblemsFound) as refused:
        export_research(phonics, ADMINISTRATOR, Coarseness(), *SAID)
    assert [p.code for p in refused.value.problems] == ["research.nothing"]
