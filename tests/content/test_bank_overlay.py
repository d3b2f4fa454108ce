"""The bank in force: shipped items with those of a site over them."""

from __future__ import annotations

from dataclasses import replace

from phonics_app.content.bank_overlay import overlay
from phonics_app.domain.bank import ItemStatus
from tests import sites

BANK = sites.content().bank


def test_without_changes_it_is_the_shipped_bank():
    assert overlay(BANK, []) is BANK


def test_the_version_is_that_of_the_content():
    again = overlay(BANK, BANK.items[:3])
    assert again == BANK
    changed = overlay(BANK, [replace(BANK.items[0], status=ItemStatus.RETIRED)])
    assert changed.version != BANK.version
    assert len(changed.items) == len(BANK.items)
    assert overlay(BANK, [replace(BANK.items[0], status=ItemStatus.RETIRED)]).version == changed.version


def test_new_items_stand_in_the_order_of_ids():
    new = [replace(BANK.items[0], id=f"X-0a1b2c3d-000{n}") for n in (2, 1)]
    ids = [item.id for item in overlay(BANK, new).items]
    assert ids == sorted(ids)
    assert len(ids) == len(BANK.items) + 2


def test_a_level_that_the_ladder_has_not_is_left_out():
    assert overlay(BANK, [replace(BANK.items[0], id="X-0a1b2c3d-0001", level=77)]) is BANK
