"""What the item bank covers: items by level, strand and state; correspondences by task; how often items were asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from phonics_app.domain.bank import Bank, Correspondence, Item, ItemStatus
from phonics_app.domain.strand import Strand, Task
from phonics_app.locales import N_, Translate, translator
from phonics_app.locales.item_labels import TASKS
from phonics_app.locales.labels import label
from phonics_app.reports.tables import Cell, Column, Kind, Report, Table

WRITTEN_TASKS = (
    Task.SAY_SOUND,
    Task.READ_WORD,
    Task.READ_PSEUDO_WORD,
    Task.SPELL_WORD,
    Task.CHOOSE_GRAPHEME,
    Task.CHOOSE_SPELLING,
    Task.CHOOSE_PICTURE,
)
"""Tasks whose items are cut into graphemes."""
_IN_WORDS = (Task.READ_WORD, Task.READ_PSEUDO_WORD)
POSITIONS = {"initial": N_("at the start"), "medial": N_("in the middle"), "final": N_("at the end")}
GAPS = {"no_item": N_("no item"), "not_in_words": N_("never read in a word"), "": ""}


@dataclass(frozen=True, slots=True)
class ItemCount:
    """Items of a level and strand, by state; `waiting` are proposals that nobody has decided."""

    level: int
    strand: Strand
    active: int
    draft: int
    retired: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many active items of each task use a correspondence."""

    id: str
    grapheme: str
    ipa: str
    position: str
    """"any", "initial", "medial", "final"."""
    level: int
    example: str
    items: dict[str, int]
    """By task, those without an item left out."""
    gap: str
    """ "no_item", "not_in_words" or "" """

    @property
    def total(self) -> int:
        return sum(self.items.values())


@dataclass(frozen=True, slots=True)
class Exposure:
    """How often the active items of a level were asked."""

    level: int
    active: int
    never: int
    """Active items that no test has asked."""
    most_asked: str
    """Id of the item asked most; "" where none was."""
    times: int


@dataclass(frozen=True, slots=True)
class BankFigures:
    """What the bank holds and covers."""

    version: str
    counts: tuple[ItemCount, ...]
    coverage: tuple[Coverage, ...]
    exposure: tuple[Exposure, ...]


def bank_figures(bank: Bank, proposed: Iterable[Item], asked: Mapping[str, int]) -> BankFigures:
    """`proposed`: drafts that wait. `asked`: item → tests in which it was asked."""
    exposure = tuple(_exposure(bank, level.number, asked) for level in bank.levels)
    return BankFigures(bank.version, tuple(_counts(bank, proposed)), tuple(_coverage(bank)), exposure)


def _counts(bank: Bank, proposed: Iterable[Item]) -> Iterable[ItemCount]:
    states = Counter((item.level, item.strand, item.status) for item in bank.items)
    waiting = Counter((item.level, item.strand) for item in proposed)
    for number, strand in ((level.number, strand) for level in bank.levels for strand in Strand):
        active, draft, retired = (
            states[number, strand, state] for state in (ItemStatus.ACTIVE, ItemStatus.DRAFT, ItemStatus.RETIRED)
        )
        count = ItemCount(number, strand, active, draft, retired, waiting[number, strand])
        if active or draft or retired or count.waiting:
            yield count


def _coverage(bank: Bank) -> Iterable[Coverage]:
    used: dict[str, Counter[Task]] = {}
    for item in bank.active():
        found = {known.id for fitting in bank.table.fitting(item) for known in fitting}
        for known_id in found:
            used.setdefault(known_id, Counter())[item.task] += 1
    for correspondence in sorted(bank.correspondences, key=lambda c: (c.level, c.id)):
        yield _covered(correspondence, used.get(correspondence.id, Counter()))


def _covered(c: Correspondence, used: Counter[Task]) -> Coverage:
    gap = "" if any(used[task] for task in _IN_WORDS) else "not_in_words" if used else "no_item"
    items = {task.value: used[task] for task in WRITTEN_TASKS if used[task]}
    return Coverage(c.id, c.grapheme, c.ipa, c.position, c.level, c.example, items, gap)


def _exposure(bank: Bank, level: int, asked: Mapping[str, int]) -> Exposure:
    items = bank.active(level)
    most = max(items, key=lambda item: asked.get(item.id, 0), default=None)
    times = asked.get(most.id, 0) if most else 0
    never = sum(not asked.get(item.id) for item in items)
    return Exposure(level, len(items), never, most.id if most and times else "", times)


def bank_report(figures: BankFigures, language: str, made_on: date) -> Report:
    """The figures as labelled tables."""
    _ = translator(language)
    facts = ((_("Version of the item bank"), figures.version),)
    tables = (_count_table(_, figures), _coverage_table(_, figures), _exposure_table(_, figures))
    return Report(_("What the item bank covers"), language, made_on, facts, tables)


def _count_table(_: Translate, figures: BankFigures) -> Table:
    numbers = (_("In use"), _("Draft"), _("Retired"), _("Waiting for review"))
    columns = (Column(_("Level")), Column(_("Strand")), *(Column(title, Kind.COUNT) for title in numbers))
    rows = tuple((str(c.level), label(_, c.strand), c.active, c.draft, c.retired, c.waiting) for c in figures.counts)
    return Table(_("Items by level, strand and state"), columns, rows)


def _coverage_table(_: Translate, figures: BankFigures) -> Table:
    texts = (_("Level"), _("Grapheme"), _("Sound"), _("Position"), _("Example"), _("Gap"))
    tasks = tuple(Column(_(TASKS[task]), Kind.COUNT) for task in WRITTEN_TASKS)
    columns = (*(Column(title) for title in texts), *tasks, Column(_("Total"), Kind.COUNT))
    return Table(_("Correspondences by task"), columns, tuple(_coverage_row(_, c) for c in figures.coverage))


def _coverage_row(_: Translate, c: Coverage) -> tuple[Cell, ...]:
    texts = (str(c.level), c.grapheme, f"/{c.ipa}/", position_label(_, c), c.example, gap_label(_, c.gap))
    return (*texts, *(c.items.get(task.value, 0) for task in WRITTEN_TASKS), c.total)


def position_label(_: Translate, c: Coverage) -> str:
    return _(POSITIONS[c.position]) if c.position in POSITIONS else ""


def gap_label(_: Translate, gap: str) -> str:
    return _(GAPS[gap]) if gap else ""


def _exposure_table(_: Translate, figures: BankFigures) -> Table:
    numbers = (_("Items in use"), _("Never asked"), _("Most often: times"))
    columns = (Column(_("Level")), *(Column(title, Kind.COUNT) for title in numbers), Column(_("Most often: item")))
    rows = tuple((str(e.level), e.active, e.never, e.times, e.most_asked) for e in figures.exposure)
    return Table(_("How often items were asked"), columns, rows)
