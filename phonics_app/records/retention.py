"""Rows whose time is over: how many there are, and taking them out in blocks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, Table, delete, func, select

from phonics_app.domain.retention import MOST_NAMED, Kept, PupilsLeft
from phonics_app.records import schema
from phonics_app.records.schema import account, attempt, audit, enrolment, pupil

BLOCK = 5000

_ROWS: dict[Kept, tuple[Table, Column[datetime], Column[object]]] = {
    Kept.SESSIONS: (schema.session, schema.session.c.expires_at, schema.session.c.token_hash),
    Kept.FAILURES: (schema.sign_in_failure, schema.sign_in_failure.c.at, schema.sign_in_failure.c.key),
    Kept.DEVICES: (schema.self_device, schema.self_device.c.expires_at, schema.self_device.c.token_hash),
}


def count_due(connection: Connection, kind: Kept, before: datetime) -> tuple[int, datetime | None]:
    """How many rows, and the moment of the oldest one."""
    if kind is Kept.AUDIT:
        last = last_audit_due(connection, before)
        query = select(func.count(), func.min(audit.c.at)).where(audit.c.key <= last)
    elif kind is Kept.ACCOUNTS:
        used = func.coalesce(account.c.last_sign_in, account.c.created_at)
        query = select(func.count(), func.min(used)).where(used < before, account.c.disabled.is_(False))
    elif kind is Kept.ANSWERS:
        query = select(func.count(), func.min(attempt.c.created_at)).where(attempt.c.created_at < before)
    else:
        table, moment, _key = _ROWS[kind]
        query = select(func.count(), func.min(moment)).select_from(table).where(moment < before)
    count, oldest = connection.execute(query).one()
    return count, oldest


def last_audit_due(connection: Connection, before: datetime) -> int:
    """Number of the last entry of the audit that may go with all before it; 0 where there is none."""
    young = connection.scalar(select(func.min(audit.c.key)).where(audit.c.at >= before))
    if young is not None:
        return int(young) - 1
    return int(connection.scalar(select(func.max(audit.c.key))) or 0)


def clear_block(connection: Connection, kind: Kept, before: datetime) -> int:
    """Takes out at most `BLOCK` rows (not of the audit); how many."""
    table, moment, key = _ROWS[kind]
    due = list(connection.scalars(select(key).where(moment < before).limit(BLOCK)))
    if due:
        connection.execute(delete(table).where(key.in_(due)))
    return len(due)


def pupils_left(connection: Connection, last_year: int) -> tuple[PupilsLeft, ...]:
    """Archived pupils whose last year was `last_year` or before, by the school where they are kept and that year."""
    newest = (
        select(enrolment.c.pupil_id, func.max(enrolment.c.year).label("year")).group_by(enrolment.c.pupil_id).subquery()
    )
    query = (
        select(pupil.c.school_id, newest.c.year, pupil.c.id, pupil.c.number)
        .join(newest, newest.c.pupil_id == pupil.c.id)
        .where(pupil.c.archived.is_(True), newest.c.year <= last_year)
        .order_by(newest.c.year, pupil.c.school_id, pupil.c.number, pupil.c.id)
    )
    found: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for school_id, year, id, number in connection.execute(query):
        found.setdefault((school_id, year), []).append((id, number))
    return tuple(PupilsLeft(*key, len(those), tuple(those[:MOST_NAMED])) for key, those in found.items())
