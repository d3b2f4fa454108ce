"""An item written as a row is read as the same item."""

from __future__ import annotations

from phonics_app.content.bank_items import COLUMNS, read_item
from phonics_app.content.item_cells import ASKED_COLUMNS, cells_of
from phonics_app.content.tables import Row
from tests import sites


def test_every_shipped_item():
    for item in sites.content().bank.items:
        problems = []
        cells = cells_of(item)
        assert tuple(cells) == COLUMNS
        assert read_item(Row("", 1, cells), problems) == item
        assert problems == []


def test_what_a_person_writes():
    assert set(COLUMNS) - set(ASKED_COLUMNS) == {"id", "status", "version", "since"}
