"""An item as the row of a table: the way back from `bank_items.read_item`."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from phonics_app.content.bank_items import COLUMNS
from phonics_app.domain.bank import Item, Option

ASKED_COLUMNS = tuple(column for column in COLUMNS if column not in ("id", "status", "version", "since"))
"""What a person writes of an item; the other columns are kept by the editor."""


def cells_of(item: Item) -> dict[str, str]:
    """Column → text, as it may stand in `item_bank/items/*.csv`."""
    return {
        "id": item.id,
        "level": str(item.level),
        "strand": item.strand.value,
        "task": item.task.value,
        "prompt_th": item.prompt.th,
        "prompt_en": item.prompt.en,
        "stimulus": item.stimulus,
        "key": item.key,
        "accepted": " | ".join(item.accepted),
        "graphemes": " ".join(item.graphemes),
        "phonemes": " ".join(item.phonemes),
        "skills": " ".join(item.skills),
        "transfer": " ".join(item.transfer),
        "difficulty": _number(item.difficulty.value),
        "standard_error": _number(item.difficulty.standard_error),
        "difficulty_source": item.difficulty.source.value,
        "guessing": _number(item.guessing),
        "status": item.status.value,
        "version": str(item.version),
        "since": item.since,
        "options": " | ".join(option_text(option) for option in item.options),
    }


def option_text(option: Option) -> str:
    """`value`, `value:error` or `picture=name:error`."""
    shown = f"{option.value}={option.name}" if option.name else option.value
    return f"{shown}:{option.error}" if option.error else shown


def _number(value: float) -> str:
    """The shortest text that is read as the same number."""
    return str(int(value)) if value == int(value) else repr(value)


def options_cell(right: Option, wrong: Sequence[Option], place: int | None) -> str:
    """The cell of a choice item. `place` of the right option among them; None: one that its letters decide.

    It must not always be the first, and it must be the same each time, or an unchanged item would seem changed.
    """
    shown = [option_text(option) for option in wrong if option.value]
    if place is None:
        place = crc32(right.value.encode()) % (len(shown) + 1)
    return " | ".join([*shown[:place], option_text(right), *shown[place:]])
