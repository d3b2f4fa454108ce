"""From the changes of an item to what is in force and what waits for a review."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.item_change import (
    ChangeKind,
    ItemChange,
    is_site_item_id,
    open_proposal,
    put_in_force,
    site_item_id,
)
from tests import sites

K = ChangeKind
ITEM = replace(sites.content().bank.items[0], id="X-0a1b2c3d-0001", status=ItemStatus.DRAFT)


def changes(*steps):
    """Changes from pairs of kind and person."""
    return tuple(
        ItemChange(str(n), kind, replace(ITEM, version=n), "", by, sites.START) for n, (kind, by) in enumerate(steps)
    )


def test_nothing_is_open_before_and_after():
    assert open_proposal(()) is None
    for end in (K.ACTIVATED, K.WITHDRAWN, K.RETIRED, K.RESTORED):
        assert open_proposal(changes((K.PROPOSED, "a"), (end, "b"))) is None


def test_everybody_who_wrote_is_an_author():
    steps = changes((K.PROPOSED, "z"), (K.ACTIVATED, "y"), (K.PROPOSED, "a"), (K.SENT_BACK, "b"), (K.PROPOSED, "c"))
    proposal = open_proposal(steps)
    assert proposal.authors == {"a", "c"}
    assert proposal.last == steps[-1]
    assert not proposal.sent_back
    assert open_proposal(steps[:-1]).sent_back


def test_talk_does_not_change_what_is_in_force():
    assert put_in_force(changes((K.PROPOSED, "a"))) is None
    steps = changes((K.PROPOSED, "a"), (K.ACTIVATED, "b"), (K.PROPOSED, "a"), (K.WITHDRAWN, "a"))
    assert put_in_force(steps) == steps[1].item


@pytest.mark.parametrize("item_id", ["PA-0001", "X-0001", "X-0A1B2C3D-0001", "X-0a1b2c3d-01", "X-0a1b2c3d-0001 "])
def test_ids_of_sites(item_id):
    assert is_site_item_id(site_item_id("0a1b2c3d", 7))
    assert is_site_item_id(site_item_id("0a1b2c3d", 12345))
    assert not is_site_item_id(item_id)


def test_no_shipped_item_looks_like_one_of_a_site():
    assert not [item.id for item in sites.content().bank.items if item.id.startswith("X")]
