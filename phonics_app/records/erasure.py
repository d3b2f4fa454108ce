"""Deleting all that is held on pupils, and the list that has them deleted again when an older copy is put back."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Connection, delete, select

from phonics_app.records.erased_figures import Group, keep, standings
from phonics_app.records.merged import with_merged
from phonics_app.records.private_files import open_private
from phonics_app.records.pupil_data import holdings, is_about
from phonics_app.records.schema import pupil

LIST_NAME, KEY_NAME = "erased-pupils.txt", "erased-pupils.key"
BLOCK = 200
"""Pupils in one transaction: between two, others may write."""


def erase_block(connection: Connection, pupil_ids: Sequence[str], kept: frozenset[Group]) -> dict[str, int]:
    """Deletes every row about these pupils, keeps their figures where `kept` has the group; rows deleted by table."""
    keep(connection, standings(connection, pupil_ids), kept)
    pupil_ids = with_merged(connection, pupil_ids)
    gone: dict[str, int] = {}
    # Those that refer to others first.
    for holding in reversed(holdings()):
        gone[holding.table.name] = connection.execute(
            delete(holding.table).where(is_about(holding, pupil_ids))
        ).rowcount
    return {name: count for name, count in gone.items() if count}


def note_erased(data_dir: Path, pupil_ids: Iterable[str]) -> None:
    """Adds pupils to the list, on the disk when this returns. Only keyed hashes stand in it."""
    key = _key(data_dir, make=True)
    # On lines of their own, even where a full disk has left half a line before.
    lines = "".join(f"\n{_hash(key, pupil_id)}\n" for pupil_id in pupil_ids)
    with open(open_private(data_dir / LIST_NAME, os.O_APPEND), "a", encoding="ascii") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def erased_before(connection: Connection, data_dir: Path) -> list[str]:
    """Ids of pupils who stand in the database although they are on the list."""
    return listed_as_erased(data_dir, connection.scalars(select(pupil.c.id)))


def listed_as_erased(data_dir: Path, pupil_ids: Iterable[str]) -> list[str]:
    """Those of these ids that are on the list."""
    key = _key(data_dir, make=False)
    if not key or not (data_dir / LIST_NAME).is_file():
        return []
    listed = set((data_dir / LIST_NAME).read_text(encoding="ascii").split())
    return [pupil_id for pupil_id in pupil_ids if _hash(key, pupil_id) in listed]


def _hash(key: bytes, pupil_id: str) -> str:
    return hmac.new(key, pupil_id.encode("utf-8"), hashlib.sha256).hexdigest()


def _key(data_dir: Path, make: bool) -> bytes:
    path = data_dir / KEY_NAME
    # One without anything in it is what a full disk has left; nothing was listed under it.
    if not path.is_file() or not path.stat().st_size:
        if not make:
            return b""
        data_dir.mkdir(parents=True, exist_ok=True)
        with open(open_private(path, os.O_TRUNC), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
