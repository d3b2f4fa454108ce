"""What this site has changed in the item bank. Rows are only ever added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from phonics_app.domain.bank import Item
from phonics_app.domain.codec import decode, encode
from phonics_app.domain.item_change import IN_FORCE, ChangeKind, ItemChange, site_item_id
from phonics_app.records.schema import item_change as table
from phonics_app.records.settings import get_setting, set_setting

_SITE = "bank_site"
"""Setting that holds the eight hex digits of this site's item ids."""
_KINDS = sorted(kind.value for kind in IN_FORCE)


def revision(connection: Connection) -> int:
    """A number that grows with each change of the bank in force; 0 before the first."""
    return connection.scalar(select(func.max(table.c.key)).where(table.c.kind.in_(_KINDS))) or 0


def insert_changes(connection: Connection, changes: Iterable[ItemChange]) -> None:
    rows = [_values(change) for change in changes]
    if rows:
        connection.execute(insert(table), rows)


def _values(change: ItemChange) -> dict[str, object]:
    return {
        "id": change.id,
        "item_id": change.item_id,
        "kind": change.kind.value,
        "content": encode(change.item),
        "reason": change.reason,
        "changed_by": change.by,
        "changed_at": change.at,
    }


def changes_of(connection: Connection, item_id: str) -> tuple[ItemChange, ...]:
    """Oldest first."""
    query = select(table).where(table.c.item_id == item_id).order_by(table.c.key)
    return tuple(map(_change, connection.execute(query)))


def all_changes(connection: Connection) -> dict[str, tuple[ItemChange, ...]]:
    """Item → its changes, oldest first."""
    found: dict[str, list[ItemChange]] = defaultdict(list)
    for row in connection.execute(select(table).order_by(table.c.key)):
        found[row.item_id].append(_change(row))
    return {item_id: tuple(changes) for item_id, changes in found.items()}


def items_in_force(connection: Connection) -> tuple[Item, ...]:
    """Items that this site has put in force, retired ones too, as they are now."""
    last = select(func.max(table.c.key)).where(table.c.kind.in_(_KINDS)).group_by(table.c.item_id)
    return tuple(_change(row).item for row in connection.execute(select(table).where(table.c.key.in_(last))))


def new_item_ids(connection: Connection, count: int, random_id: str) -> list[str]:
    """The next ids of this site, never used before. `random_id` names the site when its first item is made."""
    site = get_setting(connection, _SITE)
    if not isinstance(site, str):
        site = random_id[-8:]
        set_setting(connection, _SITE, site)
    prefix = site_item_id(site, 0)[:-4]
    used = connection.scalars(select(table.c.item_id).where(table.c.item_id.startswith(prefix)).distinct())
    last = max((int(item_id.removeprefix(prefix)) for item_id in used), default=0)
    return [site_item_id(site, last + n) for n in range(1, count + 1)]


def _change(row: Row[Any]) -> ItemChange:
    item = decode(Item, row.content)
    return ItemChange(row.id, ChangeKind(row.kind), item, row.reason, row.changed_by, row.changed_at)
