"""Calibrations: kept as they were made, and which of them is in force."""

from __future__ import annotations

import pytest

from phonics_app.domain.calibration import (
    CalibratedGroup,
    CalibrationContent,
    CalibrationDecision,
    CalibrationFacts,
    CalibrationStatus,
    ItemEstimate,
)
from phonics_app.records import calibrations, open_store
from tests import sites
from tests.databases import url_of

APPROVED, WITHDRAWN = CalibrationStatus.APPROVED, CalibrationStatus.WITHDRAWN
CONTENT = CalibrationContent(
    (CalibratedGroup("3", 100, -1.25, 0.875),),
    (
        ItemEstimate("WR-0001", 1, 60, 40, 3.5, -0.75, 0.125, 1.0, 1.25, takes_effect=True),
        ItemEstimate("WR-0002", 2, 3, 3, 4.0, -2.0, None, 1.0, 1.0, takes_effect=False),
    ),
)


def facts(calibration_id: str) -> CalibrationFacts:
    return CalibrationFacts(
        calibration_id, sites.START, "administrator", "2pl", "0123", 100, 90, 63, -33.5, 12, True, simulated=False
    )


@pytest.fixture
def connection(tmp_path):
    store = open_store(url_of(tmp_path / "phonics.db"))
    with store.write() as connection:
        for calibration_id in ("a", "b"):
            calibrations.insert_calibration(connection, facts(calibration_id), CONTENT)
        yield connection
    store.close()


def decide(connection, calibration_id, status):
    decision = CalibrationDecision(calibration_id, status, "เพราะ…", "administrator", sites.START)
    calibrations.insert_decision(connection, decision)
    return decision


def test_what_is_stored_comes_back(connection):
    assert calibrations.list_calibrations(connection) == (facts("a"), facts("b"))
    assert calibrations.find_calibration(connection, "b") == (facts("b"), CONTENT)
    assert calibrations.find_calibration(connection, "c") is None
    made = (decide(connection, "b", APPROVED), decide(connection, "b", WITHDRAWN))
    assert calibrations.all_decisions(connection) == made


def test_the_one_approved_last_is_in_force_and_withdrawing_it_leads_back(connection):
    assert calibrations.id_in_force(connection) is None
    assert calibrations.content_in_force(connection) is None
    for calibration_id, status, in_force in (
        ("a", APPROVED, "a"),
        ("b", APPROVED, "b"),
        ("b", WITHDRAWN, "a"),
        ("b", APPROVED, "b"),
        ("a", WITHDRAWN, "b"),
        ("b", WITHDRAWN, None),
    ):
        before = calibrations.revision(connection)
        decide(connection, calibration_id, status)
        assert calibrations.id_in_force(connection) == in_force
        assert calibrations.revision(connection) > before


def test_what_would_be_in_force_without_one(connection):
    decide(connection, "a", APPROVED)
    decide(connection, "b", APPROVED)
    assert calibrations.id_in_force(connection, without="b") == "a"
    assert calibrations.id_in_force(connection, without="a") == "b"
