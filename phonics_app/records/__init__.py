"""The database: schema, migrations, repositories, spreadsheets in, backup."""

from phonics_app.records.store import Store, open_store

__all__ = ["Store", "open_store"]
