"""Calibrations of this site, and what persons decided about them. Rows are only ever added."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from phonics_app.domain.calibration import (
    CalibrationContent,
    CalibrationDecision,
    CalibrationFacts,
    CalibrationStatus,
)
from phonics_app.records.attempts import pack, unpack
from phonics_app.records.schema import calibration as table
from phonics_app.records.schema import calibration_decision as decisions

_FACTS = [column for column in table.c if column is not table.c.content]


def insert_calibration(connection: Connection, facts: CalibrationFacts, content: CalibrationContent) -> None:
    values = {column.name: getattr(facts, column.name) for column in _FACTS}
    connection.execute(insert(table).values(**values, content=pack(content)))


def list_calibrations(connection: Connection) -> tuple[CalibrationFacts, ...]:
    """Newest first."""
    rows = connection.execute(select(*_FACTS).order_by(table.c.made_at.desc(), table.c.id))
    return tuple(CalibrationFacts(**row._mapping) for row in rows)


def find_calibration(connection: Connection, calibration_id: str) -> tuple[CalibrationFacts, CalibrationContent] | None:
    row = connection.execute(select(*_FACTS).where(table.c.id == calibration_id)).one_or_none()
    return None if row is None else (CalibrationFacts(**row._mapping), _content(connection, calibration_id))


def _content(connection: Connection, calibration_id: str) -> CalibrationContent:
    packed = connection.execute(select(table.c.content).where(table.c.id == calibration_id)).scalar_one()
    return unpack(CalibrationContent, packed)


def insert_decision(connection: Connection, decision: CalibrationDecision) -> None:
    values = {
        "calibration_id": decision.calibration_id,
        "status": decision.status.value,
        "reason": decision.reason,
        "decided_by": decision.by,
        "decided_at": decision.at,
    }
    connection.execute(insert(decisions).values(**values))


def all_decisions(connection: Connection) -> tuple[CalibrationDecision, ...]:
    """Oldest first."""
    return tuple(map(_decision, connection.execute(select(decisions).order_by(decisions.c.key))))


def _decision(row: Row[Any]) -> CalibrationDecision:
    status = CalibrationStatus(row.status)
    return CalibrationDecision(row.calibration_id, status, row.reason, row.decided_by, row.decided_at)


def revision(connection: Connection) -> int:
    """A number that grows with each decision; 0 before the first."""
    return connection.scalar(select(func.max(decisions.c.key))) or 0


def id_in_force(connection: Connection, without: str | None = None) -> str | None:
    """Of the calibrations that stand approved, the one approved last. `without`: as if there were not that one."""
    standing: dict[str, CalibrationStatus] = {}
    for decision in all_decisions(connection):
        standing.pop(decision.calibration_id, None)
        standing[decision.calibration_id] = decision.status
    standing.pop(without or "", None)
    approved = [key for key, status in standing.items() if status is CalibrationStatus.APPROVED]
    return approved[-1] if approved else None


def content_in_force(connection: Connection) -> CalibrationContent | None:
    found = id_in_force(connection)
    return None if found is None else _content(connection, found)
