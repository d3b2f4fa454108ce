"""Putting two records of one pupil together, and taking them apart: rows change whose they are, never what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, bindparam, delete, insert, select, update

from phonics_app.domain.calendar import Round
from phonics_app.records.past import Change
from phonics_app.records.pupil_data import holdings
from phonics_app.records.pupils import number_is_taken
from phonics_app.records.schema import (
    attempt,
    enrolment,
    level_class,
    level_member,
    past_enrolment,
    past_name,
    placement,
    pupil,
    pupil_merge,
    result,
)
from phonics_app.records.writing import natural_sort_key

_PERSON = ("number", "prefix", "first_name", "last_name", "sex")
_CLASS = tuple(column.name for column in enrolment.columns if column.name not in ("pupil_id", "year"))
_LINKS = frozenset({"pupil", "pupil_merge"})
"""What says who is who stays as it is."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Ids of the two records."""

    kept: str
    merged: str


def merge(connection: Connection, id: str, pair: Pair, change: Change) -> None:
    """The kept record takes all that is held on the other, which stays as an empty shell."""
    people = {row.id: row for row in connection.execute(select(pupil).where(pupil.c.id.in_((pair.kept, pair.merged))))}
    kept, merged = people[pair.kept], people[pair.merged]
    moved: dict[str, Any] = {"archived": [kept.archived, kept.archived and merged.archived]}
    moved["enrolments"], moved["past"] = _join_enrolments(connection, pair, change)
    moved["ended"] = _end_memberships(connection, pair, kept.school_id, change)
    moved["rows"] = {table.name: keys for table, keys in _hand_over(connection, pair)}
    moved["name"] = _keep_name(connection, pair.kept, kept, merged, change)
    # An id is nobody else's number: the old one is free for a pupil who is really new.
    _set_number(connection, pair.merged, pair.merged)
    connection.execute(update(pupil).where(pupil.c.id == pair.kept).values(archived=moved["archived"][1]))
    values = {"id": id, "kept_pupil_id": pair.kept, "merged_pupil_id": pair.merged, "school_id": merged.school_id}
    values |= {"number": merged.number, "merged_at": change.at, "merged_by": change.account_id, "moved": moved}
    connection.execute(insert(pupil_merge).values(values))


def _set_number(connection: Connection, pupil_id: str, number: str) -> None:
    values = {"number": number, "number_key": natural_sort_key(number)}
    connection.execute(update(pupil).where(pupil.c.id == pupil_id).values(values))


def _keep_name(connection: Connection, kept_id: str, kept: Any, merged: Any, change: Change) -> int | None:
    """Name and number of the merged record are names that the pupil had; the row's key, None where they are equal."""
    told = {name: getattr(merged, name) for name in _PERSON}
    if all(getattr(kept, name) == value for name, value in told.items()):
        return None
    by = {"pupil_id": kept_id, "recorded_at": change.at, "recorded_by": change.account_id}
    return _added(connection, past_name, told | by)


