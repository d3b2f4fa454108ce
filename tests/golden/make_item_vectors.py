"""Writes the golden vectors of the item-by-item test: `python -m tests.golden.make_item_vectors`.

Look at the difference before committing it.
"""

from __future__ import annotations

from pathlib import Path

from tests.golden.item_sessions import made, session
from tests.golden.make_vectors import compact

FILE = Path(__file__).with_name("item_vectors.json")
SESSIONS = 150


def content() -> str:
    """Pools, and sittings of them: one line each, so that a change can be read."""
    worlds = made()
    pools = ",\n".join(compact(world.json) for world in worlds)
    lines = ",\n".join(compact(session(worlds, seed)) for seed in range(SESSIONS))
    return f'{{"pools":[\n{pools}\n],\n"sessions":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    FILE.write_text(content(), encoding="utf-8")
