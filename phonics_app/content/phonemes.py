"""Phonemes of American English: ARPAbet without stress, its IPA, and which pronunciations count as the same."""

from __future__ import annotations

from collections.abc import Iterable

IPA = {
    "AA": "ɑ",
    "AE": "æ",
    "AH": "ʌ",
    "AO": "ɔ",
    "AW": "aʊ",
    "AY": "aɪ",
    "B": "b",
    "CH": "tʃ",
    "D": "d",
    "DH": "ð",
    "EH": "ɛ",
    "ER": "ɜr",
    "EY": "eɪ",
    "F": "f",
    "G": "ɡ",
    "HH": "h",
    "IH": "ɪ",
    "IY": "i",
    "JH": "dʒ",
    "K": "k",
    "L": "l",
    "M": "m",
    "N": "n",
    "NG": "ŋ",
    "OW": "oʊ",
    "OY": "ɔɪ",
    "P": "p",
    "R": "r",
    "S": "s",
    "SH": "ʃ",
    "T": "t",
    "TH": "θ",
    "UH": "ʊ",
    "UW": "u",
    "V": "v",
    "W": "w",
    "Y": "j",
    "Z": "z",
    "ZH": "ʒ",
}
"""ARPAbet → the IPA shown to teachers."""

VOWELS = frozenset({"AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"})

_FROM_IPA = {ipa: phoneme for phoneme, ipa in IPA.items()} | {
    "ə": "AH",
    "ɚ": "ER",
    "ɝ": "ER",
    "ɹ": "R",
    "t͡ʃ": "CH",
    "d͡ʒ": "JH",
    "g": "G",
}
_STRESS = "ˈˌ"


_LONGEST_FIRST = sorted(_FROM_IPA, key=len, reverse=True)


def is_stressed(sign: str) -> bool:
    """Whether the IPA of one phoneme carries a stress mark."""
    return sign[:1] in _STRESS and sign != ""


def from_ipa(text: str) -> tuple[str, ...]:
    """ARPAbet of phonemes in IPA that are separated by spaces; stress is dropped. `KeyError` for an unknown sign."""
    return tuple(_FROM_IPA[sign.lstrip(_STRESS)] for sign in text.split())


def parse_ipa(text: str) -> tuple[str, ...] | None:
    """ARPAbet of IPA without spaces, as in keys: "/ʃɪp/" → ("SH", "IH", "P"). None where a sign is unknown."""
    signs = signs_of(text)
    return None if signs is None else tuple(_FROM_IPA[sign] for sign in signs)


def signs_of(text: str) -> tuple[str, ...] | None:
    """The IPA of one phoneme after the other: "/ʃɪp/" → ("ʃ", "ɪ", "p"). None where a sign is unknown."""
    rest, signs = text.strip("/ "), []
    while rest:
        sign = next((sign for sign in _LONGEST_FIRST if rest.startswith(sign)), None)
        if sign is None:
            return None
        signs.append(sign)
        rest = rest[len(sign) :]
    return tuple(signs)


def to_ipa(phonemes: Iterable[str]) -> str:
    """IPA between slashes, without stress: ("SH", "IH", "P") → "/ʃɪp/"."""
    return "/" + "".join(IPA[p] for p in phonemes) + "/"
