"""A text word by word: what can be decoded at each level, what can't and why, how long its sentences are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from phonics_app.content.analysis import LONGEST_WORD, Analyser, letters_of
from phonics_app.domain.analysis import CountedWord, LevelShare, TextAnalysis, Token
from phonics_app.domain.errors import PhonicsError

LONGEST_TEXT = 20_000
"""Characters: more than ten pages. A page shows a text at once."""
_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+(?:['\u2019\u02bc]{_LETTER}+)*['\u2019]?")
_SENTENCE_END = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)\]]*(?=\s*$|\s+[^\sa-z])|\n\s*\n")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|[A-Z])$")


def analyse_text(analyser: Analyser, text: str) -> TextAnalysis:
    """Every English word of `text`. `PhonicsError` "analysis.no_words" or "analysis.text_too_long"."""
    if len(text) > LONGEST_TEXT:
        raise PhonicsError("analysis.text_too_long", {"length": f"{len(text):,}", "most": f"{LONGEST_TEXT:,}"})
    pieces = tuple(_pieces(text))
    counts = Counter(word for _, word in pieces if word)
    if not counts:
        raise PhonicsError("analysis.no_words")
    words = tuple(CountedWord(analyser.analyse(word), count) for word, count in counts.items())
    places = {word: place for place, word in enumerate(counts)}
    tokens = tuple(Token(piece, places.get(word)) for piece, word in pieces)
    shares = tuple(_share(words, level.number) for level in analyser.levels)
    return TextAnalysis(tokens, words, shares, tuple(sentence_lengths(text)))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with the word that it is ("" for what stands between words or is not English)."""
    end = 0
    for found in _WORD.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], ""
        yield found[0], _english(found[0])
        end = found.end()
    if end < len(text):
        yield text[end:], ""


def _english(piece: str) -> str:
    try:
        return letters_of(piece).strip("'") if len(piece) <= LONGEST_WORD else ""
    except PhonicsError:
        return ""


def _share(words: Sequence[CountedWord], level: int) -> LevelShare:
    known = [word for word in words if word.analysis.level is not None and word.analysis.level <= level]
    running = sum(word.count for word in words)
    return LevelShare(level, sum(word.count for word in known) / running, len(known) / len(words))


def sentence_lengths(text: str) -> Iterator[int]:
    """English words of each sentence; one ends at . ! ? or an empty line, but not at *Mr.* or before a small letter."""
    for part in _sentences(text):
        count = sum(1 for _, word in _pieces(part) if word)
        if count:
            yield count


def _sentences(text: str) -> Iterable[str]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if end[0].startswith(".") and _ABBREVIATION.search(text, start, end.start()):
            continue
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]
