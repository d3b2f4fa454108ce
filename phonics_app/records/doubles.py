"""Records that are perhaps of one pupil. Birth dates are not held, so name and number are what there is to go by."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, FromClause, and_, exists, select

from phonics_app.domain.merge import Double, Likeness
from phonics_app.domain.school import Pupil
from phonics_app.records.pupils import newest_enrolments
from phonics_app.records.schema import enrolment, pupil

MOST = 200
"""Pairs shown at once."""
_READ = 2000


def likely_doubles(connection: Connection, school_id: str | None) -> tuple[Double, ...]:
    """Pairs with the same name, or at one school the same number but for zeros; at most `MOST`, the likeliest first.

    `school_id`: both records are of that school; None: of any two.
    """
    a, b = pupil.alias("a"), pupil.alias("b")
    pairs: dict[tuple[str, str], Likeness] = {}
    same_number = and_(a.c.school_id == b.c.school_id, a.c.number_key == b.c.number_key)
    same_name = and_(a.c.name_key == b.c.name_key, a.c.first_name == b.c.first_name, a.c.last_name == b.c.last_name)
    for likeness, same in ((Likeness.NUMBER, same_number), (Likeness.NAME, same_name)):
        query = select(a.c.id, b.c.id).join(b, and_(same, a.c.id < b.c.id)).where(_enrolled(a), _enrolled(b))
        if school_id is not None:
            query = query.where(a.c.school_id == school_id, b.c.school_id == school_id)
        found = connection.execute(query.order_by(a.c.id, b.c.id).limit(_READ))
        pairs |= dict.fromkeys(found, likeness)
    return _in_order(connection, pairs.items())[:MOST]


def _enrolled(record: FromClause) -> ColumnElement[bool]:
    """A record that was merged is in no class."""
    return exists().where(enrolment.c.pupil_id == record.c.id)


def _in_order(connection: Connection, pairs: Iterable[tuple[tuple[str, str], Likeness]]) -> tuple[Double, ...]:
    pairs = list(pairs)
    known = newest_enrolments(connection, {id for pair, _ in pairs for id in pair})
    found = []
    for (one, other), likeness in pairs:
        kept, merged = sorted((known[one], known[other]), key=place_age, reverse=True)
        # At one school it is the later entry that was made by mistake.
        if place_age(kept)[:2] == place_age(merged)[:2] and kept[0].school_id == merged[0].school_id:
            kept, merged = merged, kept
        found.append(Double(kept[0], merged[0], likeness))
    return tuple(sorted(found, key=_unlikely))


def place_age(entry: tuple[Pupil, str]) -> tuple[bool, int, str]:
    """The greater, the newer is the class of the record; `entry`: the pupil and since when he is in it."""
    found, since = entry
    return not found.archived, found.year, since


def _unlikely(double: Double) -> tuple[object, ...]:
    kept, merged = double.kept, double.merged
    far = abs((kept.grade.order - kept.year) - (merged.grade.order - merged.year))
    return kept.school_id != merged.school_id, far, kept.sex is not merged.sex, kept.first_name, kept.id
