"""Passwords that anyone would try first, Thai habits among them.

A short list of stems goes a long way: digits and marks around a stem ("Lamphun2569!") do not make it
hard to guess, so they are taken off before looking. The stems stand in `common_passwords.txt`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from phonics_app.records.writing import plain_digits

_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_THAI_MARKS_AT_END = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+$")
_DIGITS_AROUND = re.compile(r"^\d+|\d+$")
# The Thai keyboard (Kedmanee, TIS 820), key by key, without and with shift.
_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,./4567890-=" + "QERTYUIOP{ASDFGHJKL:CVBNM<>?^"
_THAI_KEYS = "ๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใฝภถุึคตจขช" + "๐ฎฑธํ๊ณฯญฐฤฆฏโฌ็๋ษศซฉฮฺ์?ฒฬฦู"
_TO_THAI, _TO_LATIN = str.maketrans(_LATIN_KEYS, _THAI_KEYS), str.maketrans(_THAI_KEYS, _LATIN_KEYS)
_RUNS = ("0123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_DISGUISES = str.maketrans("013457@$!", "oleastasi")
"""Passw0rd is no other word than password."""
_FEWEST_CHARACTERS = 4
_LEFT_OUT = re.compile("[^a-z\u0e01-\u0e46]")
"""All but letters and vowels: tone marks are often left out or mistyped."""
_SPELLINGS = (
    *(("ph", "p"), ("th", "t"), ("kh", "k"), ("ch", "j"), ("dh", "t"), ("bh", "p"), ("gh", "k"), ("g", "k")),
    *(("ee", "i"), ("oo", "u"), ("ou", "u"), ("ue", "u"), ("ae", "e"), ("aa", "a"), ("w", "u"), ("v", "u")),
    *(("r", "l"), ("y", "i"), ("z", "s"), ("d", "t"), ("b", "p")),
)
_TWICE = re.compile(r"([a-z])\1+")
_OF_SCHOOLS = (
    *("เทศบาล", "โรงเรียน", "เครือข่าย"),
    *("munisipal", "municipal", "netuolk", "sjul", "sjol", "lonklian", "lonklien", "lonklean", "loonklian"),
    *("tetsapan", "tesapan"),
)
"""As they are after `_SPELLINGS`."""


def is_common(password: str, *names: str) -> bool:
    """Whether `password` is digits alone, a run, a repetition, a known stem, or one of `names` with trimmings.

    `names` count in the spellings that people use ("Pratulee" for "Pratu Li"), with or without the words for a school.
    """
    text = plain_digits(password).casefold()
    # Digits alone are a telephone number, a birthday or a citizen number.
    if re.sub(r"[\W_]", "", text).isdigit() or len(set(text)) < _FEWEST_CHARACTERS:
        return True
    if any(text in run or text[::-1] in run for run in _RUNS) or _repeats(text):
        return True
    stem = _stem(text)
    known = _stems() | {_stem(name.casefold()) for name in names}
    tried = {stem, stem.translate(_DISGUISES), *_switched(password)}
    if not stem or tried & known:
        return True
    return bool({core(one) for one in tried} & ({core(_stem(name.casefold())) for name in names} - {""}))


def core(name: str) -> str:
    """What is common to the usual spellings of a name: no marks, no blanks, no words for a school.

    Thai in Latin letters has no fixed spelling: aspirated or not, long or short, r or l are written either way.
    """
    text = _LEFT_OUT.sub("", unicodedata.normalize("NFC", name).casefold())
    for written, same in _SPELLINGS:
        text = text.replace(written, same)
    text = _TWICE.sub(r"\1", text)
    for word in _OF_SCHOOLS:
        text = text.replace(word, "")
    return text


def _switched(password: str) -> set[str]:
    """Stems of what the same keys write with the keyboard set to the other language."""
    keys = _DIGITS_AROUND.sub("", password)
    return {_stem(keys.translate(_TO_THAI)), _stem(keys.translate(_TO_LATIN).casefold())} - {""}


@cache
def _stems() -> frozenset[str]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    return frozenset(_stem(word.casefold()) for word in words)


def _stem(text: str) -> str:
    return _THAI_MARKS_AT_END.sub("", _AROUND.sub("", text))


def _repeats(text: str) -> bool:
    """Whether the text is one piece of up to half its length, again and again."""
    return any(text == (text[:n] * (len(text) // n + 1))[: len(text)] for n in range(1, len(text) // 2 + 1))