def _added(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """The key of the row."""
    return int(connection.execute(insert(table).values(values).returning(table.c.key)).scalar_one())


def _join_enrolments(connection: Connection, pair: Pair, change: Change) -> tuple[list[dict[str, Any]], list[int]]:
    """In years in which both are enrolled the class counts in which he was last; the other is a stay that is over.

    Returns both rows of each such year as they were, and the keys of the stays.
    """
    query = select(enrolment).where(enrolment.c.pupil_id.in_((pair.kept, pair.merged)))
    by_year: dict[int, dict[str, Any]] = {}
    for row in connection.execute(query):
        by_year.setdefault(row.year, {})[row.pupil_id] = row
    before, past = [], []
    for year, rows in sorted(by_year.items()):
        if len(rows) == 2:
            kept, merged = rows[pair.kept], rows[pair.merged]
            before += [dict(kept._mapping), dict(merged._mapping)]
            newer, older = (merged, kept) if _lasts(merged._mapping) > _lasts(kept._mapping) else (kept, merged)
            past.append(_make_past(connection, pair.kept, newer, older, change))
            connection.execute(delete(enrolment).where(_is(pair.merged, year)))
            connection.execute(
                update(enrolment).where(_is(pair.kept, year)).values(_joined(newer._mapping, older._mapping))
            )
    return before, past


def _lasts(row: Mapping[Any, Any]) -> tuple[bool, str, str]:
    """The greater, the later he was in that class: one that goes on comes after any that has ended."""
    return not row["until"], row["until"], row["since"]


def _joined(newer: Mapping[Any, Any], older: Mapping[Any, Any]) -> dict[str, Any]:
    """The later class, since the earlier day where both are in the same one."""
    values = _class_of(newer)
    if _place(newer) == _place(older):
        number = newer["class_number"] or older["class_number"]
        values |= {"since": min(newer["since"], older["since"]), "class_number": number}
    return values


def _place(row: Mapping[Any, Any]) -> tuple[str, str, str]:
    return row["school_id"], row["grade"], row["room"]


def _is(pupil_id: str, year: int) -> Any:
    return (enrolment.c.pupil_id == pupil_id) & (enrolment.c.year == year)


def _class_of(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: row[name] for name in _CLASS}


def _make_past(connection: Connection, kept_id: str, newer: Any, older: Any, change: Change) -> int:
    """Up to the day of the newer one; where both began together, the second entry never was a stay of its own."""
    since, until = older.since, min(older.until or newer.since, newer.since)
    if newer.since <= older.since or _place(newer._mapping) == _place(older._mapping):
        since = until = newer.since or Round(older.year, 1).starts.isoformat()
    values = {name: getattr(older, name) for name in ("year", "school_id", "grade", "room", "class_number")}
    values |= {"pupil_id": kept_id, "since": since, "until": until, "reason": "merged"}
    values |= {"recorded_at": change.at, "recorded_by": change.account_id}
    return _added(connection, past_enrolment, values)


def _end_memberships(connection: Connection, pair: Pair, school_id: str, change: Change) -> list[int]:
    """Nobody is taught in two level classes, nor at a school where he no longer is; keys of rows that end.

    Where both records are in a class, the merged one's ends; `school_id`: where the kept one is.
    """
    m = level_member.c
    goes_on = select(m.key).where(m.until == "")
    ends = goes_on.where(m.pupil_id == pair.merged)
    if connection.scalar(goes_on.where(m.pupil_id == pair.kept).limit(1)) is None:
        ends = ends.join(level_class, level_class.c.id == m.class_id).where(level_class.c.school_id != school_id)
    keys = list(connection.scalars(ends))
    connection.execute(update(level_member).where(m.key.in_(keys)).values(until=change.day))
    return keys


def _owned() -> list[tuple[Table, Column[str], list[Column[Any]]]]:
    """Tables whose rows belong to a pupil, the column that says to whom, and what else tells a row from others."""
    return [
        (h.table, column, [c for c in h.table.primary_key.columns if c is not column])
        for h in holdings()
        if h.table.name not in _LINKS
        for column in h.own
    ]


def _hand_over(connection: Connection, pair: Pair) -> list[tuple[Table, list[list[Any]]]]:
    """Makes rows of the merged record the kept one's; which they were. Where he has such a row, each keeps his."""
    done = []
    for table, whose, rest in _owned():
        keys = [list(row) for row in connection.execute(select(*rest).where(whose == pair.merged))]
        if whose.primary_key:
            present = {tuple(row) for row in connection.execute(select(*rest).where(whose == pair.kept))}
            keys = [key for key in keys if tuple(key) not in present]
        _give(connection, table, whose, rest, keys, pair.merged, pair.kept)
        if keys:
            done.append((table, keys))
    return done


def _give(
    connection: Connection,
    table: Table,
    whose: Column[str],
    rest: list[Column[Any]],
    keys: list[list[Any]],
    giver: str,
    taker: str,
) -> None:
    if keys:
        here = and_(whose == giver, *(column == bindparam(f"of_{column.name}") for column in rest))
        rows = [{f"of_{column.name}": value for column, value in zip(rest, key, strict=True)} for key in keys]
        connection.execute(update(table).where(here).values({whose.name: taker}), rows)


def split(connection: Connection, merge_id: str, change: Change) -> None:
    """Gives back what the merge took, as it is now; what was added since then stays with the kept record."""
    row = connection.execute(select(pupil_merge).where(pupil_merge.c.id == merge_id)).one()
    pair, moved = Pair(row.kept_pupil_id, row.merged_pupil_id), row.moved
    if not number_is_taken(connection, row.school_id, row.number):
        _set_number(connection, pair.merged, row.number)
    for table, whose, rest in _owned():
        _give(connection, table, whose, rest, moved["rows"].get(table.name, []), pair.kept, pair.merged)
    _follow_tests(connection, pair)
    _part_enrolments(connection, pair, moved["enrolments"])
    connection.execute(delete(past_enrolment).where(past_enrolment.c.key.in_(moved["past"])))
    if moved["name"] is not None:
        connection.execute(delete(past_name).where(past_name.c.key == moved["name"]))
    # A class that is over by now ended for him with it.
    over = select(level_class.c.until).where(level_class.c.id == level_member.c.class_id).scalar_subquery()
    connection.execute(update(level_member).where(level_member.c.key.in_(moved["ended"])).values(until=over))
    before, after = moved["archived"]
    here = (pupil.c.id == pair.kept) & (pupil.c.archived.is_(after))
    connection.execute(update(pupil).where(here).values(archived=before))
    values = {"undone_at": change.at, "undone_by": change.account_id, "moved": {}}
    connection.execute(update(pupil_merge).where(pupil_merge.c.id == merge_id).values(values))


def _follow_tests(connection: Connection, pair: Pair) -> None:
    """What was decided or reckoned meanwhile on a test of the merged record goes with that test."""
    theirs = select(attempt.c.key).where(attempt.c.pupil_id == pair.merged)
    for table in (result, placement):
        here = (table.c.pupil_id == pair.kept) & table.c.attempt_key.in_(theirs)
        connection.execute(update(table).where(here).values(pupil_id=pair.merged))


def _part_enrolments(connection: Connection, pair: Pair, before: list[dict[str, Any]]) -> None:
    """Both rows of each year as they were; a class that was changed since then stays the kept record's."""
    for kept, merged in zip(before[::2], before[1::2], strict=True):
        newer, older = (merged, kept) if _lasts(merged) > _lasts(kept) else (kept, merged)
        now = connection.execute(select(enrolment).where(_is(pair.kept, kept["year"]))).one_or_none()
        if now is not None and _class_of(now._mapping) == _joined(newer, older):
            connection.execute(update(enrolment).where(_is(pair.kept, kept["year"])).values(_class_of(kept)))
        connection.execute(insert(enrolment).values(merged))


def split_from_others(connection: Connection, pupil_ids: Sequence[str], change: Change) -> None:
    """Takes these records apart from all others with which an older copy of the database has them together."""
    m, these = pupil_merge.c, set(pupil_ids)
    query = select(m.id, m.kept_pupil_id, m.merged_pupil_id).where(m.undone_at.is_(None)).order_by(m.merged_at.desc())
    stands = connection.execute(query).all()
    into = {merged: (id, kept) for id, kept, merged in stands}
    apart = set()
    for id, kept, merged in stands:
        if (kept in these) != (merged in these):
            apart.add(id)
            # What the merged record had is with the last one in the chain, and comes back link by link.
            while kept in into:
                further, kept = into[kept]
                apart.add(further)
    for id, *_ in stands:
        if id in apart:
            split(connection, id, change)
