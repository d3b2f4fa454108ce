"""A class list against what is stored: who is new, who changes, who is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.roster import Change, RosterRow
from phonics_app.domain.school import PupilDraft, Sex, natural_key
from phonics_app.records import pupils
from phonics_app.records.merged import merged_numbers

_PERSON = ("prefix", "first_name", "last_name", "sex")


@dataclass(frozen=True, slots=True)
class Stored:
    """What the comparison needs of the store."""

    by_number: dict[str, tuple[str, PupilDraft, bool]]
    """Number → id, pupil as last enrolled, archived."""
    enrolled: dict[str, tuple[Grade, str]]
    """Pupil id → class in the year in question."""
    class_numbers: dict[str, int | None]
    """Pupil id → number in that class."""


def load_stored(connection: Connection, school_id: str, year: int) -> Stored:
    by_number = pupils.pupils_by_number(connection, school_id)
    enrolled = pupils.enrolled_in(connection, school_id, year)
    return Stored(by_number, enrolled, pupils.class_numbers_in(connection, school_id, year))


def compare(
    stored: Stored, drafts: Iterable[tuple[int | None, PupilDraft]], also_present: Collection[str] = ()
) -> tuple[RosterRow, ...]:
    """Rows of the file in its order, then the missing. A draft holds what will be stored: the store fills its gaps.

    `also_present`: pupil numbers of rows that could not be read; they are not missing.
    """
    rows = [_row(stored, number, draft) for number, draft in drafts]
    return (*rows, *_missing(stored, [row.draft for row in rows], also_present))


def _row(stored: Stored, number: int | None, draft: PupilDraft) -> RosterRow:
    known = stored.by_number.get(draft.number)
    if known is None:
        return RosterRow(Change.NEW, number, draft, None, ())
    pupil_id, before, archived = known
    draft = _completed(draft, before)
    here = stored.class_numbers.get(pupil_id)
    # Of a list without numbers in class those stay that are stored, as long as the class is the same.
    if draft.class_number is None and stored.enrolled.get(pupil_id) == (draft.grade, draft.room):
        draft = replace(draft, class_number=here)
    differences = [name for name in _PERSON if getattr(draft, name) != getattr(before, name)]
    grade, room = stored.enrolled.get(pupil_id, (None, None))
    moved = grade is not None and (draft.grade, draft.room) != (grade, room)
    shown = before if grade is None else replace(before, grade=grade, room=room or "", class_number=here)
    differences += ["grade"] if draft.grade is not grade else []
    differences += ["room"] if draft.room != room else []
    differences += ["class_number"] if draft.class_number != here else []
    differences += ["archived"] if archived else []
    change = Change.CHANGED if differences else Change.UNCHANGED
    return RosterRow(change, number, draft, pupil_id, tuple(differences), shown, moved)


def _completed(draft: PupilDraft, before: PupilDraft) -> PupilDraft:
    """What the file does not say stays as it is."""
    return replace(
        draft,
        prefix=draft.prefix or before.prefix,
        last_name=draft.last_name or before.last_name,
        sex=before.sex if draft.sex is Sex.UNKNOWN else draft.sex,
        room=draft.room or (before.room if draft.grade is before.grade else ""),
    )


def _missing(stored: Stored, drafts: Sequence[PupilDraft], also_present: Collection[str]) -> list[RosterRow]:
    numbers = {draft.number for draft in drafts} | set(also_present)
    classes = {(draft.grade, draft.room) for draft in drafts}
    missing = []
    for number, (pupil_id, before, archived) in stored.by_number.items():
        here = stored.enrolled.get(pupil_id)
        if number not in numbers and here in classes and not archived:
            missing.append(RosterRow(Change.MISSING, None, before, pupil_id, ()))
    return sorted(missing, key=lambda row: natural_key(row.draft.number))


def identity_warnings(stored: Stored, rows: Sequence[RosterRow], place: Place) -> list[Problem]:
    """A number that now has another name, a name that now has another number: slips, or two pupils taken for one."""
    names = {
        (before.first_name, before.last_name): number
        for number, (_, before, archived) in stored.by_number.items()
        if not archived
    }
    present = {row.draft.number for row in rows if row.change is not Change.MISSING}
    warnings = []
    for row in rows:
        draft, where = row.draft, replace(place, row=row.row)
        if {"first_name", "last_name"} <= set(row.differences):
            before = stored.by_number[draft.number][1]
            name = f"{before.first_name} {before.last_name}"
            warnings.append(Problem("roster.number_of_another", where, draft.number, name, warning=True))
        other = names.get((draft.first_name, draft.last_name))
        if row.change is Change.NEW and other is not None and other not in present:
            name = f"{draft.first_name} {draft.last_name}"
            warnings.append(Problem("roster.name_with_other_number", where, name, other, warning=True))
    return warnings


def merged_problems(connection: Connection, school_id: str, rows: Sequence[RosterRow], place: Place) -> list[Problem]:
    """Rows by which a pupil whose two records were put together would be registered twice again."""
    known = merged_numbers(connection, school_id)
    told = [(row, (row.draft.number, row.draft.first_name, row.draft.last_name)) for row in rows]
    return [
        Problem("pupil.merged_number", replace(place, row=row.row, column="number"), row.draft.number, known[key])
        for row, key in told
        if row.change is Change.NEW and key in known
    ]
