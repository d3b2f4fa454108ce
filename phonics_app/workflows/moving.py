"""Moving a site from a file to a database server, or back: one command for whoever looks after the machine."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import make_url

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import PhonicsError
from phonics_app.records import audit, open_store
from phonics_app.records.copying import copy_rows
from phonics_app.records.faults import database_name
from phonics_app.records.store import same_database
from phonics_app.workflows.context import Settings, utc_now


def copy_site(settings: Settings, target: str, told: Callable[[float], None] = lambda share: None) -> dict[str, int]:
    """Copies every row of the site's database into the empty one at the address `target`; table → rows.

    Both are brought up to date first. The site's own database stays as it is; people should not work with it
    meanwhile, since what they do after the beginning is not copied. `PhonicsError` "copy.same", "copy.not_empty",
    "copy.incomplete" or `database.*`: nothing is in the target then.
    """
    if same_database(settings.database_url, target):
        raise PhonicsError("copy.same", {"path": database_name(make_url(target))})
    backups = settings.data_dir / "backups"
    source = open_store(settings.database_url, backups=backups)
    try:
        other = open_store(target, backups=backups)
        try:
            copied = copy_rows(source, other, told)
            with other.write() as connection:
                audit.record(connection, utc_now(), SYSTEM.account_id, "site.copied", "", rows=sum(copied.values()))
        finally:
            other.close()
    finally:
        source.close()
    return copied
