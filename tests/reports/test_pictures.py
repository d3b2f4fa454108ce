"""Pictures for print."""

from __future__ import annotations

from xml.etree import ElementTree

from phonics_app.domain.strand import Task
from phonics_app.reports.pictures import picture
from tests import sites


def test_every_picture_of_the_bank_can_be_printed():
    items = [item for item in sites.content().bank.items if item.task is Task.CHOOSE_PICTURE]
    pictures = {option.value for item in items for option in item.options}
    assert len(pictures) > 100
    for emoji in pictures:
        drawing = picture(emoji)
        assert drawing, emoji
        assert ElementTree.fromstring(drawing).tag.endswith("svg")


def test_a_sign_that_asks_for_its_coloured_look_is_the_same_picture():
    assert picture("☕\ufe0f") == picture("☕") is not None


def test_what_is_no_emoji_has_no_picture():
    assert [picture(text) for text in ("", "a", "../x", "กา")] == [None] * 4
