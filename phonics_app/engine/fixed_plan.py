"""From a fixed form to a plan, so that an attempt on it runs through the same events, replay and result as any other.

What can't be calibrated is counted all the same: words of a passage, questions about it, and an item that a grid asks
again. Such an item has the slope 0, which leaves the posterior as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from phonics_app.domain.bank import Bank, Item
from phonics_app.domain.form import Form, FormBlueprint, FormKind, FormSet
from phonics_app.domain.passage import Passage
from phonics_app.domain.plan import Block, BlockKind, Order, Plan, PlannedForm, PlannedItem, StrandGuide
from phonics_app.domain.strand import Strand, Task
from phonics_app.domain.text import Text
from phonics_app.engine.assembly import planned_item
from phonics_app.engine.rules import AUTO_STOP_RULES
from phonics_app.engine.spelling_score import spellings_of
from phonics_app.engine.taught import Taught

LETTERS_TO_STOP, WORDS_TO_STOP = 10, 5
"""EGRA-STOP-N: the first ten letters, or the first five words, all wrong."""
AGAIN = "#"
"""Between the id of an item and the number of times it has been asked in a grid that goes round."""
_PIECE = re.compile(r"[^A-Za-z\s]*[A-Za-z]+(?:['’-][A-Za-z]+)*(?:[^A-Za-z\s]*(?=\s|$))?")
"""A word as `domain.passage` counts it, with the signs that stand by it in print."""
_EMPTY = Text("", "")
OF_A_TEXT = (Strand.ORAL_READING_FLUENCY, Strand.COMPREHENSION)
"""Words of a passage are no single words to be read, and questions about it no words to be explained."""

Guides = Mapping[Task, StrandGuide]


def fixed_plan(
    base: Plan,
    blueprint: FormBlueprint,
    made: FormSet,
    form: Form,
    bank: Bank,
    passages: Sequence[Passage],
    guides: Guides,
) -> Plan:
    """The plan that gives `form` of `made`. `base`: a plan of the placement test of the same bank, whose levels, cuts
    and grid it shares, so that a level means the same in both."""
    maker = _Maker(blueprint, made, base, bank)
    parts = [*maker.passages(form, passages), *maker.sections(form)]
    blocks, items = tuple(block for block, _ in parts), tuple(item for _, items in parts for item in items)
    return replace(
        base,
        blueprint_id=blueprint.id,
        blueprint_version=blueprint.version,
        variant=made.forms.index(form),
        items=items,
        blocks=blocks,
        guides=_guides(items, base.guides, guides),
        order=Order.FIXED,
        form=PlannedForm(form.id, blueprint.name, blueprint.kind, made.levels, form.letter, form.code),
    )


def calibrated(plan: Plan) -> bool:
    """Whether answers to it say anything of ability."""
    return any(item.slope for item in plan.items)


def _guides(
    items: Sequence[PlannedItem], of_strands: Sequence[StrandGuide], of_tasks: Guides
) -> tuple[StrandGuide, ...]:
    by_strand = {guide.strand: guide for guide in of_strands}
    found: dict[tuple[Strand, Task], StrandGuide] = {}
    for item in items:
        known = by_strand.get(item.strand)
        guide = known if item.strand in OF_A_TEXT else of_tasks.get(item.task, known)
        guide = guide or StrandGuide(item.strand, _EMPTY, _EMPTY, _EMPTY)
        found.setdefault((item.strand, item.task), replace(guide, strand=item.strand, task=item.task))
    return tuple(found.values())


class _Maker:
    """Blocks of one form, each with its items."""

    def __init__(self, blueprint: FormBlueprint, made: FormSet, base: Plan, bank: Bank) -> None:
        self._blueprint = blueprint
        self._level = made.levels[-1]
        self._slope = base.items[0].slope
        self._taught = Taught(bank.table)
        self._table = bank.table
        self._items = {item.id: item for item in bank.items}
        self._seconds = blueprint.seconds if blueprint.kind is FormKind.PROBE else 0
        self._rule = next((rule for rule in AUTO_STOP_RULES if rule in blueprint.rules), "")

    # ---- items of the bank -----------------------------------------------------------------------------------------

    def sections(self, form: Form) -> Iterator[tuple[Block, list[PlannedItem]]]:
        """One block for the items of one task that stand together: one instruction serves them."""
        asked = [self._items[one] for one in form.items if one in self._items]
        for number, (task, items) in enumerate(groupby(asked, key=lambda item: item.task), start=1):
            planned = [*self._cells([*items])]
            kind = BlockKind.DICTATION if task is Task.SPELL_WORD else BlockKind.GRID
            yield self._block(f"{number}-{task.value}", planned, kind, self._blueprint.line_length), planned

    def _cells(self, items: Sequence[Item]) -> Iterator[PlannedItem]:
        times: dict[str, int] = {}
        for item in items:
            times[item.id] = times.get(item.id, 0) + 1
            planned = replace(planned_item(item, self._slope, self._taught), options=item.options)
            if item.task is Task.SPELL_WORD:
                planned = replace(planned, spellings=spellings_of(self._table, item))
            again = times[item.id] > 1
            yield replace(planned, id=f"{item.id}{AGAIN}{times[item.id]}", slope=0.0) if again else planned

    def _block(
        self, block_id: str, items: Sequence[PlannedItem], kind: BlockKind, line: int, lines: tuple[int, ...] = ()
    ) -> Block:
        strand = items[0].strand
        count = LETTERS_TO_STOP if strand is Strand.GRAPHEME_SOUNDS else WORDS_TO_STOP
        spoken = kind in (BlockKind.GRID, BlockKind.PASSAGE)
        return Block(
            id=block_id,
            level=self._level,
            strand=strand,
            items=tuple(item.id for item in items),
            line_length=line,
            auto_stop=self._rule if spoken else "",
            auto_stop_count=count if self._rule and spoken else 0,
            seconds=self._seconds if spoken else 0,
            kind=kind,
            lines=lines,
        )

    # ---- passages --------------------------------------------------------------------------------------------------

    def passages(self, form: Form, passages: Sequence[Passage]) -> Iterator[tuple[Block, list[PlannedItem]]]:
        known = {passage.id: passage for passage in passages}
        for number, passage in enumerate((known[one] for one in form.items if one in known), start=1):
            words, lines = [*_words(passage)], tuple(len(line.words) for line in passage.lines)
            # The rule of the first line looks at as many words as stand on it.
            yield self._block(f"{number}-passage", words, BlockKind.PASSAGE, lines[0], lines), words
            if asked := [*_questions(passage)]:
                yield self._block(f"{number}-questions", asked, BlockKind.QUESTIONS, 1), asked


def _words(passage: Passage) -> Iterator[PlannedItem]:
    pieces = [piece for line in passage.lines for piece in _PIECE.findall(line.text)]
    for number, (word, shown) in enumerate(zip(passage.words, pieces, strict=True), start=1):
        yield _counted(
            f"{passage.id}:{number}", passage, Strand.ORAL_READING_FLUENCY, Task.READ_WORD, _EMPTY, shown, word
        )


def _questions(passage: Passage) -> Iterator[PlannedItem]:
    for one in passage.asked:
        item = _counted(one.id, passage, Strand.COMPREHENSION, Task.WORD_MEANING, one.question, "", one.key.en)
        accepted = dict.fromkeys((one.key.th, *one.accepted.en, *one.accepted.th))
        yield replace(item, accepted=tuple(accepted), skills=(one.kind.value,), after=passage.words_for(one))


def _counted(
    item_id: str, passage: Passage, strand: Strand, task: Task, prompt: Text, stimulus: str, key: str
) -> PlannedItem:
    return PlannedItem(
        id=item_id,
        level=passage.level,
        strand=strand,
        task=task,
        prompt=prompt,
        stimulus=stimulus,
        key=key,
        accepted=(),
        graphemes=(),
        skills=(),
        slope=0.0,
        difficulty=0.0,
        standard_error=0.0,
        guessing=0.0,
    )
