"""Tests that count, with what research may know of their pupils."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, and_, func, select

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.records.lawful_bases import taken_back
from phonics_app.records.schema import attempt, enrolment, placement, pupil, result

ResearchRow = tuple[str, str, str, str, int, int, float, float, int, int | None, bool]
"""Pupil, school, sex, grade, year, term, ability, standard error, level proposed, level decided, simulated."""


def research_records(connection: Connection) -> Iterator[ResearchRow]:
    """Every result of a test that was not discarded, at the class of its year, with the newest decision on it.

    None of pupils whose consent was taken back.
    """
    rank = func.row_number().over(
        partition_by=placement.c.attempt_key, order_by=(placement.c.decided_at.desc(), placement.c.key.desc())
    )
    ranked = select(placement.c.attempt_key, placement.c.level, rank.label("rank")).subquery()
    newest = select(ranked.c.attempt_key, ranked.c.level).where(ranked.c.rank == 1).subquery()
    r, e = result.c, enrolment.c
    query = (
        select(
            *(r.pupil_id, r.school_id, pupil.c.sex, func.coalesce(r.grade, e.grade), r.year, r.term),
            *(r.theta, r.standard_error, r.proposed_level, newest.c.level, pupil.c.simulated),
        )
        .join(attempt, attempt.c.key == r.attempt_key)
        .join(pupil, pupil.c.id == r.pupil_id)
        .join(enrolment, and_(e.pupil_id == r.pupil_id, e.year == r.year))
        .outerjoin(newest, newest.c.attempt_key == r.attempt_key)
        .where(attempt.c.status != AttemptStatus.DISCARDED.value, r.pupil_id.not_in(taken_back()))
        .order_by(r.attempt_key)
    )
    for row in connection.execute(query):
        yield tuple(row)
