"""Who took a test, and how long its blocks took: only where the device tells."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.event import EventKind as K
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.records import schema
from phonics_app.records.pupils import insert_pupils
from phonics_app.records.sitting_facts import SittingPupil, block_seconds, pupils_of_sittings
from phonics_app.workflows import assess
from tests import sites
from tests.pages.busy import sit

PUPIL, ATTEMPT = "91" * 16, "a8" * 16


@pytest.fixture
def site(tmp_path):
    """With one pupil."""
    phonics = sites.open_copy(sites.make_own(tmp_path / "own"), tmp_path / "data")
    draft = PupilDraft("1", "ด.ญ.", "ใบข้าว", "จำลองกิจ", Sex.FEMALE, Grade.P2, "1")
    with phonics.store.write() as connection:
        insert_pupils(connection, sites.SCHOOLS[0].id, sites.YEAR, [(PUPIL, draft)])
    yield phonics
    phonics.store.close()


def test_who_took_a_test(site):
    sit(site, ATTEMPT, PUPIL, 4)
    with site.store.write() as connection:
        (found,) = pupils_of_sittings(connection).values()
        assert found == SittingPupil(sites.SCHOOLS[0].id, Sex.FEMALE, Grade.P2)
        connection.execute(update(schema.enrolment).values(year=sites.YEAR - 5))
        assert [*pupils_of_sittings(connection).values()] == [found]
        # A result of the time before results kept the grade.
        connection.execute(update(schema.result).values(grade=None))
        (found,) = pupils_of_sittings(connection).values()
    assert found.grade is None


def test_times_of_blocks(site):
    """Block a took 9 seconds; b was interrupted, c marked anew, d left out, e stopped, f outlasted by the clock."""
    assess.start_attempt(site, SYSTEM, ATTEMPT, PUPIL)
    steps = [
        (K.ATTEMPT_STARTED, 0, {}),
        (K.BLOCK_SHOWN, 1_000, {"block": "a"}),
        (K.ITEM_MARKED, 4_000, {"block": "a", "item": "x", "mark": "incorrect"}),
        (K.BLOCK_FINISHED, 10_000, {"block": "a", "last_item": "y"}),
        (K.BLOCK_SHOWN, 11_000, {"block": "b"}),
        (K.ATTEMPT_RESUMED, 500, {}),
        (K.BLOCK_FINISHED, 90_000, {"block": "b", "last_item": "y"}),
        (K.BLOCK_SHOWN, 91_000, {"block": "c"}),
        (K.BLOCK_FINISHED, 95_000, {"block": "c", "last_item": "y"}),
        (K.BLOCK_SHOWN, 96_000, {"block": "d"}),
        (K.BLOCK_REOPENED, 97_000, {"block": "c"}),
        (K.BLOCK_FINISHED, 99_000, {"block": "c", "last_item": "y"}),
        (K.BLOCK_SHOWN, 100_000, {"block": "d"}),
        (K.BLOCK_FINISHED, 101_000, {"block": "d", "last_item": None}),
        (K.BLOCK_SHOWN, 104_000, {"block": "f"}),
        (K.BLOCK_FINISHED, 103_000, {"block": "f", "last_item": "y"}),
        (K.BLOCK_SHOWN, 105_000, {"block": "e"}),
        (K.ATTEMPT_STOPPED, 109_000, {"block": "e", "last_item": "y"}),
    ]
    with site.store.write() as connection:
        key = connection.scalar(select(schema.attempt.c.key))
        rows = [
            {"attempt_key": key, "seq": n, "kind": kind.value, "at": "", "mono_ms": moment, "data": data}
            for n, (kind, moment, data) in enumerate(steps, start=1)
        ]
        connection.execute(insert(schema.event), [{**row, "received_at": sites.START} for row in rows])
        assert block_seconds(connection) == {(key, "a"): 9.0}
