"""What Thai learners may do with the sounds of a word, against what the shipped items say."""

from __future__ import annotations

import pytest

from phonics_app.content.bank_source import read_source
from phonics_app.content.transfer_tags import transfer_tags
from phonics_app.domain.spelling import pronunciation
from phonics_app.domain.strand import Task
from tests import sites

SOURCE = read_source(sites.ROOT / "item_bank")
PATTERNS = [pattern for _, pattern in SOURCE.transfer]
WORDS = frozenset({Task.READ_WORD, Task.READ_PSEUDO_WORD, Task.SPELL_WORD, Task.BLENDING, Task.SEGMENTATION})


def tags(sounds):
    return transfer_tags(PATTERNS, sounds.split())


def test_tags_of_the_shipped_words():
    words = [item for _, item in SOURCE.items if item.task in WORDS]
    same = sum(set(item.transfer) == set(transfer_tags(PATTERNS, pronunciation(item))) for item in words)
    assert same >= 0.97 * len(words)


@pytest.mark.parametrize(
    ("sounds", "expected"),
    [
        ("S T AA P", {"final_stop", "onset_cluster"}),
        ("HH AE N D", {"final_stop", "coda_cluster"}),
        ("B AO L", {"l_final"}),
        ("L EH G", {"g_as_k", "final_stop"}),
        ("B ER D", {"r_as_l", "final_stop"}),
        ("SH IH P", {"sh_ch", "final_stop"}),
        ("K EY K", {"final_stop", "flat_diphthong"}),
        ("P IH N", set()),
        ("", set()),
    ],
)
def test_tags(sounds, expected):
    assert set(tags(sounds)) == expected
