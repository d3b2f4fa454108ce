"""What is new in an item: the correspondences first taught at its level, as a teacher would name them."""

from __future__ import annotations

from phonics_app.domain.bank import Correspondence, Item
from phonics_app.domain.spelling import GraphemeTable


class Taught:
    """The table of correspondences, asked for what is new."""

    def __init__(self, table: GraphemeTable) -> None:
        self._table = table
        self._first: dict[str, int] = {}
        for c in table.correspondences:
            self._first[c.grapheme] = min(c.level, self._first.get(c.grapheme, c.level))

    def new_in(self, item: Item) -> tuple[str, ...]:
        """Graphemes of the item that have their sound and place newly at its level, each once, in order.

        A grapheme is compared with its sound: the "a" of "rabbit" at level 6 is old, that of "baby" is new.
        """
        found = self._table.rows(item)
        return tuple(dict.fromkeys(self._named(c) for c in found if c is not None and c.level == item.level))

    def _named(self, correspondence: Correspondence) -> str:
        """ "sh"; "a /eɪ/" where the letters are known already and only the sound is new."""
        known = self._first[correspondence.grapheme] < correspondence.level
        return f"{correspondence.grapheme} /{correspondence.ipa}/" if known else correspondence.grapheme
