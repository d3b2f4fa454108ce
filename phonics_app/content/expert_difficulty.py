"""The experts' difficulty of an item by the rule of `item_bank/README.md`, and the transfer tags that go into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from phonics_app.content.bank_graphemes import TransferPattern
from phonics_app.content.phonemes import VOWELS
from phonics_app.domain.strand import TASK_STRAND, Strand, Task

_PER_LEVEL, _MIDDLE_LEVEL = 1.2, 5
_STRANDS = {
    Strand.GRAPHEME_SOUNDS: -0.45,
    Strand.VOCABULARY: -0.35,
    Strand.PHONEMIC_AWARENESS: -0.30,
    Strand.SPELLING: 0.30,
    Strand.PSEUDO_WORD_READING: 0.35,
}
_TASKS = {
    Task.RHYME: -0.10,
    Task.BLENDING: -0.10,
    Task.IDENTITY: 0.10,
    Task.DISCRIMINATION: 0.10,
    Task.ADDITION: 0.10,
    Task.CATEGORISATION: 0.15,
    Task.SEGMENTATION: 0.15,
    Task.DELETION: 0.30,
    Task.SUBSTITUTION: 0.40,
    Task.CHOOSE_GRAPHEME: -0.15,
    Task.CHOOSE_PICTURE: -0.15,
    Task.CHOOSE_SPELLING: -0.40,
}
_LENGTH_COUNTS = frozenset(
    {Task.READ_WORD, Task.READ_PSEUDO_WORD, Task.BLENDING, Task.SEGMENTATION, Task.SPELL_WORD, Task.CHOOSE_SPELLING}
)
_PER_PHONEME, _LENGTH_RANGE = 0.10, (-0.20, 0.30)
_HARD_KINDS = (
    frozenset({"th_voiceless", "th_voiced"}),
    frozenset({"v_as_w"}),
    frozenset({"z_as_s"}),
    frozenset({"sh_ch"}),
    frozenset({"zh_as_sh"}),
    frozenset({"onset_cluster"}),
    frozenset({"coda_cluster"}),
)
_PER_KIND, _MOST_FOR_KINDS = 0.10, 0.20
_OFFSETS = (-0.80, 0.80)
_STANDARD_ERRORS = {Task.READ_WORD: 0.40, Task.SAY_SOUND: 0.40, Task.READ_PSEUDO_WORD: 0.45}
_BY_EAR = 0.50


def expert_difficulty(task: Task, level: int, phonemes: Sequence[str], transfer: Iterable[str]) -> float:
    """In logits, to two digits. `transfer`: codes of the word or sound that is asked for (`transfer_tags`)."""
    codes = frozenset(transfer)
    hard = min(_MOST_FOR_KINDS, _PER_KIND * sum(bool(kind & codes) for kind in _HARD_KINDS))
    length = _within(_PER_PHONEME * (len(phonemes) - _usual_length(level)), _LENGTH_RANGE)
    offsets = _STRANDS.get(TASK_STRAND[task], 0.0) + _TASKS.get(task, 0.0) + hard
    offsets += length if task in _LENGTH_COUNTS else 0.0
    return round(_PER_LEVEL * (level - _MIDDLE_LEVEL) + _within(offsets, _OFFSETS), 2)


def expert_error(task: Task) -> float:
    """The standard error of such an estimate."""
    return _STANDARD_ERRORS.get(task, _BY_EAR)


def _usual_length(level: int) -> int:
    if level <= 4:
        return 3
    return 4 if level <= 8 else 7


def _within(value: float, bounds: tuple[float, float]) -> float:
    return min(max(value, bounds[0]), bounds[1])


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
