"""A small bank with round numbers, so that tests of the engine do not hang on the shipped items."""

from __future__ import annotations

from dataclasses import replace

from phonics_app.domain.attempt import AttemptSpec, Prior, PriorSource
from phonics_app.domain.bank import (
    NO_GUESSERS,
    Bank,
    BlockRule,
    Blueprint,
    Correspondence,
    Difficulty,
    DifficultySource,
    Guessers,
    Item,
    ItemStatus,
    Level,
    StoppingLimits,
)
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.grade import Grade
from phonics_app.domain.plan import Plan
from phonics_app.domain.rubric import Rubrics
from phonics_app.domain.spelling import GraphemeTable
from phonics_app.domain.strand import Strand, Task
from phonics_app.domain.text import Text
from phonics_app.engine.assembly import assemble_plan

LEVELS = 5
STEP = 1.5
"""Logits from one level's items to the next one's."""
SLOPES = (2.0, 4.0, 8.0)
T = Text("ข้อความ", "text")
LIMITS = StoppingLimits(
    sure_probability=0.8,
    between_probability=0.95,
    between_items=30,
    minimum_blocks=2,
    minimum_strands=2,
    maximum_items=48,
    maximum_seconds=900,
)
_TASKS = {
    Strand.PHONEMIC_AWARENESS: (Task.RHYME, Task.IDENTITY),
    Strand.GRAPHEME_SOUNDS: (Task.SAY_SOUND,),
    Strand.WORD_READING: (Task.READ_WORD,),
}


def _rule(strand: Strand, size: int, auto_stop: str) -> BlockRule:
    return BlockRule(strand, size, 4, auto_stop, 5, T, T, T)


RULES = (
    _rule(Strand.PHONEMIC_AWARENESS, 6, ""),
    _rule(Strand.GRAPHEME_SOUNDS, 8, "EGRA-STOP-LINE1"),
    _rule(Strand.WORD_READING, 6, "EGRA-STOP-N"),
)


def strands_of(level: int) -> tuple[Strand, ...]:
    return (Strand.PHONEMIC_AWARENESS, Strand.WORD_READING) if level == 1 else tuple(_TASKS)[1:]


def items(level: int, strand: Strand, count: int = 18) -> list[Item]:
    made = []
    for n in range(count):
        tasks = _TASKS[strand]
        guessing = 1 / 3 if strand is Strand.PHONEMIC_AWARENESS else 0.0
        difficulty = round(level * STEP + (n % 7 - 3) * 0.2, 3)
        made.append(
            Item(
                id=f"{level}{strand.value[0]}{n:02}",
                level=level,
                strand=strand,
                task=tasks[n % len(tasks)],
                prompt=T,
                stimulus=f"w{level}{n}",
                key="key",
                accepted=(),
                graphemes=(f"g{level}{n % 3}", "x"),
                phonemes=("M", "N"),
                difficulty=Difficulty(difficulty, 0.3, DifficultySource.EXPERT),
                guessing=guessing,
                skills=(f"skill{n % 2}",),
                transfer=(),
                status=ItemStatus.ACTIVE,
                version=1,
                since="2026-01-01",
            )
        )
    return made


def bank(
    levels: int = LEVELS,
    limits: StoppingLimits = LIMITS,
    slopes: tuple[float, ...] = SLOPES,
    guessers: tuple[Guessers, ...] = NO_GUESSERS,
) -> Bank:
    numbers = range(1, levels + 1)
    grades = {grade: min(levels, 1 + i) for i, grade in enumerate(Grade)}
    blueprint = Blueprint("placement", T, 1, 4, RULES, limits, grades, slopes=slopes, guessers=guessers)
    return Bank(
        version="synthetic",
        levels=tuple(Level(n, T, T, ()) for n in numbers),
        table=GraphemeTable(
            Correspondence(f"g{n}{k}", f"g{n}{k}", ("M",), "m", "any", n, "m") for n in numbers for k in range(3)
        ),
        items=tuple(item for n in numbers for strand in strands_of(n) for item in items(n, strand)),
        blueprints=(blueprint,),
    )


RUBRICS = Rubrics("rubrics", (), (), (), (), (), (), 0.8)


def plan(
    variant: int = 0,
    limits: StoppingLimits = LIMITS,
    levels: int = LEVELS,
    slopes: tuple[float, ...] = SLOPES,
    guessers: tuple[Guessers, ...] = NO_GUESSERS,
) -> Plan:
    return assemble_plan(bank(levels, limits, slopes, guessers), RUBRICS, "placement", variant)


def spec(start_level: int = 2, mean: float | None = None, sd: float = 2.0, seen: tuple[str, ...] = ()) -> AttemptSpec:
    prior = Prior(STEP * start_level if mean is None else mean, sd, PriorSource.GRADE)
    return AttemptSpec(prior, start_level, seen)


def with_limits(**changes: float) -> StoppingLimits:
    return replace(LIMITS, **changes)


class Diary:
    """Writes numbered events, one second apart."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.mono = 0.0

    def add(self, kind: EventKind, *, wait: float = 1000.0, **data: object) -> Event:
        self.mono += wait
        event = Event(len(self.events) + 1, kind, "2026-06-01T09:00:00+07:00", self.mono, data)
        self.events.append(event)
        return event
