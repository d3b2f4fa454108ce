"""What stands about a passage, in words: for screen, paper and command line. Loads nothing heavy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.passage import Passage, QuestionKind, words_of
from phonics_app.locales import N_

KINDS = {QuestionKind.LITERAL: N_("stands in the text"), QuestionKind.INFERENTIAL: N_("to be inferred")}
STATUSES = {ItemStatus.DRAFT: N_("Draft"), ItemStatus.ACTIVE: N_("In use"), ItemStatus.RETIRED: N_("Retired")}

_OPENING_QUOTE = re.compile(r"(?:^|(?<=\s))[\"“‘]")


def lines_label(numbers: Sequence[int]) -> str:
    """ "3–5, 8"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def as_written(passage: Passage, words: Iterable[str]) -> tuple[str, ...]:
    """`words` (in small letters) as one writes them: names with their capital, beginnings of sentences without."""
    written = set(passage.words)
    pieces = (piece for sentence in passage.sentences for piece in _OPENING_QUOTE.split(sentence))
    inside = {word for piece in pieces for word in words_of(piece)[1:]}
    capitals = {word.lower(): word for word in inside if word.lower() not in written} | {"i": "I"}
    return tuple(capitals.get(word, word) for word in words)


def heart_words(passage: Passage) -> tuple[str, ...]:
    """The words to be practised before, as one writes them."""
    return as_written(passage, passage.heart_words)
