"""Files with pupils' records or secrets: for the account alone under which they are made, whatever its umask."""

from __future__ import annotations

import os
import stat
from pathlib import Path

OWNER = 0o600


def open_private(path: Path, flags: int = os.O_EXCL, mode: int = OWNER) -> int:
    """A descriptor to write to; `flags` beside those: O_EXCL for a new file, O_APPEND or O_TRUNC for any.

    One that is there keeps the rights that it has.
    """
    return os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | flags, mode)


def write_private(target: Path, content: bytes) -> None:
    """The file whole or not at all. What is replaced was perhaps closed further: then so is what takes its place."""
    mode = OWNER & (stat.S_IMODE(target.stat().st_mode) if target.exists() else OWNER)
    partial = target.with_name(f"{target.name}.partial")
    # What an earlier run has left may be open to others.
    partial.unlink(missing_ok=True)
    try:
        with os.fdopen(open_private(partial, mode=mode), "wb") as file:
            file.write(content)
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
