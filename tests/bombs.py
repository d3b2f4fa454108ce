"""Zip files that unpack to more than they say."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import TypeVar

UNPACKED = 40_000_000
TOLD = 1000
T = TypeVar("T")


def bomb(parts: dict[str, bytes], name: str, how: int = zipfile.ZIP_BZIP2) -> bytes:
    """`parts`, and `name`: of `UNPACKED` bytes, though the list of contents says `TOLD`.

    Python's unpacker stops at what was told only where a part is packed the usual way; a megabyte packed by bzip2
    would fill twenty gigabytes.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for other, content in parts.items():
            archive.writestr(other, content)
        archive.writestr(name, bytes(UNPACKED), how)
    return file.getvalue().replace(struct.pack("<I", UNPACKED), struct.pack("<I", TOLD))


def refused_in_little_memory(content: bytes, refusal: Callable[[bytes], T]) -> T:
    """What `refusal` says, and fails where a quarter of what the bomb holds was ever in memory."""
    assert len(content) < UNPACKED / 100
    tracemalloc.start()
    try:
        found = refusal(content)
        assert tracemalloc.get_traced_memory()[1] < UNPACKED / 4
    finally:
        tracemalloc.stop()
    return found
