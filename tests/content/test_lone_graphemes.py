"""Which sounds are right for a grapheme that stands alone."""

from __future__ import annotations

import pytest

from phonics_app.content.bank_check import check_bank
from phonics_app.content.item_check import load_rules
from phonics_app.content.phonemes import parse_ipa
from phonics_app.domain.strand import Task
from tests import sites
from tests.content.small_bank import SmallBank, make_item, write_table

RULES = load_rules(sites.ROOT / "item_bank")


@pytest.mark.parametrize(
    ("grapheme", "key", "others"),
    [
        ("c", "/k/", "/s/"),
        ("C", "/k/", "/s/"),
        ("g", "/ɡ/", "/dʒ/"),
        ("y", "/j/", "/aɪ/ /i/"),
        ("ch", "/tʃ/", "/k/ /ʃ/"),
        ("ea", "/i/", "/ɛ/ /eɪ/"),
        ("ea", "/ɛ/", "/i/ /eɪ/"),
        ("ow", "/oʊ/", "/aʊ/"),
        ("oo", "/u/", "/ʊ/"),
        ("a", "/æ/", "/eɪ/"),
        ("e", "/ɛ/", "/i/"),
        ("i", "/ɪ/", "/aɪ/"),
        ("s", "/s/", "/z/"),
        # What only a word can ask for: a letter before or after, a weak syllable, an r after the vowel, silence.
        ("t", "/t/", ""),
        ("d", "/d/", ""),
        ("n", "/n/", ""),
        ("ar", "/ɑr/", ""),
        ("er", "/ɜr/", ""),
        ("ai", "/eɪ/", ""),
        ("sion", "/ʃən/", "/ʒən/"),
        ("zzq", "/z/", ""),
    ],
)
def test_other_sounds_that_are_right(grapheme, key, others):
    assert sorted(RULES.reference.lone.answers(grapheme, key)) == sorted(others.split())


def test_every_shipped_item_accepts_them():
    asked = [item for item in sites.content().bank.active() if item.task is Task.SAY_SOUND]
    for item in asked:
        right = {parse_ipa(answer) for answer in (item.key, *item.accepted)}
        assert {parse_ipa(sound) for sound in RULES.reference.lone.answers(item.stimulus, item.key)} <= right, item.id
    assert len(asked) > 100


def test_a_sound_that_is_missing_is_named(tmp_path):
    assert _missing(tmp_path, accepted="") == [("accepted", "/s/", "/s/", False)]
    assert _missing(tmp_path, accepted="/x/") == [("accepted", "/s/", "/x/ | /s/", False)]
    assert _missing(tmp_path, accepted="/s/") == []
    assert _missing(tmp_path, accepted="", status="retired") == []


def test_a_context_that_only_a_word_has_keeps_its_sound_out(tmp_path):
    cells = dict.fromkeys(("correspondence", "before", "after", "stress", "use", "notes"), "")
    for use, found in (("always", []), ("word", ["/s/"]), ("reading", ["/s/"])):
        context = cells | {"correspondence": "c=S", "after": "e", "use": use}
        assert [value for _, value, _, _ in _missing(tmp_path, context, accepted="")] == found, use


def _missing(folder, context=None, **cells):
    bank = SmallBank()
    bank.graphemes.append(bank.graphemes[-1] | {"id": "c=S", "grapheme": "c", "phonemes": "S", "ipa": "s"})
    asked = {"strand": "grapheme_sounds", "task": "say_sound", "stimulus": "c", "key": "/k/"}
    bank.items.append(make_item("GS-1", 3, **asked, graphemes="c", phonemes="K", **cells))
    bank.write(folder)
    if context:
        write_table(folder / "contexts.csv", tuple(context), [context])
    found = [p for p in check_bank(folder) if p.code == "content.sounds_missing"]
    return [(p.place.column, p.value, p.expected, p.warning) for p in found]
