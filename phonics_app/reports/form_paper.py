"""A form with everything that page, print and table show of it: its items, in sections of one task each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from phonics_app.domain.bank import Item
from phonics_app.domain.form import Form, FormBlueprint, FormFacts, FormKind, FormSet
from phonics_app.domain.passage import Passage
from phonics_app.domain.strand import CHOICE_TASKS, READING_TASKS, Task


@dataclass(frozen=True, slots=True)
class Section:
    """Items of one task, which one instruction serves. `first` is the number of the first of them."""

    task: Task
    first: int
    items: tuple[Item, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1


@dataclass(frozen=True, slots=True)
class FormPaper:
    """One form: what it is made of, and what it belongs to."""

    blueprint: FormBlueprint
    made: FormSet
    form: Form
    facts: FormFacts
    items: tuple[Item, ...]
    """Empty where passages are read."""
    passages: tuple[Passage, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        found: list[Section] = []
        for task, items in groupby(self.items, key=lambda item: item.task):
            first = found[-1].last + 1 if found else 1
            found.append(Section(task, first, tuple(items)))
        return tuple(found)

    @property
    def timed(self) -> bool:
        """A grid of which most pupils read a part."""
        return self.blueprint.kind is FormKind.PROBE

    @property
    def at_cut(self) -> float | None:
        """The score expected of a pupil who just masters the level; None where that says nothing: a pupil who reads
        for one minute does not reach every item."""
        return self.facts.at_cut[self.made.forms.index(self.form)] if self.facts.at_cut and not self.timed else None


def papers_of(
    blueprint: FormBlueprint, made: FormSet, facts: FormFacts, items: Iterable[Item], passages: Iterable[Passage]
) -> tuple[FormPaper, ...]:
    """Every form of a set. `items` and `passages`: those of the bank."""
    known, texts = {item.id: item for item in items}, {passage.id: passage for passage in passages}
    return tuple(_paper(blueprint, made, form, facts, known, texts) for form in made.forms)


def _paper(
    blueprint: FormBlueprint,
    made: FormSet,
    form: Form,
    facts: FormFacts,
    items: Mapping[str, Item],
    passages: Mapping[str, Passage],
) -> FormPaper:
    return FormPaper(
        blueprint,
        made,
        form,
        facts,
        tuple(items[one] for one in form.items if one in items),
        tuple(passages[one] for one in form.items if one in passages),
    )


def seen(item: Item) -> tuple[str, ...]:
    """What the pupil sees: letters to read, or options to choose from; nothing where the task is by ear."""
    if item.task in READING_TASKS:
        return (item.stimulus,)
    return tuple(option.value for option in item.options) if item.task in CHOICE_TASKS else ()


def key_of(item: Item) -> str:
    """The right answer; of options with its place, "4 elephant"; nothing where it is what the pupil reads."""
    if item.task in CHOICE_TASKS:
        place, option = next((n, o) for n, o in enumerate(item.options, start=1) if o.value == item.key)
        return f"{place} {option.name or option.value}"
    return "" if item.task is Task.READ_WORD else item.key
