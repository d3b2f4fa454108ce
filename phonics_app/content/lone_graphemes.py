"""What a grapheme that stands alone may be said as: of `c`, both /k/ and /s/ are right, whatever its word would be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from phonics_app.content.contexts import Contexts
from phonics_app.content.phonemes import parse_ipa
from phonics_app.content.tables import Row
from phonics_app.domain.bank import Correspondence, Item, ItemStatus
from phonics_app.domain.errors import Problem
from phonics_app.domain.strand import Task

_SCHWA = "ə"


class LoneGraphemes:
    """The rows of the table that ask for nothing which a grapheme alone can't have, such as a letter before it."""

    def __init__(self, correspondences: Iterable[Correspondence], contexts: Contexts) -> None:
        self._rows: dict[str, tuple[Correspondence, ...]] = {}
        for row in sorted(correspondences, key=lambda row: row.level):
            if row.phonemes and row.position != "medial" and contexts.allow_alone(row):
                self._rows[row.grapheme] = (*self._rows.get(row.grapheme, ()), row)

    def answers(self, grapheme: str, key: str) -> tuple[str, ...]:
        """Right answers besides `key`, in IPA, those taught first first. Weak sounds only where the key is weak."""
        rows = (row for row in self._rows.get(grapheme.lower(), ()) if _SCHWA in key or _SCHWA not in row.ipa)
        said = {row.phonemes: f"/{row.ipa}/" for row in rows}
        return tuple(ipa for phonemes, ipa in said.items() if phonemes != parse_ipa(key))


def lone_problems(lone: LoneGraphemes, row: Row, item: Item) -> Iterator[Problem]:
    """A pupil who says another sound of the grapheme is right as well."""
    if item.task is not Task.SAY_SOUND or item.status is ItemStatus.RETIRED:
        return
    accepted = {parse_ipa(answer) for answer in (item.key, *item.accepted)}
    missing = [answer for answer in lone.answers(item.stimulus, item.key) if parse_ipa(answer) not in accepted]
    if missing:
        yield row.problem(
            "content.sounds_missing", "accepted", " | ".join((*item.accepted, *missing)), " ".join(missing)
        )
