"""The passphrase of backups for which nobody is there to type one: in a file elsewhere, or in the environment."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import PhonicsError
from phonics_app.workflows.context import Phonics, Settings
from phonics_app.workflows.permissions import Action, require

PASSPHRASE_MINIMUM = 10
_LONGEST_FILE = 4096


def backups_encrypted(phonics: Phonics, actor: Actor) -> bool:
    """Whether scheduled backups are encrypted; what is wrong with the key is raised as below. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    return bool(configured_passphrase(phonics.settings))


def configured_passphrase(settings: Settings) -> str:
    """ "" where none is configured.

    "backup.key_missing", "backup.key_inside" (the data folder or that of backups: whoever takes it has both),
    "backup.key_open" (others may read it) or "backup.key_short": then no backup is made, rather than a readable one.
    """
    path = settings.backup_key_file
    if path is None:
        given = settings.backup_passphrase
        return _long_enough(given, "PHONICS_BACKUP_PASSPHRASE") if given else ""
    for folder in (settings.data_dir, settings.backup_dir):
        if folder is not None and path.resolve().is_relative_to(folder.resolve()):
            raise PhonicsError("backup.key_inside", {"path": str(path), "folder": str(folder)})
    return _long_enough(_read(path), str(path))


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            # Windows tells by other means who may read a file.
            if os.name != "nt" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise PhonicsError("backup.key_open", {"path": str(path)})
            return file.read(_LONGEST_FILE).decode("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise PhonicsError("backup.key_missing", {"path": str(path), "reason": str(error)}) from error


def _long_enough(passphrase: str, where: str) -> str:
    if len(passphrase) < PASSPHRASE_MINIMUM:
        raise PhonicsError("backup.key_short", {"path": where, "expected": PASSPHRASE_MINIMUM})
    return passphrase
