"""Where a line of Thai may break: words by newmm, and what must stay with them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

LONGEST_WORD = 24
"""Characters above which a run without spaces may break anywhere, so that it never leaves its column."""

_RUN = re.compile("[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+")
_THAI = re.compile("[\u0e00-\u0e7f]")
_CLUSTER = re.compile("[เแโใไ]?.[ะัาำิีึืฺุู็่้๊๋์ํ๎ๅ\u0300-\u036f\u200d\ufe0e\ufe0f]*", re.DOTALL)
_STAYS_WITH_NEXT = "([{“‘«/-–=\u00a0"
_STAYS_WITH_LAST = ")]}”’»,.;:!?…/-–=%ๆฯ\u00a0"


@cache
def _tokenizer() -> Callable[..., list[str]]:
    """newmm, imported at first use: its dictionary takes a third of a second. It is kept from making a data folder."""
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    from pythainlp.tokenize import word_tokenize

    tokenize: Callable[..., list[str]] = word_tokenize
    return tokenize


def warm() -> None:
    """Loads the Thai dictionary, so that the first document isn't the slow one."""
    unbroken_parts("พร้อม")


@lru_cache(maxsize=20_000)
def unbroken_parts(chunk: str) -> tuple[str, ...]:
    """`chunk` (text without white space) cut where a line may break; the parts joined are `chunk` again."""
    parts: list[str] = []
    for token in _tokens(chunk):
        if parts and (token[0] in _STAYS_WITH_LAST or parts[-1][-1] in _STAYS_WITH_NEXT):
            parts[-1] += token
        else:
            parts.append(token)
    return tuple(piece for part in parts for piece in _short_enough(part))


def _tokens(chunk: str) -> Iterator[str]:
    for run in _RUN.findall(chunk):
        if _THAI.match(run):
            yield from _tokenizer()(run, engine="newmm")
        else:
            yield run


def _short_enough(part: str) -> list[str]:
    return [part] if len(part) <= LONGEST_WORD else _CLUSTER.findall(part)
