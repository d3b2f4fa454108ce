"""The database: schema, migrations, repositories, spreadsheets in, backup."""

from __future__ import annotations


class Store:
    """A database with its repositories."""


def open_store(url: str) -> Store:
    """Opens the database, creating or upgrading it by migrations."""
    raise NotImplementedError
