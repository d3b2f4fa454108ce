"""Where in a word a row of the table may stand: at an end or inside, in its context, stressed or not."""

from __future__ import annotations

from dataclasses import dataclass

from phonics_app.content.contexts import Contexts
from phonics_app.content.word_parts import WordParts
from phonics_app.domain.bank import Correspondence

APOSTROPHE = "'"


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one word. `endings`: graphemes that are endings, and nothing where no ending is (*bed*, *yes*)."""

    contexts: Contexts
    endings: frozenset[str]
    word: str
    parts: WordParts

    def allow(self, row: Correspondence, start: int, end: int, stressed: bool) -> bool:
        """Whether `row` may stand for the letters from `start` to `end` (of a split digraph, the first of them)."""
        fits = self._position_fits(row, start, end) and self.parts.allows(row.grapheme, start, self.endings)
        return fits and self.contexts.allow(row, self.word, start, end, stressed)

    def _position_fits(self, row: Correspondence, start: int, end: int) -> bool:
        """Parts of a word count as words: *cupcake* has two ends."""
        if row.position == "any" or (start == 0 and end == len(self.word)):
            return True
        initial = start == 0 or start in self.parts.seams
        # The e of a split digraph stands after the consonant that ends the word.
        # A last s or an apostrophe may follow what ends a word (selves).
        ends = self.word[end:] in ("", "s") or self.word.startswith(APOSTROPHE, end)
        final = ends or end in self.parts.seams or self._before_last_e(end)
        if row.position == "medial":
            return start != 0 and end != len(self.word)
        return initial if row.position == "initial" else final

    def _before_last_e(self, end: int) -> bool:
        return self.word.startswith("e", end) and (end + 1 == len(self.word) or end + 1 in self.parts.seams)
