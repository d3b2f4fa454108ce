from __future__ import annotations

from phonics_app.pages.components.catalogue import PAGES
from phonics_app.workflows.addresses import PAGE_ADDRESSES


def test_the_addresses_known_to_the_web_room_are_those_of_the_pages():
    assert {entry.path for entry in PAGES} == PAGE_ADDRESSES
