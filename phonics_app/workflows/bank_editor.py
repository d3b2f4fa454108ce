"""Changing the item bank at this site: propose, review, activate, retire. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from phonics_app.content.bank_items import COLUMNS
from phonics_app.content.item_cells import cells_of
from phonics_app.content.item_check import CheckedRows, ItemRules, check_rows, coverage_lost, load_rules
from phonics_app.content.tables import Row
from phonics_app.domain.account import Actor
from phonics_app.domain.bank import Difficulty, DifficultySource, Item, ItemStatus
from phonics_app.domain.errors import Conflict, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.item_change import ChangeKind, ItemChange, Proposal, open_proposal
from phonics_app.records import audit, bank_changes
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today

REASON_LENGTH = 2000
_OF_JUDGEMENT = 0.5
"""Standard error of experts' estimates at most, logits."""
_FORM = "form"
_PROMPTS = ("prompt_th", "prompt_en")
_NOT_YET = "…"
LATER = "2000-01-01"
"""Stands for the day from which a draft will be in force."""


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """What a form says so far: the item, or None while it can't be read as one, and all that is wrong."""

    item: Item | None
    problems: tuple[Problem, ...]


@lru_cache(maxsize=4)
def rules_of(content_dir: Path) -> ItemRules:
    """Read once a process, as the content is."""
    return load_rules(content_dir / "item_bank")


def check_items(phonics: Phonics, rows: Sequence[Row], in_force: Sequence[Item] | None = None) -> CheckedRows:
    """Rows of items against the bank in force."""
    items = phonics.content.bank.items if in_force is None else in_force
    return check_rows(rules_of(phonics.settings.content_dir), items, rows)


def check_form(phonics: Phonics, actor: Actor, cells: Mapping[str, str], item_id: str = "") -> CheckedForm:
    """All that is wrong with an item as it is being written; problems name the field as their column. PROPOSE_ITEMS."""
    require(actor, Action.PROPOSE_ITEMS)
    return _checked(phonics, cells, item_id or "X")


def _checked(phonics: Phonics, cells: Mapping[str, str], item_id: str) -> CheckedForm:
    kept = {"id": item_id, "status": ItemStatus.DRAFT.value, "version": "1", "since": LATER}
    written = {column: cells.get(column, "").strip() for column in COLUMNS}
    # What is said is often written last; until then the other rules are told already.
    silent = {column: _NOT_YET for column in _PROMPTS if not written[column]}
    found = check_items(phonics, [Row(_FORM, 1, written | silent | kept)])
    problems = [Problem("content.empty", Place(column=column)) for column in silent]
    problems += (replace(p, place=Place(column=p.place.column)) for p in found.problems)
    return CheckedForm(found.items[0][1] if found.items else None, tuple(problems))


def propose_item(
    phonics: Phonics, actor: Actor, cells: Mapping[str, str], item_id: str = "", seen: str | None = None
) -> ItemChange:
    """Proposes a new item, or (with `item_id`) a change of one; an open proposal is replaced. PROPOSE_ITEMS.

    `cells`: texts by column of `item_bank/items/*.csv`. `seen`: id of the last change that the person saw, "" if
    there was none; None where nothing particular was looked at.
    `ProblemsFound` with every rule that is broken; `NotFound` "item.unknown"; `Conflict` "item.changed".
    """
    require(actor, Action.PROPOSE_ITEMS)
    checked = _checked(phonics, cells, item_id or "X")
    errors = [problem for problem in checked.problems if not problem.warning]
    if errors or checked.item is None:
        raise ProblemsFound(errors)
    with phonics.store.write() as connection:
        if item_id:
            _refuse_outdated(_changes(phonics, connection, item_id), seen)
        return store_proposals(phonics, connection, actor.account_id, [replace(checked.item, id=item_id)])[0]


