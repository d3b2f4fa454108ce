"""Changes of the item bank: stored in order, never lost, ids never used again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.item_change import ChangeKind, ItemChange
from phonics_app.records import bank_changes, open_store
from tests import sites
from tests.databases import url_of

ITEMS = sites.content().bank.items
SITE = "0" * 24 + "0a1b2c3d"


@pytest.fixture
def connection(tmp_path):
    store = open_store(url_of(tmp_path / "phonics.db"))
    with store.write() as connection:
        yield connection
    store.close()


def change(number, kind, item):
    return ItemChange(f"{number:032x}", kind, item, "เพราะ…", "teacher", sites.START)


def test_every_shipped_item_comes_back_as_it_was(connection):
    made = [change(n, ChangeKind.ACTIVATED, item) for n, item in enumerate(ITEMS)]
    bank_changes.insert_changes(connection, made)
    assert sorted(bank_changes.items_in_force(connection), key=lambda item: item.id) == list(ITEMS)
    assert bank_changes.changes_of(connection, ITEMS[5].id) == (made[5],)


def test_only_what_is_in_force_raises_the_revision(connection):
    first, second = ITEMS[:2]
    assert bank_changes.revision(connection) == 0
    bank_changes.insert_changes(connection, [change(1, ChangeKind.PROPOSED, first)])
    assert bank_changes.revision(connection) == 0
    assert bank_changes.items_in_force(connection) == ()
    bank_changes.insert_changes(connection, [change(2, ChangeKind.ACTIVATED, first)])
    known = bank_changes.revision(connection)
    talk = [change(3, ChangeKind.PROPOSED, second), change(4, ChangeKind.SENT_BACK, second)]
    bank_changes.insert_changes(connection, talk)
    assert bank_changes.revision(connection) == known
    bank_changes.insert_changes(connection, [change(5, ChangeKind.RETIRED, replace(first, version=9))])
    assert bank_changes.revision(connection) > known
    assert bank_changes.items_in_force(connection) == (replace(first, version=9),)
    assert list(bank_changes.all_changes(connection)) == [first.id, second.id]


def test_ids_are_counted_on_and_never_used_again(connection):
    first = bank_changes.new_item_ids(connection, 2, SITE)
    assert first == ["X-0a1b2c3d-0001", "X-0a1b2c3d-0002"]
    withdrawn = [change(n, ChangeKind.PROPOSED, replace(ITEMS[0], id=item_id)) for n, item_id in enumerate(first)]
    withdrawn.append(change(7, ChangeKind.WITHDRAWN, withdrawn[-1].item))
    bank_changes.insert_changes(connection, withdrawn)
    elsewhere = replace(ITEMS[0], id="X-ffffffff-0077")
    bank_changes.insert_changes(connection, [change(8, ChangeKind.PROPOSED, elsewhere)])
    assert bank_changes.new_item_ids(connection, 1, "another") == ["X-0a1b2c3d-0003"]
