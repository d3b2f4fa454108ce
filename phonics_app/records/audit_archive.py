"""Entries of the audit in a file of their own: one JSON list a line, from which the chain can still be verified."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from phonics_app.domain.errors import PhonicsError
from phonics_app.records import audit_chain
from phonics_app.records.private_files import open_private

_TEXT: dict[str, Any] = {"encoding": "utf-8", "errors": "surrogatepass"}
"""An entry is written as it is, also with half a character in it that a broken input has left."""
Entry = tuple[int, datetime, str, str, str, Any, str]


def write_archive(path: Path, start_hash: str, entries: Iterable[Entry]) -> tuple[int, str]:
    """Writes and flushes a new file that only its owner may read, and reads it again; count and last hash.

    The first line holds the hash that the first entry is chained to. `PhonicsError` "audit.archive_differs" where what
    was read is not the chain: then nothing may be taken out.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(open_private(path), "w", **_TEXT) as file:
        file.write(json.dumps({"start": start_hash}) + "\n")
        for key, at, *rest in entries:
            moment = at.astimezone(UTC).isoformat(timespec="microseconds")
            file.write(json.dumps([key, moment, *rest], ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return read_archive(path)


def read_archive(path: Path) -> tuple[int, str]:
    """Count and last hash of an archive; `PhonicsError` "audit.archive_differs" where its chain is broken."""
    count = 0
    with path.open(**_TEXT) as file:
        last = str(json.loads(next(file))["start"])
        for line in file:
            key, at, account_id, action, subject, data, stored = json.loads(line)
            moment = datetime.fromisoformat(at)
            if audit_chain.link(last, key, moment, account_id, action, subject, data) != stored:
                raise PhonicsError("audit.archive_differs", {"path": str(path), "key": key})
            last, count = stored, count + 1
    return count, last