def store_proposals(phonics: Phonics, connection: Connection, by: str, items: Sequence[Item]) -> list[ItemChange]:
    """Adds proposals of items that keep the rules; those without an id are new and get one."""
    ids = iter(bank_changes.new_item_ids(connection, sum(not i.id for i in items), phonics.new_id()))
    in_force = {item.id: item for item in phonics.uncalibrated.bank.items}
    changes = []
    for item in items:
        item_id = item.id or next(ids)
        version = in_force[item_id].version + 1 if item_id in in_force else 1
        difficulty = _own_difficulty(phonics, item, in_force.get(item_id))
        draft = replace(item, id=item_id, status=ItemStatus.DRAFT, version=version, since="", difficulty=difficulty)
        changes.append(_change(phonics, by, ChangeKind.PROPOSED, draft))
    bank_changes.insert_changes(connection, changes)
    for change in changes:
        _note(phonics, connection, change)
    return changes


def _own_difficulty(phonics: Phonics, item: Item, written: Item | None) -> Difficulty:
    """What a calibration has found holds for the item as it was answered, not for what is made of it now: left as it
    was, it gives way to the difficulty that the item was `written` with. On anything else it is somebody's judgement,
    no surer than others."""
    if item.difficulty.source is not DifficultySource.CALIBRATED:
        return item.difficulty
    if written is not None and item.difficulty == phonics.content.bank.item(item.id).difficulty:
        return written.difficulty
    error = max(item.difficulty.standard_error, _OF_JUDGEMENT)
    return Difficulty(item.difficulty.value, error, DifficultySource.EXPERT)


def activate_item(phonics: Phonics, actor: Actor, item_id: str, seen: str | None = None) -> ItemChange:
    """Puts what another person has proposed in force: from now on it is in new tests. REVIEW_ITEMS.

    The rules are asked again, because the bank may have changed. `Conflict` "item.own_proposal",
    "item.nothing_proposed", "item.sent_back" or "item.changed"; `ProblemsFound`.
    """
    require(actor, Action.REVIEW_ITEMS)
    with phonics.store.write() as connection:
        changes = _changes(phonics, connection, item_id)
        _refuse_outdated(changes, seen)
        proposal = _to_be_reviewed(actor, changes)
        item = replace(proposal.item, status=ItemStatus.ACTIVE, since=today(phonics).isoformat())
        _refuse_faults(phonics, item)
        return _add(phonics, connection, actor, ChangeKind.ACTIVATED, item)


def send_back_item(phonics: Phonics, actor: Actor, item_id: str, reason: str, seen: str | None = None) -> ItemChange:
    """Tells the proposer what to mend. REVIEW_ITEMS; conflicts as for `activate_item`; the reason is needed."""
    require(actor, Action.REVIEW_ITEMS)
    _check_reason(reason)
    with phonics.store.write() as connection:
        changes = _changes(phonics, connection, item_id)
        _refuse_outdated(changes, seen)
        proposal = _to_be_reviewed(actor, changes)
        return _add(phonics, connection, actor, ChangeKind.SENT_BACK, proposal.item, reason)


def withdraw_item(phonics: Phonics, actor: Actor, item_id: str) -> ItemChange:
    """Takes one's own proposal back; its id is never used again. PROPOSE_ITEMS; `Conflict` "item.other_proposal"."""
    require(actor, Action.PROPOSE_ITEMS)
    with phonics.store.write() as connection:
        proposal = _proposal(_changes(phonics, connection, item_id))
        if actor.account_id not in proposal.authors:
            raise Conflict("item.other_proposal", {"id": item_id})
        return _add(phonics, connection, actor, ChangeKind.WITHDRAWN, proposal.item)


def retire_item(phonics: Phonics, actor: Actor, item_id: str, reason: str) -> ItemChange:
    """Takes an active item out of new tests; it stays in the bank. RETIRE_ITEMS.

    `Conflict` "item.not_active"; `ProblemsFound` without a reason, or where the bank would lack items then.
    """
    require(actor, Action.RETIRE_ITEMS)
    _check_reason(reason)
    with phonics.store.write() as connection:
        item = _in_force(phonics, item_id, ItemStatus.ACTIVE, "item.not_active")
        retired = replace(item, status=ItemStatus.RETIRED)
        _refuse_errors(_lost_by(phonics, retired))
        return _add(phonics, connection, actor, ChangeKind.RETIRED, retired, reason)


