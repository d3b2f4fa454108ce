"""Alembic revisions of the database, applied by `records.migrate`."""
