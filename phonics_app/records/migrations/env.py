"""Run by Alembic: migrates on the connection that `records.migrate` holds, inside its transaction."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from phonics_app.records.schema import Instant, metadata


def _render(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    # A revision must not change when the code does, so our own type is written as what it is in the database.
    return "sa.String(32)" if kind == "type" and isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
