"""What stands in the cells of a class list: grades, classes, rooms, sexes, names."""

from __future__ import annotations

import re
from functools import lru_cache

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Sex
from phonics_app.records.writing import plain_digits, squeezed

# Longest first, because ป begins ประถม too. "Grade" (and G) counts through: grade 7 is ม.1.
_STAGES = {
    "K": r"อนุบาลศึกษา|อนุบาล|อบ|อ|kindergarten|anuban|kg|k",
    "P": r"ประถมศึกษา|ประถม|ป|primary|prathom|pratom|p",
    "M": r"มัธยมศึกษาตอนต้น|มัธยมศึกษาตอนปลาย|มัธยมศึกษา|มัธยม|ม|secondary|matthayom|mattayom|mathayom|m",
    "G": r"grade|g",
}
_STAGE = "|".join(f"(?P<{code}>{words})" for code, words in _STAGES.items())
_GRADE = re.compile(
    rf"(?:ชั้น)?\s*(?:{_STAGE})\s*\.?\s*(?:ชั้น)?\s*(?:ปีที่|ปี|year)?\s*\.?\s*(?P<number>\d\d?)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE = re.compile(r"(?P<number>[1-6])(?P<rest>\s*[/\-].*)?")
_ROOM = re.compile(r"\s*(?:[/\-,.:]|ห้องที่|ห้อง|room|\()\s*(?:ห้องที่|ห้อง|room)?\s*(?P<room>[^()]*?)\s*\)?", re.IGNORECASE)
_HIGHEST = {"K": 3, "P": 6, "M": 6}
_NO_VALUE = {"", "-", "–", "—", ".", "ไม่มี", "n/a", "none", "null"}


def text_or_empty(text: str) -> str:
    """A cell's text; "" where it says that there is none."""
    text = squeezed(text)
    return "" if text.casefold() in _NO_VALUE else text


def parse_grade(text: str) -> Grade | None:
    """ "ป.3", "ประถมศึกษาปีที่ ๓", "อนุบาล 2", "P3", "Grade 7" …; None for anything else, a class among it."""
    found = parse_class(text)
    return found[0] if found and not found[1] else None


@lru_cache(maxsize=4096)
def parse_class(text: str) -> tuple[Grade, str] | None:
    """Grade and room ("" where none is named) of "ป.3/2", "ประถมศึกษาปีที่ 3 ห้อง 2", "M1-2" …, else None."""
    match = _GRADE.fullmatch(plain_digits(squeezed(text)))
    if match is None:
        return None
    stage = next(code for code in _STAGES if match[code])
    grade = _grade(stage, int(match["number"]))
    room = _room_after(match["rest"])
    return None if grade is None or room is None else (grade, room)


def _grade(stage: str, number: int) -> Grade | None:
    if stage == "G":
        stage, number = ("P", number) if number <= _HIGHEST["P"] else ("M", number - _HIGHEST["P"])
    return Grade(f"{stage}{number}") if 1 <= number <= _HIGHEST[stage] else None


def _room_after(rest: str) -> str | None:
    """The room in what follows the grade; "" for nothing, None for what is no room."""
    if not rest.strip():
        return ""
    match = _ROOM.fullmatch(rest)
    return match["room"] if match else None


@lru_cache(maxsize=4096)
def parse_bare_class(text: str) -> tuple[Grade, str] | None:
    """ "3" or "3/2" without its letter, taken as primary: whoever calls this says so to the reader."""
    match = _BARE.fullmatch(plain_digits(squeezed(text)))
    return parse_class("P" + match[0]) if match else None


def parse_room(text: str, grade: Grade | None) -> str:
    """The room: "2", also from "ห้อง 2", "ป.3/2" or "3/2" where that is the pupil's grade; other text stays."""
    text = plain_digits(text_or_empty(text))
    named = re.fullmatch(r"(?:ห้องที่|ห้อง|room)\s*(.+)", text, re.IGNORECASE)
    if named:
        return named[1]
    found = parse_class(text) or (parse_bare_class(text) if "/" in text else None)
    if found and found[1] and (grade is None or found[0].value[1] == grade.value[1]):
        return found[1]
    return text


_SEXES = {
    "ช": Sex.MALE,
    "ชาย": Sex.MALE,
    "ด.ช.": Sex.MALE,
    "m": Sex.MALE,
    "male": Sex.MALE,
    "boy": Sex.MALE,
    "ญ": Sex.FEMALE,
    "หญิง": Sex.FEMALE,
    "ด.ญ.": Sex.FEMALE,
    "f": Sex.FEMALE,
    "female": Sex.FEMALE,
    "girl": Sex.FEMALE,
}


def parse_sex(text: str) -> Sex | None:
    """ช, ญ, ชาย, หญิง, M, F …; UNKNOWN for an empty cell, None for anything else."""
    text = text_or_empty(text).casefold()
    return Sex.UNKNOWN if not text else _SEXES.get(text)
