"""Items to Excel or CSV and back: what comes back is proposed, and reviewed like everything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from phonics_app.content.bank_items import COLUMNS, read_item
from phonics_app.content.item_cells import ASKED_COLUMNS, cells_of
from phonics_app.content.tables import Row
from phonics_app.domain.account import Actor
from phonics_app.domain.bank import Item, ItemStatus
from phonics_app.domain.errors import Conflict, Place, Problem, ProblemsFound
from phonics_app.domain.item_change import is_site_item_id
from phonics_app.domain.roster import Change
from phonics_app.records import audit
from phonics_app.records.item_sheet import ItemSheet, read_item_sheet
from phonics_app.reports.item_table import items_csv, items_excel
from phonics_app.workflows.bank_editor import LATER, check_items, store_proposals
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.item_bank import ItemEntry, ItemSearch, search_items, word_asked
from phonics_app.workflows.permissions import Action, require

__all__ = ["Change", "ItemsPreview", "ItemsRow", "commit_items", "export_items", "preview_items"]

NEEDED = ("id", *ASKED_COLUMNS)
FORMATS = (ExportFormat.EXCEL, ExportFormat.CSV)


@dataclass(frozen=True, slots=True)
class ItemsRow:
    """A row of the file: what it would do. `item.id` is empty for an item that gets its id when it is proposed."""

    row: int
    change: Change
    item: Item
    differences: tuple[str, ...]
    """Columns that differ from what is in force, or proposed."""

    @property
    def word(self) -> str:
        return word_asked(self.item)


@dataclass(frozen=True, slots=True)
class ItemsPreview:
    """What an import would do; nothing is stored yet."""

    file: str
    rows: tuple[ItemsRow, ...]
    problems: tuple[Problem, ...]

    @property
    def ready(self) -> bool:
        """Something to propose, and no error."""
        errors = any(not problem.warning for problem in self.problems)
        return not errors and any(row.change is not Change.UNCHANGED for row in self.rows)


def export_items(phonics: Phonics, actor: Actor, wanted: ItemSearch, *, format: ExportFormat) -> bytes:
    """What `search_items` finds, as Excel or CSV with the headers of the item bank. SEE_BANK.

    Of an item in force its row is that, though a change of it may be proposed. Difficulties are those that items were
    written with: what a calibration has found belongs to this site and may be withdrawn.
    """
    found = [cells_of(entry.item) for entry in _entries(phonics, actor, wanted)]
    with phonics.store.write() as connection:
        told = {"format": format.value, "items": len(found)}
        audit.record(connection, phonics.now(), actor.account_id, "export.items", "", **told)
    if format is ExportFormat.EXCEL:
        return items_excel(COLUMNS, [[cells[c] for c in COLUMNS] for cells in found])
    return items_csv(COLUMNS, [[cells[c] for c in COLUMNS] for cells in found])


def _entries(phonics: Phonics, actor: Actor, wanted: ItemSearch) -> list[ItemEntry]:
    """Found items as they were written: a file means the same before and after a calibration."""
    written = {item.id: item for item in phonics.uncalibrated.bank.items}
    found = search_items(phonics, actor, wanted)
    return [replace(entry, in_force=written[entry.item.id]) if entry.in_force else entry for entry in found]


def preview_items(phonics: Phonics, actor: Actor, filename: str, content: bytes) -> ItemsPreview:
    """Reads a table of items and compares it with the bank and its proposals; stores nothing. PROPOSE_ITEMS.

    `ProblemsFound` where there is no table of items in the file. An empty id is a new item.
    """
    require(actor, Action.PROPOSE_ITEMS)
    sheet = read_item_sheet(filename, content, COLUMNS, NEEDED)
    if not sheet.complete:
        return ItemsPreview(filename, (), sheet.problems)
    entries = _entries(phonics, actor, ItemSearch())
    read = _read(sheet)
    rows = _compare(entries, read.items)
    problems = (*sheet.problems, *_problems(phonics, sheet, entries, read, rows))
    return ItemsPreview(filename, rows, problems)


@dataclass(frozen=True, slots=True)
class _Read:
    """Rows of a sheet as items, those that could be read, and all rows as the rules take them."""

    rows: tuple[Row, ...]
    items: tuple[tuple[int, Item], ...]
    problems: tuple[Problem, ...]


def _read(sheet: ItemSheet) -> _Read:
    """The rules want an id in each row; new items get one that none has."""
    kept = {"status": ItemStatus.DRAFT.value, "version": "1", "since": LATER}
    rows = tuple(Row(sheet.file, n, {**cells, **kept, "id": cells["id"] or f"#{n}"}) for n, cells in sheet.rows)
    problems: list[Problem] = []
    items = tuple((row.number, item) for row in rows if (item := read_item(row, problems)) is not None)
    return _Read(rows, items, tuple(problems))


def _compare(entries: Iterable[ItemEntry], read: Sequence[tuple[int, Item]]) -> tuple[ItemsRow, ...]:
    known = {entry.item.id: entry for entry in entries}
    in_use = (item for entry in known.values() for item in _shown(entry) if item.status is not ItemStatus.RETIRED)
    asked = {_asked(item) for item in in_use}
    return tuple(_row(known, asked, number, item) for number, item in read)


def _row(known: Mapping[str, ItemEntry], asked: set[Item], number: int, item: Item) -> ItemsRow:
    new = item.id.startswith("#")
    item = replace(item, id="") if new else item
    if item.id not in known:
        change = Change.UNCHANGED if new and _asked(item) in asked else Change.NEW
        return ItemsRow(number, change, item, ())
    shown = _shown(known[item.id])
    if any(_asked(item) == _asked(each) for each in shown):
        return ItemsRow(number, Change.UNCHANGED, item, ())
    before, after = cells_of(shown[-1]), cells_of(item)
    return ItemsRow(number, Change.CHANGED, item, tuple(c for c in ASKED_COLUMNS if before[c] != after[c]))


def _shown(entry: ItemEntry) -> tuple[Item, ...]:
    """What is in force and what is proposed, of what there is."""
    proposed = entry.proposal.item if entry.proposal else None
    return tuple(item for item in (entry.in_force, proposed) if item is not None)


def _asked(item: Item) -> Item:
    """The item without what the editor keeps, so that equal questions are equal."""
    return replace(item, id="", status=ItemStatus.DRAFT, version=0, since="")


def _problems(
    phonics: Phonics, sheet: ItemSheet, entries: Iterable[ItemEntry], read: _Read, rows: Sequence[ItemsRow]
) -> tuple[Problem, ...]:
    """Only what would be proposed is held against the rules; what stays as it is was checked long ago."""
    changing = {row.row for row in rows if row.change is not Change.UNCHANGED}
    found = [*read.problems, *check_items(phonics, [row for row in read.rows if row.number in changing]).problems]
    # A cell that Excel has made a date is told as that; that nothing of it is left goes without saying.
    lost = {(problem.place.row, problem.place.column) for problem in sheet.problems}
    found = [p for p in found if p.code != "content.empty" or (p.place.row, p.place.column) not in lost]
    states = {entry.item.id: entry.in_force.status.value for entry in entries if entry.in_force}
    known = {entry.item.id for entry in entries}
    for number, cells in sheet.rows:
        place = Place(file=sheet.file, row=number, column="id")
        if cells["id"] and cells["id"] not in known and not is_site_item_id(cells["id"]):
            found.append(Problem("items.id_unknown", place, cells["id"]))
        state = states.get(cells["id"], cells["status"])
        if cells["status"] not in ("", state):
            problem = Problem("items.state_kept", replace(place, column="status"), cells["status"], state, warning=True)
            found.append(problem)
    return tuple(replace(p, place=replace(p.place, sheet=sheet.sheet)) for p in dict.fromkeys(found))


def commit_items(phonics: Phonics, actor: Actor, preview: ItemsPreview) -> int:
    """Proposes what is new or changed; returns how many. The same file again proposes nothing. PROPOSE_ITEMS.

    `ProblemsFound` if the preview is not ready; `Conflict` "items.stale" if the bank has changed since.
    """
    require(actor, Action.PROPOSE_ITEMS)
    if not preview.ready:
        raise ProblemsFound([p for p in preview.problems if not p.warning])
    with phonics.store.write() as connection:
        entries = _entries(phonics, actor, ItemSearch())
        if _compare(entries, [(row.row, _with_mark(row)) for row in preview.rows]) != preview.rows:
            raise Conflict("items.stale")
        changing = [row.item for row in preview.rows if row.change is not Change.UNCHANGED]
        store_proposals(phonics, connection, actor.account_id, changing)
        audit.record(connection, phonics.now(), actor.account_id, "items.imported", "", items=len(changing))
    return len(changing)


def _with_mark(row: ItemsRow) -> Item:
    return row.item if row.item.id else replace(row.item, id=f"#{row.row}")
