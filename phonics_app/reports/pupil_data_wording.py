"""What the tables and columns that hold pupils' data are called, in words of a school office."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.class_sitting import SeatStatus
from phonics_app.domain.grade import Grade
from phonics_app.domain.pupil_data import PupilData
from phonics_app.locales import N_, translator
from phonics_app.locales.privacy_labels import BASES, SOURCES
from phonics_app.reports.export_columns import REASONS, SEXES, STATUS
from phonics_app.reports.history_wording import REASONS as ENDED
from phonics_app.reports.labels import NONE, day_text, moment_label
from phonics_app.reports.transfer_wording import STATES
from phonics_app.reports.turn_report import OUTCOMES

TABLES = {
    "pupil": N_("The pupil"),
    "enrolment": N_("Classes, year by year"),
    "attempt": N_("Tests"),
    "event": N_("Records of the tests, touch by touch"),
    "result": N_("Results of the tests"),
    "placement": N_("Decisions on the level"),
    "class_seat": N_("Seats in class tests"),
    "pupil_merge": N_("Records put together"),
    "screen_pair": N_("The pupil's screen during a test"),
    "pupil_transfer": N_("Requests of other schools"),
    "past_enrolment": N_("Classes of earlier times"),
    "past_name": N_("Names and numbers of earlier times"),
    "level_member": N_("Classes by level"),
    "lawful_basis": N_("Lawful bases"),
    "year_turn_pupil": N_("Turns of the school year"),
}
"""Every table about pupils; a test holds this list against the schema."""

COLUMNS = {
    "number": N_("Number"),
    "prefix": N_("Prefix"),
    "first_name": N_("First name"),
    "last_name": N_("Last name"),
    "sex": N_("Sex"),
    "archived": N_("Archived"),
    "simulated": N_("Simulated"),
    "year": N_("Academic year"),
    "term": N_("Term"),
    "grade": N_("Grade"),
    "room": N_("Room"),
    "class_number": N_("Class number"),
    "school_id": N_("School"),
    "from_school_id": N_("School that he left"),
    "to_school_id": N_("School that asked for him"),
    "status": N_("State"),
    "created_at": N_("Begun"),
    "created_by": N_("By"),
    "finished_at": N_("Finished"),
    "theta": N_("Ability"),
    "standard_error": N_("Standard error"),
    "proposed_level": N_("Level proposed"),
    "stop_reason": N_("Why the test ended"),
    "level": N_("Level"),
    "reason": N_("Reason"),
    "since": N_("Since"),
    "starts_on": N_("At this school since"),
    "until": N_("Until"),
    "outcome": N_("Outcome"),
    "basis": N_("Basis"),
    "given_on": N_("Given on"),
    "source": N_("Where it stands"),
    "noted_by": N_("Noted by"),
    "merged_at": N_("Put together on"),
    "merged_by": N_("Put together by"),
    "undone_at": N_("Taken apart on"),
    "undone_by": N_("Taken apart by"),
    "decided_by": N_("Decided by"),
    "decided_at": N_("Decided on"),
    "items": N_("Questions answered"),
    "needs_help": N_("Asked for help"),
    "attempt_key": N_("Test no."),
    "key": N_("No."),
}
"""What is readable on paper; other columns stand in the files beside it."""

_SEATS = {
    SeatStatus.EXPECTED: N_("did not come"),
    SeatStatus.CHECKING: N_("chose a number"),
    SeatStatus.WAITING: N_("waited"),
    SeatStatus.ADMITTED: N_("was let in"),
    SeatStatus.GOING: N_("at work"),
    SeatStatus.PAUSED: N_("paused"),
    SeatStatus.FINISHED: N_("finished the test"),
    SeatStatus.ENDED: N_("ended by the teacher"),
}


def _codes(names: Mapping[Any, str]) -> dict[str, str]:
    return {code.value: text for code, text in names.items()}


_CODES: dict[tuple[str, str], Mapping[str, str]] = {
    ("pupil", "sex"): _codes(SEXES),
    ("past_name", "sex"): _codes(SEXES),
    ("attempt", "status"): _codes(STATUS),
    ("class_seat", "status"): _codes(_SEATS),
    ("result", "stop_reason"): _codes(REASONS),
    ("past_enrolment", "reason"): ENDED,
    ("year_turn_pupil", "outcome"): _codes(OUTCOMES),
    ("pupil_transfer", "status"): _codes(STATES),
    ("lawful_basis", "basis"): _codes(BASES),
    ("lawful_basis", "source"): _codes(SOURCES),
}
"""Table and column → what its codes mean; words that a person has written are no codes."""


_ID = re.compile("[0-9a-f]{32}")
"""What stands in the place of a number in a record that was put together with another."""
_DAYS = frozenset({"starts_on", "since", "until", "given_on"})


def table_title(name: str, language: str) -> str:
    return translator(language)(TABLES[name]) if name in TABLES else name


def column_title(name: str, language: str) -> str:
    return translator(language)(COLUMNS[name]) if name in COLUMNS else name


def value_text(data: PupilData, table: str, column: str, value: object, language: str) -> str:
    """One value as it stands on paper: names for ids, words for codes, days of the Buddhist era."""
    _ = translator(language)
    if value is None or value == "":
        return NONE
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment_label(value, language)
    if isinstance(value, float):
        return f"{value:.2f}"
    text = str(value)
    if (table, column) == ("pupil", "number") and _ID.fullmatch(text):
        return _("part of the other record")  # which has his number; an id says nothing to parents
    if column in _DAYS:
        return day_text(text, language)
    if column.endswith("school_id") and text in data.schools:
        return data.schools[text].in_language(language)
    if column.endswith("_by"):
        return _("the command line") if text == SYSTEM.account_id else data.accounts.get(text, text)
    if column == "grade" and text in {grade.value for grade in Grade}:
        return Grade(text).label(language)
    codes = _CODES.get((table, column), {})
    return _(codes[text]) if text in codes else text


def erasure_sentences(kept: int, missing: int, language: str) -> list[str]:
    """What stays when pupils are erased. `kept` and `missing` count pupils in rounds."""
    _ = translator(language)
    told = [_("The audit log stays: it holds numbers of records and no name.")]
    if kept:
        told.append(_("Results that stay as numbers in the figures of their class: {n}").format(n=kept))
    if missing:
        told.append(_("Results that go out of all figures, because so few could be recognised: {n}").format(n=missing))
    return told
