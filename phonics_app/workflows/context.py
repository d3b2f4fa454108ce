"""What every use case needs: the store, the content, a clock and a source of ids."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from phonics_app.content import Content, load_content
from phonics_app.records import Store, open_store
from phonics_app.records.store import sqlite_url
from phonics_app.workflows.content_in_force import ContentInForce


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are. Read from `PHONICS_DATA_DIR`, `PHONICS_DATABASE_URL` and `PHONICS_BACKUP_…`."""

    data_dir: Path
    database_url: str
    content_dir: Path
    """Folder that holds `item_bank/` and `rubrics/`."""
    backup_dir: Path | None = None
    """None: `backups` in the data folder."""
    backup_key_file: Path | None = None
    backup_passphrase: str = field(default="", repr=False)
    """By either of them backups are encrypted that the app makes by itself; the file comes first."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        root = Path(__file__).resolve().parents[2]
        data_dir = Path(environment.get("PHONICS_DATA_DIR") or root / "data").expanduser().absolute()
        url = environment.get("PHONICS_DATABASE_URL") or sqlite_url(data_dir / "phonics.db")
        backups, key = environment.get("PHONICS_BACKUP_DIR"), environment.get("PHONICS_BACKUP_KEY_FILE")
        return cls(
            data_dir,
            url,
            root,
            Path(backups).expanduser().absolute() if backups else None,
            Path(key).expanduser().absolute() if key else None,
            environment.get("PHONICS_BACKUP_PASSPHRASE", ""),
        )


def new_id() -> str:
    return uuid.uuid4().hex


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Phonics:
    """The running product. Immutable; one per process."""

    settings: Settings
    store: Store
    shipped: Content
    """As the files have it."""
    now: Callable[[], datetime] = field(default=utc_now)
    """UTC, timezone-aware."""
    new_id: Callable[[], str] = field(default=new_id)
    _in_force: ContentInForce = field(default_factory=ContentInForce, init=False, repr=False, compare=False)

    @property
    def content(self) -> Content:
        """The shipped content with what this site has activated and calibrated, whichever process did so."""
        return self._in_force.of(self.shipped, self.store)

    @property
    def uncalibrated(self) -> Content:
        """The same without a calibration: each item with the difficulty that it was written with."""
        return self._in_force.uncalibrated(self.shipped, self.store)


def open_phonics(settings: Settings | None = None) -> Phonics:
    """Opens (and where needed creates or upgrades) the database and loads the content.

    Raises `PhonicsError` with codes `database.*` or `ProblemsFound` for broken content.
    """
    settings = settings or Settings.from_environment()
    store = open_store(settings.database_url, backups=settings.data_dir / "backups")
    return Phonics(settings, store, load_content(settings.content_dir))
