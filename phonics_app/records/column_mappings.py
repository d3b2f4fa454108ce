"""The choice of columns that a school made for a set of headers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from phonics_app.domain.roster import RosterField
from phonics_app.records.schema import column_mapping


def _hash(headers: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(list(headers), ensure_ascii=False).encode()).hexdigest()


def remembered_mapping(connection: Connection, school_id: str, headers: Sequence[str]) -> dict[str, RosterField] | None:
    """The mapping last used at the school for exactly these headers."""
    here = (column_mapping.c.school_id == school_id) & (column_mapping.c.headers_hash == _hash(headers))
    stored = connection.scalar(select(column_mapping.c.mapping).where(here))
    return None if stored is None else {header: RosterField(value) for header, value in stored.items()}


def remember_mapping(
    connection: Connection, school_id: str, headers: Sequence[str], mapping: Mapping[str, RosterField]
) -> None:
    here = (column_mapping.c.school_id == school_id) & (column_mapping.c.headers_hash == _hash(headers))
    connection.execute(delete(column_mapping).where(here))
    values = {header: field.value for header, field in mapping.items()}
    row = {"school_id": school_id, "headers_hash": _hash(headers), "mapping": values}
    connection.execute(insert(column_mapping).values(row))
