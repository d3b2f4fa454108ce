"""How far each block of each test was asked: what the exposure of items is counted from."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, select

from phonics_app.domain.event import EventKind
from phonics_app.records import schema

_LAST_WORDS = (EventKind.BLOCK_FINISHED.value, EventKind.ATTEMPT_STOPPED.value)


def blocks_asked(connection: Connection) -> Counter[tuple[str, str, str]]:
    """Plan, block and last item tried → in how many tests, discarded ones too. A block marked anew counts once."""
    event, attempt = schema.event.c, schema.attempt.c
    query = (
        select(event.attempt_key, attempt.plan_hash, event.data)
        .join(schema.attempt, attempt.key == event.attempt_key)
        .where(event.kind.in_(_LAST_WORDS))
        .order_by(event.attempt_key, event.seq)
    )
    last: dict[tuple[int, str], tuple[str, str, str]] = {}
    for key, plan, data in connection.execute(query):
        if block := data.get("block"):
            last[key, block] = (plan, block, data.get("last_item") or "")
    return Counter(how_far for how_far in last.values() if how_far[2])


def items_asked(connection: Connection) -> Counter[str]:
    """Item → in how many tests that a pupil takes by himself it was on screen, practice too."""
    event = schema.event.c
    query = select(event.attempt_key, event.data).where(event.kind == EventKind.ITEM_SHOWN.value)
    shown = {(key, data.get("item", "")) for key, data in connection.execute(query)}
    return Counter(item for _, item in shown)
