"""The columns of what is taken out as tables: names for programs, headers and words for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from phonics_app.domain.attempt import AttemptStatus, Source
from phonics_app.domain.export import ExportCell, TableKind
from phonics_app.domain.grade import Grade
from phonics_app.domain.result import StopReason
from phonics_app.domain.school import Sex
from phonics_app.domain.strand import Strand, Task
from phonics_app.locales import N_, Translate
from phonics_app.locales.item_labels import TASKS
from phonics_app.locales.labels import label
from phonics_app.reports.block_wording import NOTED

TITLES = {
    TableKind.PUPILS: N_("Pupils"),
    TableKind.CLASS_LISTS: N_("Class lists"),
    TableKind.TESTS: N_("Tests given"),
    TableKind.PLACEMENTS: N_("Decisions on levels"),
    TableKind.RESULTS: N_("Results by level and strand"),
    TableKind.ANSWERS: N_("Answers item by item"),
    TableKind.ONET: N_("O-NET results"),
}
SEXES = {Sex.FEMALE: N_("Female"), Sex.MALE: N_("Male"), Sex.UNKNOWN: N_("Not given")}
STATUS = {
    AttemptStatus.OPEN: N_("Not finished"),
    AttemptStatus.FINISHED: N_("Finished"),
    AttemptStatus.DISCARDED: N_("Does not count"),
}
_SOURCES = {Source.SCREEN: N_("On a device"), Source.PAPER: N_("On paper"), Source.SPREADSHEET: N_("By spreadsheet")}
_KINDS: Mapping[ExportCell, str] = {"blocks": N_("Given by a teacher"), "items": N_("Taken by the pupil alone")}
REASONS = {
    StopReason.TEACHER: N_("The teacher stopped"),
    StopReason.SURE: N_("The level is sure enough"),
    StopReason.BETWEEN: N_("Between two levels"),
    StopReason.ITEM_LIMIT: N_("Most items were asked"),
    StopReason.TIME_LIMIT: N_("The time was over"),
    StopReason.BANK_EXHAUSTED: N_("No more items"),
    StopReason.FORM_COMPLETE: N_("The form is complete"),
}


def _codes(names: Mapping[Any, str]) -> Mapping[ExportCell, str]:
    """By the values of an enum's members."""
    return {code.value: name for code, name in names.items()}


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """`words`: what the codes of the column are called, if it has codes."""

    name: str
    title: str
    words: Mapping[ExportCell, str] = field(default_factory=dict)


_YES: Mapping[ExportCell, str] = {True: N_("Yes"), False: N_("No")}
_MARK: Mapping[ExportCell, str] = {True: N_("Simulated data"), False: N_("Real data")}
_SIMULATED = ExportColumn("simulated", N_("Data"), _MARK)
_PUPIL = (
    ExportColumn("pupil_id", N_("Id in this product")),
    ExportColumn("number", N_("Pupil number")),
    ExportColumn("prefix", N_("Name prefix")),
    ExportColumn("first_name", N_("First name")),
    ExportColumn("last_name", N_("Last name")),
    ExportColumn("grade", N_("Grade")),
    ExportColumn("room", N_("Room")),
)
_SEX = ExportColumn("sex", N_("Sex"), _codes(SEXES))
_ROUND = (ExportColumn("year", N_("Academic year")), ExportColumn("term", N_("Term")))
_TEST = ExportColumn("test_id", N_("Id of the test"))
_LEVEL_STRAND = (ExportColumn("level", N_("Level")), ExportColumn("strand", N_("Strand")))
COLUMNS: Mapping[TableKind, tuple[ExportColumn, ...]] = {
    TableKind.PUPILS: (*_PUPIL, _SEX, ExportColumn("archived", N_("Has left"), _YES), _SIMULATED),
    TableKind.CLASS_LISTS: (*_PUPIL, _SEX, _SIMULATED),
    TableKind.TESTS: (
        *_PUPIL,
        _TEST,
        ExportColumn("given_on", N_("Day of the test")),
        *_ROUND,
        ExportColumn("status", N_("State"), _codes(STATUS)),
        ExportColumn("kind", N_("Kind of test"), _KINDS),
        ExportColumn("source", N_("How it was marked"), _codes(_SOURCES)),
        ExportColumn("items", N_("Items tried")),
        ExportColumn("correct", N_("Correct")),
        ExportColumn("seconds", N_("Seconds")),
        ExportColumn("proposed_level", N_("Level proposed")),
        ExportColumn("ability", N_("Ability (logits)")),
        ExportColumn("standard_error", N_("Standard error")),
        ExportColumn("stop_reason", N_("Why it ended"), _codes(REASONS)),
        _SIMULATED,
    ),
    TableKind.PLACEMENTS: (
        *_PUPIL,
        _TEST,
        *_ROUND,
        ExportColumn("level", N_("Level decided")),
        ExportColumn("proposed_level", N_("Level proposed")),
        ExportColumn("reason", N_("Reason")),
        ExportColumn("decided_by", N_("Decided by")),
        ExportColumn("decided_at", N_("Decided at")),
        _SIMULATED,
    ),
    TableKind.RESULTS: (
        *_PUPIL,
        _TEST,
        *_ROUND,
        ExportColumn("proposed_level", N_("Level proposed")),
        *_LEVEL_STRAND,
        ExportColumn("attempted", N_("Items tried")),
        ExportColumn("correct", N_("Correct")),
        ExportColumn("share", N_("Share correct (0–1)")),
        _SIMULATED,
    ),
    TableKind.ANSWERS: (
        *_PUPIL,
        _TEST,
        *_ROUND,
        ExportColumn("position", N_("Position in the test")),
        ExportColumn("block", N_("Block")),
        ExportColumn("item", N_("Item")),
        *_LEVEL_STRAND,
        ExportColumn("task", N_("Task")),
        ExportColumn("stimulus", N_("What the pupil sees")),
        ExportColumn("key", N_("Right answer")),
        ExportColumn("score", N_("Score (1 or 0)")),
        ExportColumn("self_corrected", N_("Corrected himself"), _YES),
        ExportColumn("error", N_("Kind of error"), {code: name for code, name in NOTED.items() if code}),
        ExportColumn("answer", N_("What the pupil chose, said or wrote")),
        _SIMULATED,
    ),
    TableKind.ONET: (
        ExportColumn("year", N_("Academic year")),
        ExportColumn("grade", N_("Grade")),
        ExportColumn("n", N_("Examinees")),
        ExportColumn("mean", N_("Mean")),
        ExportColumn("sd", N_("S.D.")),
        ExportColumn("maximum", N_("Highest")),
        ExportColumn("minimum", N_("Lowest")),
        ExportColumn("share_50", N_("Share with 50 or more (0–1)")),
    ),
}


def worded(_: Translate, column: ExportColumn, cell: ExportCell, language: str) -> ExportCell:
    """A cell as people read it: codes as words, numbers and names as they are."""
    if cell in (None, ""):
        return cell
    if column.name == "grade":
        return Grade(str(cell)).label(language)
    if column.name == "strand":
        return label(_, Strand(cell))
    if column.name == "task":
        return _(TASKS[Task(cell)])
    return _(column.words[cell]) if cell in column.words else cell
