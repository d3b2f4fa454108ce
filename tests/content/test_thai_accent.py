"""Made-up words that become words in a Thai accent: told as a warning, by check-bank and by the editor."""

from __future__ import annotations

import pytest

from phonics_app.content.bank_check import check_bank
from phonics_app.content.item_cells import cells_of
from phonics_app.content.item_check import check_rows, load_rules
from phonics_app.content.tables import Row
from phonics_app.content.thai_accent import accents
from phonics_app.domain.strand import Task
from tests import sites
from tests.content.small_bank import SmallBank

BANK = sites.content().bank
RULES = load_rules(sites.ROOT / "item_bank")
CODES = tuple(pattern.code for _, pattern in RULES.source.transfer)


@pytest.mark.parametrize(
    ("sounds", "code", "heard"),
    [
        ("T IH B", "final_stop", {"T IH P"}),
        ("S AA G", "g_as_k", {"S AA K"}),
        ("Z EH T", "z_as_s", {"S EH T"}),
        ("V EH V", "v_as_w", {"W EH F", "W EH P"}),
        ("TH AA K", "th_voiceless", {"T AA K", "S AA K"}),
        ("DH AE P", "th_voiced", {"D AE P", "Z AE P"}),
        ("SH IH P", "sh_ch", {"CH IH P"}),
        ("CH IH P", "sh_ch", {"SH IH P"}),
        ("JH IH P", "j_as_ch", {"CH IH P"}),
        ("R AE D", "r_as_l", {"L AE D"}),
        ("P R AE D", "r_as_l", {"P L AE D", "P AE D"}),
        ("M AE N", "final_stop", set()),
        ("SH IY P", "lax_vowel", set()),
    ],
)
def test_what_a_habit_makes_of_a_word(sounds, code, heard):
    assert {" ".join(said) for said in accents(tuple(sounds.split()), [code])} == heard


def test_habits_come_together_too():
    assert ("S", "AE", "K") in set(accents(("Z", "AE", "G"), ["z_as_s", "final_stop"]))
    assert ("S", "AE", "K") not in set(accents(("Z", "AE", "G"), ["z_as_s"]))


def test_silence_has_no_accent():
    assert list(accents((), CODES)) == []


def warned(word, graphemes, phonemes, key):
    first = next(item for item in BANK.active(4) if item.task is Task.READ_PSEUDO_WORD)
    cells = cells_of(first) | {"id": "X", "stimulus": word, "graphemes": graphemes, "phonemes": phonemes, "key": key}
    found = check_rows(RULES, BANK.items, [Row("form", 1, cells)]).problems
    return [(p.value, p.expected, p.warning) for p in found if p.code == "content.accent_word"]


def test_the_editor_warns_of_words_of_the_bank_and_blocked_ones():
    assert warned("thock", "th o ck", "TH AA K", "/θɑk/") == [("/tɑk/", "talk", True), ("/sɑk/", "sock", True)]
    assert warned("zog", "z o g", "Z AA G", "/zɑɡ/") == [("/sɑk/", "sock", True)]
    blocked = {word for _, word, _ in warned("jib", "j i b", "JH IH B", "/dʒɪb/")}
    assert blocked <= RULES.reference.blocked | {"chip", "ship"}
    assert "chip" in blocked
    assert warned("fosh", "f o sh", "F AA SH", "/fɑʃ/") == []


def test_check_bank_warns_by_the_codes_of_the_bank(tmp_path):
    def heard(bank):
        found = [p for p in check_bank(bank.write(tmp_path)) if p.code == "content.accent_word"]
        return [(p.place.row, p.value, p.expected, p.warning) for p in found]

    bank = SmallBank()
    bank.change("WR-20", stimulus="pit", key="pit", graphemes="p i t", phonemes="P IH T")
    assert heard(bank) == [(bank.row("PW-20"), "/pɪt/", "pit", True)]
    bank.change("PW-20", status="retired")
    assert heard(bank) == []
    bank.change("PW-20", status="active")
    bank.transfer[0]["code"] = "z_as_s"
    assert heard(bank) == []
    bank.blocked.append({"word": "pit", "phonemes": "P IH T", "language": "en", "reason": "rude"})
    bank.transfer[0]["code"] = "final_stop"
    bank.change("WR-20", status="retired")
    assert heard(bank) == [(bank.row("PW-20"), "/pɪt/", "pit", True)]


def test_no_shipped_word_is_heard_as_another():
    assert [p for p in check_bank(sites.ROOT / "item_bank") if p.code == "content.accent_word"] == []
