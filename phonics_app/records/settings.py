"""Settings of the site: one JSON value under each name."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from phonics_app.records.schema import setting


def get_setting(connection: Connection, name: str) -> object:
    """The value, or None where it was never set."""
    return connection.scalar(select(setting.c.value).where(setting.c.name == name))


def set_setting(connection: Connection, name: str, value: object) -> None:
    changed = connection.execute(update(setting).where(setting.c.name == name).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(setting).values(name=name, value=value))