def restore_item(phonics: Phonics, actor: Actor, item_id: str, reason: str = "") -> ItemChange:
    """Puts a retired item back in force, if it still keeps the rules. RETIRE_ITEMS; `Conflict` "item.not_retired"."""
    require(actor, Action.RETIRE_ITEMS)
    with phonics.store.write() as connection:
        item = _in_force(phonics, item_id, ItemStatus.RETIRED, "item.not_retired")
        restored = replace(item, status=ItemStatus.ACTIVE)
        _refuse_faults(phonics, restored)
        return _add(phonics, connection, actor, ChangeKind.RESTORED, restored, reason)


def _in_force(phonics: Phonics, item_id: str, status: ItemStatus, otherwise: str) -> Item:
    """Without a calibration: what is stored must not keep a difficulty that may be withdrawn."""
    item = next((item for item in phonics.uncalibrated.bank.items if item.id == item_id), None)
    if item is None:
        raise NotFound("item.unknown", {"id": item_id})
    if item.status is not status:
        raise Conflict(otherwise, {"id": item_id})
    return item


def _changes(phonics: Phonics, connection: Connection, item_id: str) -> tuple[ItemChange, ...]:
    """The changes of an item that there is."""
    changes = bank_changes.changes_of(connection, item_id)
    if not changes and all(item.id != item_id for item in phonics.content.bank.items):
        raise NotFound("item.unknown", {"id": item_id})
    return changes


def _refuse_outdated(changes: Sequence[ItemChange], seen: str | None) -> None:
    """What the person looked at must still be the last word."""
    if seen is not None and seen != (changes[-1].id if changes else ""):
        raise Conflict("item.changed")


def _proposal(changes: Sequence[ItemChange]) -> Proposal:
    proposal = open_proposal(changes)
    if proposal is None:
        raise Conflict("item.nothing_proposed")
    return proposal


def _to_be_reviewed(actor: Actor, changes: Sequence[ItemChange]) -> Proposal:
    proposal = _proposal(changes)
    if proposal.sent_back:
        raise Conflict("item.sent_back")
    if actor.account_id in proposal.authors:
        raise Conflict("item.own_proposal")
    return proposal


def _refuse_faults(phonics: Phonics, item: Item) -> None:
    """The item itself, and what the bank would lack if it left its present level."""
    found = check_items(phonics, [Row(_FORM, 1, cells_of(item))]).problems
    _refuse_errors((*found, *_lost_by(phonics, item)))


def _lost_by(phonics: Phonics, item: Item) -> tuple[Problem, ...]:
    before = phonics.content.bank.items
    after = [*(each for each in before if each.id != item.id), item]
    return tuple(coverage_lost(rules_of(phonics.settings.content_dir), before, after))


def _refuse_errors(problems: Sequence[Problem]) -> None:
    errors = [replace(p, place=Place(column=p.place.column)) for p in problems if not p.warning]
    if errors:
        raise ProblemsFound(errors)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ProblemsFound([Problem("item.reason_missing")])
    if len(reason) > REASON_LENGTH:
        raise ProblemsFound([Problem("input.too_long", value=reason[:50], expected=str(REASON_LENGTH))])


def _change(phonics: Phonics, by: str, kind: ChangeKind, item: Item, reason: str = "") -> ItemChange:
    return ItemChange(phonics.new_id(), kind, item, reason.strip(), by, phonics.now())


def _add(
    phonics: Phonics, connection: Connection, actor: Actor, kind: ChangeKind, item: Item, reason: str = ""
) -> ItemChange:
    change = _change(phonics, actor.account_id, kind, item, reason)
    bank_changes.insert_changes(connection, [change])
    _note(phonics, connection, change)
    return change


def _note(phonics: Phonics, connection: Connection, change: ItemChange) -> None:
    action = f"item.{change.kind.value}"
    audit.record(connection, change.at, change.by, action, change.item_id, version=change.item.version)
