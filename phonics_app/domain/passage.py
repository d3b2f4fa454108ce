"""Passages for reading aloud, printed line by line, and the questions asked about them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.text import Text

LevelOf = Callable[[str], int | None]
"""A word in lower case → the level at which it becomes decodable; None where it never does."""

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’]*\s+")


class QuestionKind(Enum):
    LITERAL = "literal"
    """The answer stands in the passage."""
    INFERENTIAL = "inferential"
    """The answer follows from what stands there."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Right answers in each language: comprehension is asked, so Thai counts as much as English."""

    th: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Asked by the teacher, in Thai or English, after the passage was read."""

    id: str
    kind: QuestionKind
    question: Text
    key: Text
    """The answer to expect."""
    accepted: Answers
    """Further right answers."""
    evidence: tuple[int, ...]
    """Numbers of the lines that the answer rests on; the first line is 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed: `total` is the number of words up to its end, for marking where the minute was over."""

    number: int
    text: str
    words: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that a pupil reads aloud. `text` is broken into lines as it is printed."""

    id: str
    level: int
    title: Text
    text: str
    heart_words: tuple[str, ...]
    """Irregular words that are taught by heart before the passage is read, in lower case."""
    note: Text
    """For the teacher: what the text practises, and words whose meaning may be unknown."""
    author: str
    status: ItemStatus
    version: int
    since: str
    """ISO date from which this version is in use."""
    questions: tuple[Question, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines with their words, counted on from line to line."""
        lines: list[Line] = []
        for number, text in enumerate(self.text.strip().splitlines(), start=1):
            words = words_of(text)
            lines.append(Line(number, text.strip(), words, len(words) + (lines[-1].total if lines else 0)))
        return tuple(lines)

    @property
    def words(self) -> tuple[str, ...]:
        """All running words, as written."""
        return words_of(self.text)

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions in the order in which the text answers them: who stops reading is asked those so far."""
        return tuple(sorted(self.questions, key=self.words_for))

    def words_for(self, question: Question) -> int:
        """So many words have to be read before the question can be asked: up to the last line that answers it."""
        totals = {line.number: line.total for line in self.lines}
        return max((totals[number] for number in question.evidence if number in totals), default=0)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences, each on one line."""
        return tuple(_SENTENCE_END.split(" ".join(self.text.split())))


def words_of(text: str) -> tuple[str, ...]:
    """The words of an English text; an apostrophe or a hyphen inside a word belongs to it."""
    return tuple(_WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Decodability:
    """How many of a passage's running words can be decoded at its level."""

    decodable: int
    """Words whose correspondences are all taught by then; a heart word that is decodable counts here."""
    heart: int
    """Heart words that are not decodable."""
    later: tuple[str, ...]
    """All other words, in the order of the text."""

    @property
    def words(self) -> int:
        return self.decodable + self.heart + len(self.later)

    @property
    def share(self) -> float:
        """Decodable words among the words that are not heart words."""
        counted = self.decodable + len(self.later)
        return self.decodable / counted if counted else 0.0

    @property
    def share_of_all(self) -> float:
        """Decodable words among all running words: heart words count as not decodable."""
        return self.decodable / self.words if self.words else 0.0

    @property
    def heart_share(self) -> float:
        """Heart words among all running words."""
        return self.heart / self.words if self.words else 0.0


def decodability(passage: Passage, level_of: LevelOf) -> Decodability:
    """How much of the passage can be decoded at its own level."""
    words = [word.lower() for word in passage.words]
    levels = {word: level_of(word) for word in words}
    rest = [word for word in words if (level := levels[word]) is None or level > passage.level]
    later = tuple(word for word in rest if word not in passage.heart_words)
    return Decodability(len(words) - len(rest), len(rest) - len(later), later)
