"""Records of a school as tables: what may be taken out, by whom; each written into the audit."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import NotFound
from phonics_app.domain.export import ExportRow, ExportScope, TableKind
from phonics_app.domain.school import School
from phonics_app.locales import translator
from phonics_app.records import audit, schools
from phonics_app.records.export_rows import class_list_order, count_rows, export_rows
from phonics_app.reports.export_columns import TITLES
from phonics_app.reports.export_file import ExportLook, HeaderStyle, write_export_csv, write_export_excel
from phonics_app.reports.labels import class_label
from phonics_app.reports.typesetting import long_date
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.permissions import Action, allows, require, rooms_in_view
from phonics_app.workflows.rounds import today
from phonics_app.workflows.setup import SiteState, site_state

__all__ = ["ExportFormat", "HeaderStyle", "TableKind", "export_table", "tables_for"]

Progress = Callable[[float], object]
_TELL_EVERY = 200


def right_for(kind: TableKind) -> Action:
    """What one must be allowed to do at the school to take the table out: but for O-NET, all of them name children."""
    return Action.SEE_DASHBOARD if kind is TableKind.ONET else Action.SEE_PUPILS


def tables_for(phonics: Phonics, actor: Actor, school_id: str, year: int) -> dict[TableKind, int]:
    """The tables that the actor may take out of that school and year, and of how many records. SEE_PUPILS or
    SEE_DASHBOARD: whoever has neither is refused. Of a teacher of single rooms: of these alone."""
    allowed = [kind for kind in TableKind if allows(actor, right_for(kind), school_id)]
    if not allowed:
        require(actor, Action.SEE_PUPILS, school_id)
    with phonics.store.read() as connection:
        return {kind: count_rows(connection, kind, _scope(actor, kind, school_id, year)) for kind in allowed}


def _scope(actor: Actor, kind: TableKind, school_id: str, year: int) -> ExportScope:
    """Narrowed to the rooms of a teacher who holds single ones. `NotAllowed` without the right."""
    if kind is TableKind.ONET:
        require(actor, right_for(kind), school_id)
        return ExportScope(school_id, year)
    return ExportScope(school_id, year, rooms_in_view(actor, right_for(kind), school_id))


def export_table(
    phonics: Phonics,
    actor: Actor,
    kind: TableKind,
    school_id: str,
    year: int,
    *,
    format: ExportFormat,
    style: HeaderStyle = HeaderStyle.WORDS,
    language: str = "th",
    progress: Progress = lambda share: None,
) -> bytes:
    """The table as CSV or Excel. SEE_PUPILS, of single rooms in these alone; SEE_DASHBOARD for O-NET. `progress`:
    share of the records written."""
    file, scope = io.BytesIO(), _scope(actor, kind, school_id, year)
    write = write_export_excel if format is ExportFormat.EXCEL else write_export_csv
    simulated = site_state(phonics) is SiteState.DEMONSTRATION
    with phonics.store.read() as connection:
        look = ExportLook(style, language, _facts(phonics, connection, kind, scope, language, simulated))
        count = _Count()
        write(file, kind, count.of(_told(connection, kind, scope, progress)), look)
    with phonics.store.write() as connection:
        data: dict[str, object] = {"table": kind.value, "format": format.value, "year": year, "rows": count.rows}
        data |= {} if scope.rooms is None else {"rooms": [f"{one.grade.value}/{one.room}" for one in scope.rooms]}
        audit.record(connection, phonics.now(), actor.account_id, "export.table", school_id, **data)
    return file.getvalue()


class _Count:
    """Counts rows as they go by."""

    rows = 0

    def of(self, rows: Iterator[ExportRow]) -> Iterator[ExportRow]:
        for row in rows:
            self.rows += 1
            yield row


def _told(connection: Connection, kind: TableKind, scope: ExportScope, progress: Progress) -> Iterator[ExportRow]:
    """Every row; class lists (a school's, hence short) in the order of classes."""
    total = count_rows(connection, kind, scope)
    found = export_rows(connection, kind, scope)
    if kind is TableKind.CLASS_LISTS:
        found = iter(sorted(found, key=lambda rows: class_list_order(rows[0])))
    for done, rows in enumerate(found):
        if done % _TELL_EVERY == 0:
            progress(min(done / max(total, 1), 1.0))
        yield from rows
    progress(1.0)


def _facts(
    phonics: Phonics, connection: Connection, kind: TableKind, scope: ExportScope, language: str, simulated: bool
) -> tuple[tuple[str, str], ...]:
    _ = translator(language)
    facts: tuple[tuple[str, str], ...] = (
        (_("Table"), _(TITLES[kind])),
        (_("School"), _school(connection, scope.school_id).name.in_language(language)),
        (_("Academic year"), str(scope.year)),
        (_("Made on"), long_date(today(phonics), language)),
    )
    if scope.rooms is not None:
        named = [class_label(one.grade, one.room, language) for one in scope.rooms]
        facts = (*facts, (_("Room"), ", ".join(named)))
    return (*facts, (_("Data"), _("Simulated data"))) if simulated else facts


def _school(connection: Connection, school_id: str) -> School:
    found = schools.find_school(connection, school_id)
    if found is None:
        raise NotFound("school.unknown", {"id": school_id})
    return found
