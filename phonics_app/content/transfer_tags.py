"""Which Thai-transfer patterns the sounds of a word or grapheme call for (`item_bank/transfer.csv`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from phonics_app.content.bank_graphemes import TransferPattern
from phonics_app.content.phonemes import VOWELS


def transfer_tags(patterns: Iterable[TransferPattern], phonemes: Sequence[str]) -> tuple[str, ...]:
    """Codes of what Thai learners may do with these sounds when they say them, in the order of `transfer.csv`."""
    first, last = _edges(phonemes)
    places = {"l_final": last, "final_stop": last[-1:], "final_fricative": last[-1:], "r_as_l": _with_r(phonemes)}
    clusters = {"onset_cluster": len(first) > 1, "coda_cluster": len(last) > 1, "lax_vowel": False}
    return tuple(
        p.code for p in patterns if clusters.get(p.code, bool(set(p.target) & set(places.get(p.code, phonemes))))
    )


def _with_r(phonemes: Iterable[str]) -> list[str]:
    """ER ends in an r."""
    return ["R" if phoneme == "ER" else phoneme for phoneme in phonemes]


def _edges(phonemes: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Consonants before the first vowel and after the last one; none of a sound that stands alone."""
    vowels = [place for place, sound in enumerate(phonemes) if sound in VOWELS]
    return (phonemes[: vowels[0]], phonemes[vowels[-1] + 1 :]) if vowels else ((), ())
