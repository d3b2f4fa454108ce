"""Items as forms say them."""

from __future__ import annotations

from phonics_app.content.phonemes import to_ipa

PROMPTS = {"prompt_th": "คำสมมุตินี้อ่านว่าอย่างไร", "prompt_en": "Read this made-up word."}


def pseudo_word(graphemes: str, phonemes: str, level: int = 4, **cells: str) -> dict[str, str]:
    """A made-up word from its graphemes with their sounds: ("ch o m", "CH AA M")."""
    made = {
        "level": str(level),
        "strand": "pseudo_word_reading",
        "task": "read_pseudo_word",
        "stimulus": graphemes.replace(" ", ""),
        "key": to_ipa(phonemes.split()),
        "graphemes": graphemes,
        "phonemes": phonemes,
        "difficulty": "-0.85",
        "standard_error": "0.45",
        "difficulty_source": "expert",
        "guessing": "0",
    }
    return made | PROMPTS | cells


GOOD = pseudo_word("ch o m", "CH AA M", transfer="sh_ch")
OTHER_GOOD = pseudo_word("sh e b", "SH EH B")
