"""Commands of the item bank: look, review, retire."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.codec import encode
from phonics_app.domain.strand import Strand, Task

if TYPE_CHECKING:
    from phonics_app.domain.account import Actor
    from phonics_app.domain.item_change import ItemChange
    from phonics_app.workflows.context import Phonics
    from phonics_app.workflows.item_bank import HistoryEntry, ItemEntry

_STATES = ("active", "awaiting", "sent_back", "draft", "retired")


def add_commands(commands: Commands) -> None:
    """list-items, show-item, activate-item, send-back-item, withdraw-item, retire-item, restore-item."""
    _ = commands.translate
    parser = commands.add("list-items", list_items, _("search the item bank"), "--grapheme ai --level 7 --state active")
    add_search(parser, commands)
    parser = commands.add("show-item", show_item, _("one item with its history"), "WR-0226")
    _add_item(parser, commands)
    _add_decisions(commands)


def add_search(parser: argparse.ArgumentParser, commands: Commands) -> None:
    """What narrows a search of the bank."""
    _ = commands.translate
    parser.add_argument("--text", default="", help=_("a part of the word, the answer or the id"))
    parser.add_argument("--grapheme", default="", help=_("with this grapheme"))
    parser.add_argument("--level", type=int, help=_("of one level only"))
    parser.add_argument("--strand", choices=[strand.value for strand in Strand], help=_("of one strand only"))
    parser.add_argument("--task", choices=[task.value for task in Task], help=_("of one task only"))
    parser.add_argument("--state", choices=_STATES, help=_("only what stands so"))


def _add_decisions(commands: Commands) -> None:
    _ = commands.translate
    parser = commands.add("activate-item", activate, _("put a proposal in force; not one's own"), "X-0a1b2c3d-0001")
    _add_item(parser, commands)
    help = _("send a proposal back, with what should be mended")
    parser = commands.add("send-back-item", send_back, help, 'X-0a1b2c3d-0001 --reason "…"')
    _add_item(parser, commands)
    _add_reason(parser, commands)
    parser = commands.add("withdraw-item", withdraw, _("take one's own proposal back"), "X-0a1b2c3d-0001")
    _add_item(parser, commands)
    parser = commands.add("retire-item", retire, _("take an item out of new tests"), 'WR-0226 --reason "…"')
    _add_item(parser, commands)
    _add_reason(parser, commands)
    parser = commands.add("restore-item", restore, _("put a retired item back in force"), "WR-0226")
    _add_item(parser, commands)


def _add_item(parser: argparse.ArgumentParser, commands: Commands) -> None:
    parser.add_argument("item", help=commands.translate("the item's id, as list-items shows it"))


def _add_reason(parser: argparse.ArgumentParser, commands: Commands) -> None:
    parser.add_argument("--reason", required=True, help=commands.translate("why; it stands in the item's history"))


def list_items(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.item_bank import search_items, search_of

    found = search_items(open_site(), SYSTEM, search_of(vars(options)))
    told = output.translate("Items: {n}").format(n=len(found))
    output.show([_fields(entry) for entry in found], [*(_line(entry) for entry in found), told])
    return 0


def _fields(entry: ItemEntry) -> dict[str, object]:
    return {"item": encode(entry.item), "states": [state.value for state in entry.states]}


def _line(entry: ItemEntry) -> str:
    from phonics_app.workflows.item_bank import word_asked

    item, states = entry.item, ", ".join(state.value for state in entry.states)
    return f"{item.id:<18} {item.level}  {item.task.value:<18} {word_asked(item):<16} {states}".rstrip()


def show_item(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.item_bank import view_item
    from phonics_app.workflows.item_help import cells_of

    _ = output.translate
    view = view_item(open_site(), SYSTEM, options.item)
    proposal = view.entry.proposal
    cells = cells_of(proposal.item if proposal else view.entry.item)
    lines = [f"{column}: {text}" for column, text in cells.items() if text]
    lines += [_("Asked in tests: {n}").format(n=view.asked), _("History:")]
    lines += [_step(entry) for entry in view.history]
    shown = {**_fields(view.entry), "proposal": encode(proposal.item) if proposal else None, "asked": view.asked}
    output.show({**shown, "history": encode(view.history)}, lines)
    return 0


def _step(entry: HistoryEntry) -> str:
    when = f"{entry.at:%Y-%m-%d %H:%M}" if entry.at else entry.since
    what = entry.kind.value if entry.kind else "shipped"
    changed = "; ".join(f"{column}: {old} → {new}" for column, old, new in entry.differences)
    return f"  {when}  {what} v{entry.version}  {entry.by}  {entry.reason}  {changed}".rstrip()


def activate(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.bank_editor import activate_item

    return _decide(output, lambda phonics, actor: activate_item(phonics, actor, options.item))


def send_back(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.bank_editor import send_back_item

    return _decide(output, lambda phonics, actor: send_back_item(phonics, actor, options.item, options.reason))


def withdraw(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.bank_editor import withdraw_item

    return _decide(output, lambda phonics, actor: withdraw_item(phonics, actor, options.item))


def retire(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.bank_editor import retire_item

    return _decide(output, lambda phonics, actor: retire_item(phonics, actor, options.item, options.reason))


def restore(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.bank_editor import restore_item

    return _decide(output, lambda phonics, actor: restore_item(phonics, actor, options.item))


def _decide(output: Output, act: Callable[[Phonics, Actor], ItemChange]) -> int:
    """The command line acts as the system: what it has proposed itself, a person must review."""
    change = act(open_site(), SYSTEM)
    shown = {"item": change.item_id, "change": change.kind.value, "version": change.item.version}
    output.show(shown, [f"{change.item_id}: {change.kind.value}"])
    return 0
