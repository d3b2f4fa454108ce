"""What the database holds on pupils, found by its schema: a new table is noticed without being named here.

A table is about pupils where a column is called `pupil_id` (or ends so) or refers to `pupil`, and where it refers to a
table that is (an event to its attempt).
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    LargeBinary,
    MetaData,
    Table,
    Text,
    cast,
    func,
    or_,
    select,
)

from phonics_app.domain.pupil_data import HeldAct, HeldTable
from phonics_app.domain.text import Text as Name
from phonics_app.records import schema
from phonics_app.records.merged import kept_of, with_merged


@dataclass(frozen=True, slots=True)
class Holding:
    """A table about pupils: columns that hold their ids, and references to other such tables."""

    table: Table
    own: tuple[Column[str], ...]
    through: tuple[ForeignKey, ...]


@cache
def holdings(metadata: MetaData = schema.metadata) -> tuple[Holding, ...]:
    """Every table about pupils, those that are referred to before those that refer to them."""
    found: dict[str, Holding] = {}
    for table in metadata.sorted_tables:
        own = tuple(column for column in table.columns if _is_pupil(column))
        through = tuple(
            key
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if key.column.table.name in found and key.parent not in own
        )
        if own or through:
            found[table.name] = Holding(table, own, through)
    return tuple(found.values())


def _is_pupil(column: Column[str]) -> bool:
    referred = {(key.column.table.name, key.column.name) for key in column.foreign_keys}
    itself = (column.table.name, column.name) == ("pupil", "id")
    return itself or ("pupil", "id") in referred or column.name == "pupil_id" or column.name.endswith("_pupil_id")


def is_about(holding: Holding, pupil_ids: Sequence[str]) -> ColumnElement[bool]:
    """Whether a row of the table is about one of these pupils."""
    of_table = {other.table.name: other for other in holdings()}
    parts = [column.in_(pupil_ids) for column in holding.own]
    for key in holding.through:
        parent = of_table[key.column.table.name]
        parts.append(key.parent.in_(select(key.column).where(is_about(parent, pupil_ids))))
    return or_(*parts)


def count_held(connection: Connection, pupil_ids: Sequence[str]) -> dict[str, int]:
    """Rows about these pupils by table, without the tables that hold none; records merged into theirs are theirs."""
    ids = with_merged(connection, pupil_ids)
    counts = {
        h.table.name: connection.scalar(select(func.count()).select_from(h.table).where(is_about(h, ids))) or 0
        for h in holdings()
    }
    return {name: count for name, count in counts.items() if count}


_NOT_HANDED_OUT = frozenset({("class_seat", "device"), ("screen_pair", "viewer"), ("screen_pair", "code")})
"""What opens something, or its hash, which tells nobody anything."""


def load_held(connection: Connection, pupil_id: str) -> tuple[HeldTable, ...]:
    """All rows about the pupil, of every table that can hold some."""
    ids = with_merged(connection, [pupil_id])
    return tuple(_held(connection, holding, ids) for holding in holdings())


def _held(connection: Connection, holding: Holding, pupil_ids: Sequence[str]) -> HeldTable:
    columns = tuple(c for c in holding.table.columns if (holding.table.name, c.name) not in _NOT_HANDED_OUT)
    query = select(*columns).where(is_about(holding, pupil_ids)).order_by(*holding.table.primary_key.columns)
    packed = [isinstance(column.type, LargeBinary) for column in columns]
    names = tuple(column.name for column in columns)
    rows = []
    for row in connection.execute(query):
        values = [_unpacked(value) if is_packed else value for value, is_packed in zip(row, packed, strict=True)]
        blank = _of_somebody_else(holding, dict(zip(names, values, strict=True)), set(pupil_ids))
        rows.append(tuple(None if name in blank else value for name, value in zip(names, values, strict=True)))
    return HeldTable(holding.table.name, names, tuple(rows))


_GOES_WITH = {"merged_pupil_id": frozenset({"number", "school_id", "moved"})}
"""What else a row tells of the pupil whose id stands in a column."""


def _of_somebody_else(holding: Holding, row: Mapping[str, object], pupil_ids: set[str]) -> set[str]:
    """Columns of the row that tell of another pupil: once two records were taken apart again, they are two children."""
    others = {column.name for column in holding.own if row[column.name] not in pupil_ids}
    return others.union(*(_GOES_WITH.get(name, ()) for name in others))


def _unpacked(value: bytes | None) -> object:
    """Compressed JSON as what it holds; bytes of another kind in hexadecimal."""
    if value is None:
        return None
    try:
        return json.loads(zlib.decompress(value))
    except (zlib.error, ValueError):
        return value.hex()


def acts_about(connection: Connection, pupil_id: str) -> tuple[HeldAct, ...]:
    """Audit entries on the pupil, on one of his tests, or naming him, oldest first, without what tells of others."""
    table, ids = schema.audit.c, with_merged(connection, [pupil_id])
    tests = select(schema.attempt.c.id).where(schema.attempt.c.pupil_id.in_(ids))
    classes = select(schema.level_member.c.class_id).where(schema.level_member.c.pupil_id.in_(ids))
    ours = {*ids, *connection.scalars(tests)}
    known = {*ours, *connection.scalars(classes), *connection.scalars(select(schema.school.c.id))}
    named = or_(*(cast(table.data, Text).contains(id, autoescape=True) for id in ids))
    query = select(table.at, table.account_id, table.action, table.subject, table.data)
    query = query.where(or_(table.subject.in_(ids), table.subject.in_(tests), named)).order_by(table.key)
    return tuple(_own_part(HeldAct(*row), ours, known) for row in connection.execute(query))


_ID = re.compile("[0-9a-f]{32}")


def _own_part(act: HeldAct, ours: set[str], known: set[str]) -> HeldAct:
    """An act on several pupils as far as it is about this one; `ours` are ids of him and his tests.

    Any id that is not `known` is taken for somebody else's: those who were erased stand in no table any more.
    """

    def is_other(value: object) -> bool:
        return isinstance(value, str) and value not in known and _ID.fullmatch(value) is not None

    if is_other(act.subject) or any(map(is_other, act.data.values())):
        # What is told beside the id of one other pupil (his number) is about him.
        data = {name: value for name, value in act.data.items() if isinstance(value, str) and value in ours}
        return replace(act, subject="" if is_other(act.subject) else act.subject, data=data)
    lists = {name: value for name, value in act.data.items() if isinstance(value, list)}
    kept = {name: [each for each in value if not is_other(each)] for name, value in lists.items()}
    return replace(act, data={**act.data, **kept})


def names_of_accounts(connection: Connection) -> dict[str, str]:
    return dict(connection.execute(select(schema.account.c.id, schema.account.c.display_name)).all())


def names_of_schools(connection: Connection) -> dict[str, Name]:
    columns = (schema.school.c.id, schema.school.c.name_th, schema.school.c.name_en)
    return {id: Name(th, en) for id, th, en in connection.execute(select(*columns))}


@dataclass(frozen=True, slots=True)
class Person:
    """A pupil as his own row has him, whether enrolled anywhere or not."""

    id: str
    school_id: str
    number: str
    name: str
    simulated: bool


def find_person(connection: Connection, pupil_id: str) -> Person | None:
    return next(find_people(connection, [pupil_id]), None)


def find_people(connection: Connection, pupil_ids: Sequence[str]) -> Iterator[Person]:
    """In the order of their numbers; for a record that was merged, the pupil who has its history now."""
    p, kept = schema.pupil.c, kept_of(connection, pupil_ids)
    pupil_ids = [kept.get(id, id) for id in pupil_ids]
    columns = (p.id, p.school_id, p.number, p.prefix, p.first_name, p.last_name, p.simulated)
    query = select(*columns).where(p.id.in_(pupil_ids)).order_by(p.number, p.id)
    for id, school_id, number, prefix, first, last, simulated in connection.execute(query):
        yield Person(id, school_id, number, f"{prefix}{first} {last}".strip(), simulated)
