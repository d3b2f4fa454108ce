"""Looking into the item bank: search, one item with all that is known of it, how often it was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection

from phonics_app.content.bank_rules import word_of
from phonics_app.content.item_cells import ASKED_COLUMNS, cells_of
from phonics_app.content.phonemes import to_ipa
from phonics_app.domain.account import Actor
from phonics_app.domain.bank import Item, ItemStatus
from phonics_app.domain.errors import NotFound
from phonics_app.domain.item_change import ChangeKind, ItemChange, Proposal, open_proposal
from phonics_app.domain.spelling import parts_of, phonemes_of
from phonics_app.domain.strand import Strand, Task
from phonics_app.records import accounts, bank_changes
from phonics_app.records.exposure import blocks_asked, items_asked
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.sittings import stored_plan

__all__ = [
    "HistoryEntry",
    "ItemEntry",
    "ItemPart",
    "ItemSearch",
    "ItemState",
    "ItemView",
    "count_asked",
    "search_items",
    "search_of",
    "view_item",
    "word_asked",
]


class ItemState(Enum):
    """How an item stands. An active one may at the same time have a change that waits."""

    ACTIVE = "active"
    AWAITING = "awaiting"
    """Proposed; another person must review it."""
    SENT_BACK = "sent_back"
    DRAFT = "draft"
    """A draft in the shipped files."""
    RETIRED = "retired"


_STATES = {
    ItemStatus.ACTIVE: ItemState.ACTIVE,
    ItemStatus.DRAFT: ItemState.DRAFT,
    ItemStatus.RETIRED: ItemState.RETIRED,
}


@dataclass(frozen=True, slots=True)
class ItemSearch:
    """What is looked for; what is empty or None does not narrow the search."""

    text: str = ""
    """A part of the word, the key, the id or an option."""
    grapheme: str = ""
    level: int | None = None
    strand: Strand | None = None
    task: Task | None = None
    state: ItemState | None = None


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """An item in force, what is proposed for it, or both."""

    in_force: Item | None
    proposal: Proposal | None

    @property
    def item(self) -> Item:
        """What is in force, else what is proposed."""
        found = self.in_force or (self.proposal.item if self.proposal else None)
        assert found is not None
        return found

    @property
    def states(self) -> tuple[ItemState, ...]:
        own = (_STATES[self.in_force.status],) if self.in_force else ()
        if self.proposal is None:
            return own
        return (*own, ItemState.SENT_BACK if self.proposal.sent_back else ItemState.AWAITING)


@dataclass(frozen=True, slots=True)
class ItemPart:
    """A grapheme of an item with its sound, and the level at which that is taught (None: not in the table)."""

    grapheme: str
    ipa: str
    level: int | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step: `kind` None is the item as shipped, which has neither person nor moment."""

    kind: ChangeKind | None
    by: str
    """Name of the person."""
    at: datetime | None
    since: str
    version: int
    reason: str
    differences: tuple[tuple[str, str, str], ...]
    """Column, before, after."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """All that is known of an item."""

    entry: ItemEntry
    parts: tuple[ItemPart, ...]
    """Of what is proposed, else of what is in force."""
    history: tuple[HistoryEntry, ...]
    """Newest first."""
    asked: int
    """Tests in which it was asked, in any version."""
    seen: str
    """Id of the last change, to be given back with a decision; "" where there is none."""


def search_of(fields: Mapping[str, object]) -> ItemSearch:
    """A search from the codes of its fields; unknown names are left alone, "" and None narrow nothing."""
    strand, task, state = (fields.get(name) for name in ("strand", "task", "state"))
    level = fields.get("level")
    return ItemSearch(
        str(fields.get("text") or ""),
        str(fields.get("grapheme") or ""),
        int(str(level)) if level else None,
        Strand(strand) if strand else None,
        Task(task) if task else None,
        ItemState(state) if state else None,
    )


def search_items(phonics: Phonics, actor: Actor, wanted: ItemSearch) -> tuple[ItemEntry, ...]:
    """By level, strand and id; items that wait for a review stand among the others. SEE_BANK."""
    require(actor, Action.SEE_BANK)
    with phonics.store.read() as connection:
        found = [entry for entry in _entries(phonics, connection) if _fits(entry, wanted)]
    strands = list(Strand)
    return tuple(sorted(found, key=lambda e: (e.item.level, strands.index(e.item.strand), e.item.id)))


def _entries(phonics: Phonics, connection: Connection) -> Iterator[ItemEntry]:
    proposals = {
        item_id: proposal
        for item_id, changes in bank_changes.all_changes(connection).items()
        if (proposal := open_proposal(changes)) is not None
    }
    for item in phonics.content.bank.items:
        yield ItemEntry(item, proposals.pop(item.id, None))
    for proposal in proposals.values():
        yield ItemEntry(None, proposal)


def _fits(entry: ItemEntry, wanted: ItemSearch) -> bool:
    shown = [entry.in_force, entry.proposal.item if entry.proposal else None]
    in_state = wanted.state is None or wanted.state in entry.states
    return in_state and any(item is not None and _is_like(item, wanted) for item in shown)


def _is_like(item: Item, wanted: ItemSearch) -> bool:
    return (
        wanted.level in (None, item.level)
        and wanted.strand in (None, item.strand)
        and wanted.task in (None, item.task)
        and (not wanted.grapheme or wanted.grapheme.strip().lower() in item.graphemes)
        and wanted.text.strip().lower() in _text_of(item)
    )


def _text_of(item: Item) -> str:
    options = (f"{option.value} {option.name}" for option in item.options)
    return "\n".join([item.id, item.stimulus, item.key, *item.accepted, *options]).lower()


def view_item(phonics: Phonics, actor: Actor, item_id: str) -> ItemView:
    """SEE_BANK; `NotFound` "item.unknown"."""
    require(actor, Action.SEE_BANK)
    in_force = next((item for item in phonics.content.bank.items if item.id == item_id), None)
    with phonics.store.read() as connection:
        changes = bank_changes.changes_of(connection, item_id)
        names = {account.id: account.display_name for account in accounts.list_accounts(connection)}
        if in_force is None and not changes:
            raise NotFound("item.unknown", {"id": item_id})
        asked = _asked(connection)[item_id]
    proposal = open_proposal(changes)
    last = changes[-1].item if changes else None
    # A proposal that was withdrawn is shown as it was last: its number must still lead somewhere.
    entry = ItemEntry(in_force or (None if proposal else last), proposal)
    shown = proposal.item if proposal else entry.item
    history = tuple(_history(_shipped(phonics, item_id), changes, names))
    return ItemView(entry, _parts(phonics, shown), history[::-1], asked, changes[-1].id if changes else "")


def _shipped(phonics: Phonics, item_id: str) -> Item | None:
    return next((item for item in phonics.shipped.bank.items if item.id == item_id), None)


def _parts(phonics: Phonics, item: Item) -> tuple[ItemPart, ...]:
    """In tasks by ear there are sounds without graphemes."""
    if not item.graphemes:
        return tuple(ItemPart("", to_ipa([sound]), None) for entry in item.phonemes for sound in phonemes_of(entry))
    parts = zip(parts_of(item), phonics.content.bank.table.rows(item), strict=True)
    return tuple(
        ItemPart(part.grapheme, to_ipa(part.phonemes) if part.phonemes else "", known.level if known else None)
        for part, known in parts
    )


def _history(shipped: Item | None, changes: Sequence[ItemChange], names: Mapping[str, str]) -> Iterator[HistoryEntry]:
    before = shipped
    if shipped:
        yield HistoryEntry(None, "", None, shipped.since, shipped.version, "", ())
    for change in changes:
        differences = _differences(before, change.item) if before else ()
        person = names.get(change.by, change.by)
        item = change.item
        yield HistoryEntry(change.kind, person, change.at, item.since, item.version, change.reason, differences)
        before = change.item


def _differences(before: Item, after: Item) -> tuple[tuple[str, str, str], ...]:
    old, new = cells_of(before), cells_of(after)
    return tuple((column, old[column], new[column]) for column in ASKED_COLUMNS if old[column] != new[column])


def count_asked(phonics: Phonics, actor: Actor) -> Counter[str]:
    """Item → tests in which it was asked, in any version; discarded tests count, since the pupil saw it. SEE_BANK."""
    require(actor, Action.SEE_BANK)
    with phonics.store.read() as connection:
        return _asked(connection)


def _asked(connection: Connection) -> Counter[str]:
    found = items_asked(connection)
    for (plan_hash, block_id, last_item), tests in blocks_asked(connection).items():
        plan = stored_plan(connection, plan_hash)
        items = next((block.items for block in plan.blocks if block.id == block_id), ())
        for item_id in items[: items.index(last_item) + 1 if last_item in items else 0]:
            found[item_id] += tests
    return found


def word_asked(item: Item) -> str:
    """The word or grapheme that an item is about, for a heading; its key where there is none."""
    return item.stimulus or word_of(item) or item.key
