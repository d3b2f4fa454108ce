"""Where a correspondence applies: `contexts.csv`, which says what must stand before and after a grapheme.

A cell holds alternatives separated by spaces. In them V stands for any vowel letter, C for any consonant letter, # for
an end of the word, and small letters for themselves: `Ce` is a consonant and an e, `l#` a final l, `!r` all but r.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from phonics_app.content.tables import Row, required, words
from phonics_app.domain.bank import Correspondence
from phonics_app.domain.errors import Problem

COLUMNS = ("correspondence", "before", "after", "stress", "use", "notes")
STRESSES = ("", "stressed", "unstressed")
USES = ("always", "word", "reading")
_SIGNS = {"V": "[aeiouy]", "C": "[b-df-hj-np-tv-xz]"}


_NOT = "!"


@dataclass(frozen=True, slots=True)
class Context:
    """One row. `reading_only`: a condition for words read by rule alone, where no dictionary says the sound.

    `in_words`: a grapheme that stands alone may sound so without it, as c /s/.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    stress: str
    reading_only: bool
    in_words: bool = False

    @property
    def of_place(self) -> bool:
        return bool(self.before or self.after)

    def fits(self, word: str, start: int, end: int) -> bool:
        """Whether the letters round `word[start:end]` are those asked for."""
        return (not self.before or any(_pattern(p, True).search(word, 0, start) for p in self.before)) and (
            not self.after or any(_pattern(p, False).match(word, end) for p in self.after)
        )

    @property
    def allows_alone(self) -> bool:
        """Whether a grapheme may sound so with nothing round it; all but r is nothing."""
        if self.in_words:
            return True
        letters = any(pattern.strip("VC#!") for pattern in self.before if not pattern.startswith(_NOT))
        placed = self.of_place and self.specific and not self.reading_only
        return not (letters or placed or self.stress)

    @property
    def specific(self) -> bool:
        """Whether it names its place: all but r is no place."""
        return not any(pattern.startswith(_NOT) for pattern in (*self.before, *self.after))


@cache
def _pattern(text: str, before: bool) -> re.Pattern[str]:
    edge = {"#": r"\A" if before else r"\Z"}
    signs = "".join((_SIGNS | edge).get(sign, re.escape(sign)) for sign in text.removeprefix(_NOT))
    if text.startswith(_NOT):
        return re.compile(f"(?<!{signs})" + r"\Z" if before else f"(?!{signs})")
    return re.compile(signs + r"\Z" if before else signs)


@dataclass(frozen=True, slots=True)
class Contexts:
    """Correspondence → its contexts; one without any applies everywhere."""

    by_id: Mapping[str, tuple[Context, ...]]

    def allow(self, row: Correspondence, word: str, start: int, end: int, stressed: bool) -> bool:
        """Whether the table lets `row` spell its sound at this place of a word whose sounds are known."""
        needed = [c for c in self.by_id.get(row.id, ()) if not c.reading_only]
        return not needed or any(_stressed_so(c, stressed) and c.fits(word, start, end) for c in needed)

    def allow_alone(self, row: Correspondence) -> bool:
        """Whether `row` may be how a grapheme is said that stands alone."""
        contexts = self.by_id.get(row.id, ())
        return not contexts or any(context.allows_alone for context in contexts)

    def reading(self, row: Correspondence, word: str, start: int, end: int) -> bool | None:
        """For a word that is read by rule: True where `row` is asked for here, False where it is not allowed.

        A weak sound is nobody's first choice: it is allowed only where a context of place asks for it.
        """
        contexts = self.by_id.get(row.id, ())
        placed = [context for context in contexts if context.of_place]
        if not placed:
            return False if any(context.stress == "unstressed" for context in contexts) else None
        fitting = [context for context in placed if context.fits(word, start, end)]
        return (True if any(context.specific for context in fitting) else None) if fitting else False


def _stressed_so(context: Context, stressed: bool) -> bool:
    return not context.stress or (context.stress == "stressed") is stressed


def read_context(row: Row, problems: list[Problem]) -> tuple[str, Context] | None:
    """The correspondence's id and the context of a row, or None with its faults added to `problems`."""
    before = len(problems)
    required(row, "correspondence", problems)
    for column, allowed in (("stress", STRESSES), ("use", USES)):
        if row[column] not in allowed:
            problems.append(row.problem("content.choice", column, ", ".join(filter(None, allowed))))
    for column in ("before", "after"):
        if re.sub(r"[VC#!a-z' ]", "", row[column]):
            problems.append(row.problem("content.context", column, "a–z V C # !"))
    if len(problems) > before:
        return None
    return row["correspondence"], Context(
        words(row, "before"), words(row, "after"), row["stress"], row["use"] == "reading", row["use"] == "word"
    )


def gather(contexts: Iterable[tuple[str, Context]]) -> Contexts:
    """Contexts by their correspondence."""
    by_id: dict[str, tuple[Context, ...]] = {}
    for id, context in contexts:
        by_id[id] = (*by_id.get(id, ()), context)
    return Contexts(by_id)
