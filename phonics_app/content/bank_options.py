"""Rules of choice items: options that differ, one right answer, and the error that each wrong one catches."""

from __future__ import annotations

from collections.abc import Iterator

from phonics_app.content.dictionary import Dictionary
from phonics_app.content.tables import Row
from phonics_app.domain.bank import Confusion, Item, Option
from phonics_app.domain.errors import Problem
from phonics_app.domain.spelling import GraphemeTable, pronunciation
from phonics_app.domain.strand import CHOICE_TASKS, Task

FEWEST = 2
_ROUNDING = 0.001
"""1/3 stands in the file as 0.3333."""


def option_structure(row: Row, item: Item, transfer_codes: set[str]) -> Iterator[Problem]:
    """What can be seen without a dictionary: count, key, names, tags, and the chance of guessing right."""
    if item.task not in CHOICE_TASKS:
        if item.options:
            yield row.problem("content.options_open", "options", item.task.value)
        return
    values = [option.value for option in item.options]
    if len(values) < FEWEST or len(set(values)) < len(values):
        yield row.problem("content.options_few", "options", str(FEWEST))
    if values.count(item.key) != 1:
        yield row.problem("content.options_key", "options", item.key)
    if values and abs(item.guessing - 1 / len(values)) > _ROUNDING:
        yield row.problem("content.options_guessing", "guessing", f"{1 / len(values):.4g}")
    for option in item.options:
        yield from _tag(row, item, option, transfer_codes)
        yield from _name(row, item, option)


def _tag(row: Row, item: Item, option: Option, transfer_codes: set[str]) -> Iterator[Problem]:
    known = {confusion.value for confusion in Confusion} | transfer_codes
    if option.value == item.key:
        if option.error:
            yield row.problem("content.options_key_error", "options", "", option.error)
    elif option.error not in known:
        shown = f"{option.value}:{option.error}"
        yield row.problem("content.options_error", "options", ", ".join(sorted(known)), shown)


def _name(row: Row, item: Item, option: Option) -> Iterator[Problem]:
    """A picture has a name; letters are their own."""
    pictures = item.task is Task.CHOOSE_PICTURE
    if pictures and (not option.name or option.value.isascii()):
        yield row.problem("content.options_picture", "options", "🐱=cat", option.value)
    if not pictures and option.name:
        yield row.problem("content.options_name", "options", option.value, f"{option.value}={option.name}")


def option_problems(row: Row, item: Item, table: GraphemeTable, dictionary: Dictionary) -> Iterator[Problem]:
    """No wrong option may be right as well: not as a spelling of the same sound, nor as a word that sounds alike."""
    wrong = [option for option in item.options if option.value != item.key]
    for option in wrong:
        if item.task is Task.CHOOSE_GRAPHEME:
            right_too = table.spells(option.value, pronunciation(item), item.level)
        else:
            word = option.name or option.value
            right_too = any(p.agrees(pronunciation(item)) for p in dictionary.pronunciations(word.lower()))
        if right_too:
            yield row.problem("content.options_right_too", "options", item.key, option.name or option.value)


def picture_problems(items: list[tuple[Row, Item]]) -> Iterator[Problem]:
    """One picture, one name in the whole bank: else a child may be right and marked wrong."""
    shown = [(row, o) for row, item in items if item.task is Task.CHOOSE_PICTURE for o in item.options]
    names: dict[str, str] = {}
    pictures: dict[str, str] = {}
    for row, option in shown:
        if names.setdefault(option.value, option.name) != option.name:
            yield row.problem("content.picture_names", "options", names[option.value], f"{option.value}={option.name}")
        if pictures.setdefault(option.name, option.value) != option.value:
            yield row.problem(
                "content.name_pictures", "options", pictures[option.name], f"{option.value}={option.name}"
            )
