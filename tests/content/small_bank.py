"""A small item bank without faults, written to a folder so that a test can break it in one place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from phonics_app.content import bank_graphemes, bank_items

LEVELS = """
[minimum]
active_items = 4
strands = 1

[[levels]]
number = 1
name = { th = "ฟัง", en = "Listen" }
focus = { th = "ฟังเสียง", en = "Hears sounds." }
entry_grades = ["K1"]
skills = ["rhyme"]

[[levels]]
number = 2
name = { th = "อ่าน", en = "Read" }
focus = { th = "อ่านคำ", en = "Reads words." }
entry_grades = ["K2", "K3"]
skills = ["cvc_word"]

[[levels]]
number = 3
name = { th = "อ่านต่อ", en = "Read on" }
focus = { th = "อ่านคำ", en = "Reads more words." }
entry_grades = ["P1"]
skills = ["split_digraph"]
"""

_GRADES = "\n".join(f"{stage}{n} = 1" for stage, last in (("K", 3), ("P", 6), ("M", 6)) for n in range(1, last + 1))
_BLOCK = """
[[blueprints.blocks]]
strand = "{strand}"
size = 2
line_length = 2
auto_stop = "EGRA-STOP-N"
auto_stop_count = 2
instruction = {{ th = "ทำ", en = "Do" }}
say = {{ th = "พูด", en = "Say" }}
hint = {{ th = "เตือน", en = "Mind" }}
"""
BLUEPRINTS = f"""
[[blueprints]]
id = "placement"
version = 1
variants = 2
name = {{ th = "วัดระดับ", en = "Placement" }}

[blueprints.stopping]
sure_probability = 0.8
between_probability = 0.92
between_items = 40
minimum_blocks = 2
minimum_strands = 1
maximum_items = 20
maximum_seconds = 600

[blueprints.expected_level]
{_GRADES}
{_BLOCK.format(strand="phonemic_awareness")}
{_BLOCK.format(strand="word_reading")}
{_BLOCK.format(strand="pseudo_word_reading")}
"""

_SOUNDS = {
    2: "s=S a=AE t=T p=P i=IH n=N m=M d=D",
    3: "k=K f=F a_e=EY i_e=AY sh=SH u=AH l=L r=R o=AA g=G c=K",
}
_WORDS = {2: ("s a t", "p i n", "m a n", "d i p"), 3: ("m a_e k", "l a_e k", "t i_e m", "g a_e m")}
_PSEUDO_WORDS = {2: ("p i d", "n i n", "n i m", "m i p"), 3: ()}
_RHYMES = (("cat", "hat"), ("pen", "ten"), ("fan", "man"), ("top", "shop"))


class SmallBank:
    """The files as data: change them, then `write`."""

    def __init__(self) -> None:
        self.levels = LEVELS
        self.blueprints = BLUEPRINTS
        self.graphemes = [_correspondence(level, pair) for level, pairs in _SOUNDS.items() for pair in pairs.split()]
        self.transfer = [dict.fromkeys(bank_graphemes.TRANSFER_COLUMNS, "x") | _TRANSFER]
        self.items = _items()
        self.pronunciations: list[dict[str, str]] = []
        self.blocked = [{"word": "yed", "phonemes": "Y EH D", "language": "th", "reason": "rude"}]

    def row(self, item_id: str) -> int:
        """The spreadsheet row of an item."""
        return 2 + next(i for i, item in enumerate(self.items) if item["id"] == item_id)

    def change(self, item_id: str, **cells: str) -> None:
        next(item for item in self.items if item["id"] == item_id).update(cells)

    def write(self, folder: Path) -> Path:
        (folder / "items").mkdir(parents=True, exist_ok=True)
        (folder / "levels.toml").write_text(self.levels, encoding="utf-8")
        (folder / "blueprints.toml").write_text(self.blueprints, encoding="utf-8")
        write_table(folder / "graphemes.csv", bank_graphemes.COLUMNS, self.graphemes)
        write_table(folder / "transfer.csv", bank_graphemes.TRANSFER_COLUMNS, self.transfer)
        write_table(folder / "pronunciations.csv", ("word", "phonemes", "reason"), self.pronunciations)
        write_table(folder / "blocked_words.csv", ("word", "phonemes", "language", "reason"), self.blocked)
        write_table(folder / "items" / "items.csv", bank_items.COLUMNS, self.items)
        return folder


def write_table(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


_TRANSFER = {"code": "final_stop", "target": "T D", "grade_of_evidence": "study"}


def _correspondence(level: int, pair: str) -> dict[str, str]:
    grapheme, phoneme = pair.split("=")
    return {
        "id": pair,
        "grapheme": grapheme,
        "phonemes": phoneme,
        "ipa": "ə",
        "position": "any",
        "level": str(level),
        "example": "x",
        "notes": "",
        "transfer": "",
    }


_SOUND_OF = {pair.split("=")[0]: pair.split("=")[1] for pairs in _SOUNDS.values() for pair in pairs.split()}
_IPA_OF = {"P": "p", "IH": "ɪ", "D": "d", "N": "n", "M": "m"}


def _items() -> list[dict[str, str]]:
    rhymes = [_rhyme(f"PA-{n}", target, key) for n, (target, key) in enumerate(_RHYMES, start=1)]
    words = [_word(f"WR-{level}{n}", level, g) for level, gs in _WORDS.items() for n, g in enumerate(gs)]
    pseudo = [_pseudo(f"PW-{level}{n}", level, g) for level, gs in _PSEUDO_WORDS.items() for n, g in enumerate(gs)]
    return rhymes + words + pseudo


def make_item(item_id: str, level: int, **cells: str) -> dict[str, str]:
    common = {
        "id": item_id,
        "level": str(level),
        "prompt_th": "อ่าน",
        "prompt_en": "Read.",
        "difficulty": "-1.5",
        "standard_error": "0.4",
        "difficulty_source": "expert",
        "guessing": "0",
        "status": "active",
        "version": "1",
        "since": "2026-11-20",
    }
    return dict.fromkeys(bank_items.COLUMNS, "") | common | cells


def _rhyme(item_id: str, target: str, key: str) -> dict[str, str]:
    cells = {"strand": "phonemic_awareness", "task": "rhyme", "prompt_en": f"What rhymes with {target}?", "key": key}
    return make_item(item_id, 1, **cells, skills="rhyme", guessing="0.3333")


def _read(item_id: str, level: int, graphemes: str, **cells: str) -> dict[str, str]:
    phonemes = " ".join(_SOUND_OF[g] for g in graphemes.split())
    skills = "cvc_word" if level == 2 else "split_digraph"
    return make_item(item_id, level, graphemes=graphemes, phonemes=phonemes, skills=skills, **cells)


def _word(item_id: str, level: int, graphemes: str) -> dict[str, str]:
    parts = graphemes.split()
    word = "".join(part[0] for part in parts) + ("e" if any("_" in part for part in parts) else "")
    return _read(item_id, level, graphemes, strand="word_reading", task="read_word", stimulus=word, key=word)


def _pseudo(item_id: str, level: int, graphemes: str) -> dict[str, str]:
    key = "/" + "".join(_IPA_OF[_SOUND_OF[g]] for g in graphemes.split()) + "/"
    cells = {"strand": "pseudo_word_reading", "task": "read_pseudo_word", "stimulus": graphemes.replace(" ", "")}
    return _read(item_id, level, graphemes, key=key, **cells)
