"""The content in force: what was shipped, with the items that this site has activated."""

from __future__ import annotations

from dataclasses import replace

from phonics_app.content import Content
from phonics_app.content.bank_overlay import overlay
from phonics_app.records import Store, bank_changes


class ContentInForce:
    """Makes the content anew when the database has a change that was not seen yet; else remembers it.

    The database is asked each time, in a fraction of a millisecond: another process may have activated an item.
    """

    def __init__(self) -> None:
        self._kept: tuple[int, Content] | None = None

    def of(self, shipped: Content, store: Store) -> Content:
        with store.read() as connection:
            revision = bank_changes.revision(connection)
            if revision == 0:
                return shipped
            kept = self._kept
            if kept is None or kept[0] != revision:
                items = bank_changes.items_in_force(connection)
                kept = self._kept = (revision, replace(shipped, bank=overlay(shipped.bank, items)))
        return kept[1]
