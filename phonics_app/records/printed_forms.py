"""Fixed forms that were printed, by the code on their sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from phonics_app.records import schema

_table = schema.printed_form.c


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """`form_id` with levels and letter: "level-check-3-A"."""

    code: str
    form_id: str
    plan_hash: str
    printed_at: datetime


def save_printed_form(connection: Connection, form: PrintedForm) -> None:
    """In place of what was printed with that code before: the same items, perhaps with newer difficulties."""
    connection.execute(delete(schema.printed_form).where(_table.code == form.code))
    row = {
        "code": form.code,
        "form_id": form.form_id,
        "plan_hash": form.plan_hash,
        "printed_at": form.printed_at,
    }
    connection.execute(insert(schema.printed_form).values(row))


def find_printed_form(connection: Connection, code: str) -> PrintedForm | None:
    row = connection.execute(select(schema.printed_form).where(_table.code == code)).one_or_none()
    return None if row is None else PrintedForm(*row)


def printed_forms(connection: Connection) -> tuple[PrintedForm, ...]:
    """Newest first."""
    rows = connection.execute(select(schema.printed_form).order_by(_table.printed_at.desc(), _table.code))
    return tuple(PrintedForm(*row) for row in rows)
