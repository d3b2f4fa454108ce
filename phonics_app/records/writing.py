"""Small repairs of typed text: digits, spaces, Unicode forms."""

from __future__ import annotations

import re
import unicodedata

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Zero-width characters come in with text copied from web pages and PDF files. Control characters mean nothing in a
# name, PostgreSQL takes no NUL, and what turns the direction of writing would turn the rest of the line as well.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SPACES = re.compile(r"\s+")
_SARA_AM_APART = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_VOWEL_BEFORE = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_TONES = re.compile("[\u0e47-\u0e4e]")
_DIGITS = re.compile(r"[0-9]+")
_DOUBLE_SARA_E = "\u0e40\u0e40"


def plain_digits(text: str) -> str:
    """Thai digits as Arabic ones."""
    return text.translate(_THAI_DIGITS)


def squeezed(text: str) -> str:
    """Composed Unicode, nothing invisible, single spaces, none at the ends; Thai vowels in one spelling.

    Two keystrokes that look like one Thai letter (เเ for แ, ํา for ำ) are made that letter, or the same
    name would be two names.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _SARA_AM_APART.sub("\\1\u0e33", text).replace(_DOUBLE_SARA_E, "\u0e41")
    return _SPACES.sub(" ", text).strip()


def searched(text: str) -> str:
    """What is looked for, as names and numbers are stored; PostgreSQL refuses to look for a NUL."""
    return plain_digits(squeezed(text.replace("\0", "")))


def thai_sort_key(text: str) -> str:
    """Sorts names as Thai dictionaries do: by the consonant before its written-first vowel, tone marks last."""
    # Not NUL in between: PostgreSQL has no text with one.
    return _TONES.sub("", _VOWEL_BEFORE.sub(r"\2\1", text)) + "\x01" + text


def natural_sort_key(text: str) -> str:
    """Text whose order by code points is how a person counts: 2 before 10, figures before words."""
    return _DIGITS.sub(_counted, text)


def _counted(run: re.Match[str]) -> str:
    figures = str(int(run[0]))
    return f"0{len(figures):02d}{figures}"
