"""What stands about a passage, in words: for screen, paper and command line. Loads nothing heavy."""

from __future__ import annotations

from collections.abc import Sequence

from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.passage import Passage, QuestionKind, words_of
from phonics_app.locales import N_

KINDS = {QuestionKind.LITERAL: N_("stands in the text"), QuestionKind.INFERENTIAL: N_("to be inferred")}
STATUSES = {ItemStatus.DRAFT: N_("Draft"), ItemStatus.ACTIVE: N_("In use"), ItemStatus.RETIRED: N_("Retired")}


def lines_label(numbers: Sequence[int]) -> str:
    """ "3–5, 8"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def heart_words(passage: Passage) -> tuple[str, ...]:
    """The heart words as one writes them: names keep their capital, words that only begin a sentence don't."""
    written = set(passage.words)
    inside = {word for sentence in passage.sentences for word in words_of(sentence)[1:]}
    capitals = {word.lower(): word for word in inside if word.lower() not in written} | {"i": "I"}
    return tuple(capitals.get(word, word) for word in passage.heart_words)
