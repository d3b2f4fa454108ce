"""`item_bank/` → a validated `Bank`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from phonics_app.content.analysis_source import read_analysis
from phonics_app.content.bank_source import BankSource, read_source
from phonics_app.content.bank_structure import structure_problems
from phonics_app.content.item_places import item_table
from phonics_app.domain.bank import Bank
from phonics_app.domain.codec import encode
from phonics_app.domain.errors import ProblemsFound

_VERSION_DIGITS = 16


def load_bank(folder: Path) -> Bank:
    """Loads the item bank of `folder`. Raises `ProblemsFound` with every fault of structure.

    The rules that need a dictionary or look at the bank as a whole are in `bank_check.check_bank`.
    """
    source = read_source(folder)
    problems = structure_problems(source)
    if problems:
        raise ProblemsFound(problems, "content.problems")
    return make_bank(folder, source)


def make_bank(folder: Path, source: BankSource) -> Bank:
    """The bank of a source without faults. Items are in the order of their ids, so moving a row changes nothing."""
    levels = source.levels
    correspondences = tuple(sorted((c for _, c in source.correspondences), key=lambda c: (c.level, c.id)))
    items = tuple(sorted((item for _, item in source.items), key=lambda item: item.id))
    return Bank(
        version_of(levels, correspondences, items, source.blueprints),
        levels,
        item_table(read_analysis(folder), correspondences),
        items,
        source.blueprints,
    )


def version_of(*content: object) -> str:
    """The hash of a bank's levels, correspondences, items and blueprints."""
    text = json.dumps(encode(list(content)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_VERSION_DIGITS]
