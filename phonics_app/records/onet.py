"""O-NET results and targets of schools, as stored."""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, insert, select

from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult, OnetTarget
from phonics_app.records.schema import onet_result, onet_target


def list_results(connection: Connection, school_ids: tuple[str, ...], grade: Grade) -> tuple[OnetResult, ...]:
    """By school and year."""
    table = onet_result.c
    query = select(onet_result).where(table.school_id.in_(school_ids), table.grade == grade.value)
    rows = connection.execute(query.order_by(table.school_id, table.year))
    return tuple(
        OnetResult(r.school_id, r.year, Grade(r.grade), r.n, r.mean, r.sd, r.maximum, r.minimum, r.share_50)
        for r in rows
    )


def save_result(connection: Connection, result: OnetResult) -> None:
    """Adds the result, or puts it in the place of that school's, year's and grade's."""
    delete_result(connection, result.school_id, result.year, result.grade)
    values = {
        "school_id": result.school_id,
        "year": result.year,
        "grade": result.grade.value,
        "n": result.n,
        "mean": result.mean,
        "sd": result.sd,
        "maximum": result.maximum,
        "minimum": result.minimum,
        "share_50": result.share_50,
    }
    connection.execute(insert(onet_result).values(values))


def delete_result(connection: Connection, school_id: str, year: int, grade: Grade) -> bool:
    """Whether there was one."""
    table = onet_result.c
    that_one = and_(table.school_id == school_id, table.year == year, table.grade == grade.value)
    return connection.execute(delete(onet_result).where(that_one)).rowcount > 0


def list_targets(connection: Connection, school_ids: tuple[str, ...], grade: Grade) -> tuple[OnetTarget, ...]:
    """At most one of a school."""
    table = onet_target.c
    query = select(onet_target).where(table.school_id.in_(school_ids), table.grade == grade.value)
    rows = connection.execute(query.order_by(table.school_id))
    return tuple(OnetTarget(r.school_id, Grade(r.grade), r.value, r.relative) for r in rows)


def save_target(connection: Connection, target: OnetTarget) -> None:
    """Puts the target in the place of that school's and grade's."""
    delete_target(connection, target.school_id, target.grade)
    values = {
        "school_id": target.school_id,
        "grade": target.grade.value,
        "value": target.value,
        "relative": target.relative,
    }
    connection.execute(insert(onet_target).values(values))


def delete_target(connection: Connection, school_id: str, grade: Grade) -> bool:
    """Whether there was one."""
    that_one = and_(onet_target.c.school_id == school_id, onet_target.c.grade == grade.value)
    return connection.execute(delete(onet_target).where(that_one)).rowcount > 0
