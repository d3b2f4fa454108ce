"""Class lists: import from a spreadsheet, and changes by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import replace

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Conflict, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.roster import Change, RosterField, RosterPreview, RosterRow, RosterSheet
from phonics_app.domain.school import Classroom, Pupil, PupilDraft, School
from phonics_app.records import audit, pupils, roster_compare
from phonics_app.records.column_mappings import remember_mapping, remembered_mapping
from phonics_app.records.level_classes import end_memberships
from phonics_app.records.merged import merged_numbers
from phonics_app.records.past import Change as Recorded
from phonics_app.records.pupil_rules import YEARS, draft_problems, tidy, with_sex_of_prefix
from phonics_app.records.roster_reading import read_roster_sheet
from phonics_app.records.roster_rows import mapping_problems, numbers_in, read_rows
from phonics_app.records.roster_school import school_warnings
from phonics_app.records.schools import find_school, list_schools
from phonics_app.records.writing import squeezed
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require, rooms_in_view
from phonics_app.workflows.rounds import current_round

Progress = Callable[[float], object]
"""Is told the share of the work done, 0–1."""

__all__ = [
    "Change",
    "RosterField",
    "RosterPreview",
    "RosterRow",
    "RosterSheet",
    "add_pupil",
    "commit_roster",
    "correct_pupil",
    "get_pupil",
    "list_pupils",
    "move_pupil",
    "preview_roster",
    "read_roster",
    "set_archived",
]


def read_roster(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    filename: str,
    content: bytes,
    progress: Progress = lambda share: None,
) -> RosterSheet:
    """Reads .xls, .xlsx or .csv. `ProblemsFound` where no table is found in it. EDIT_ROSTER."""
    require(actor, Action.EDIT_ROSTER, school_id)
    sheet = read_roster_sheet(filename, content, progress)
    with phonics.store.read() as connection:
        mapping = remembered_mapping(connection, school_id, sheet.headers)
    return sheet if mapping is None else replace(sheet, mapping=mapping, remembered=True)


def preview_roster(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    year: int,
    sheet: RosterSheet,
    mapping: dict[str, RosterField],
    progress: Progress = lambda share: None,
) -> RosterPreview:
    """Compares with what is stored; stores nothing. EDIT_ROSTER."""
    require(actor, Action.EDIT_ROSTER, school_id)
    place = Place(file=sheet.file, sheet=sheet.sheet)
    problems = _year_problems(year) + mapping_problems(sheet, mapping)
    rows: tuple[RosterRow, ...] = ()
    with phonics.store.read() as connection:
        school = _school(connection, school_id)
        elsewhere = school_warnings(sheet, school, list_schools(connection))
        if not problems:
            drafts, problems = read_rows(sheet, mapping, school.highest_grade, progress)
            stored = roster_compare.load_stored(connection, school_id, year)
            rows = roster_compare.compare(stored, drafts, also_present=numbers_in(sheet, mapping))
            problems = problems + roster_compare.identity_warnings(stored, rows, place)
            problems += roster_compare.merged_problems(connection, school_id, rows, place)
            problems += [] if drafts or problems else [Problem("roster.no_pupils", place)]
    problems = elsewhere + problems
    problems += [Problem("roster.sheet_not_read", place, other, warning=True) for other in sheet.other_sheets]
    return RosterPreview(
        school_id,
        year,
        sheet.file,
        dict(mapping),
        rows,
        tuple(problems),
        sheet.dropped,
        sheet.headers,
        hashlib.sha256(repr((sheet.headers, sheet.rows, sheet.row_numbers)).encode()).hexdigest(),
    )


def commit_roster(
    phonics: Phonics, actor: Actor, preview: RosterPreview, left: Collection[str] = (), shown: str | None = None
) -> int:
    """Stores the preview, remembers its mapping, returns how many pupils were added or changed.

    `left`: ids of missing pupils who have left, as a person has decided; the others stay as they are.
    `shown`: the digest of the preview that the person has seen, where it may be another than this one.
    `ProblemsFound` if it is not ready; `Conflict` "roster.stale" if the store changed since the preview, or if it is
    not what was shown. EDIT_ROSTER.
    """
    require(actor, Action.EDIT_ROSTER, preview.school_id)
    if not preview.ready:
        raise ProblemsFound([p for p in preview.problems if not p.warning])
    if (shown is not None and shown != preview.digest) or not set(left) <= {row.pupil_id for row in preview.missing}:
        raise Conflict("roster.stale")
    school_id, year = preview.school_id, preview.year
    new = [(phonics.new_id(), row.draft) for row in preview.rows if row.change is Change.NEW]
    changed = [(row.pupil_id, row.draft) for row in preview.rows if row.change is Change.CHANGED and row.pupil_id]
    with phonics.store.write() as connection:
        _refuse_stale(connection, preview)
        change = _change(phonics, actor)
        pupils.insert_pupils(connection, school_id, year, new, since=change.since_in(year))
        pupils.update_pupils(connection, school_id, year, changed, change)
        pupils.archive_pupils(connection, left, year, change)
        end_memberships(connection, sorted(left), change)
        remember_mapping(connection, school_id, preview.headers, preview.mapping)
        data: dict[str, object] = {"year": year, "new": len(new), "changed": len(changed)}
        data |= {"left": sorted(left)} if left else {}
        audit.record(connection, phonics.now(), actor.account_id, "roster.imported", school_id, **data)
    return len(new) + len(changed)


def _refuse_stale(connection: Connection, preview: RosterPreview) -> None:
    """Compares once more, inside the transaction: what is stored must still be what the person was shown."""
    stored = roster_compare.load_stored(connection, preview.school_id, preview.year)
    drafts = [(row.row, row.draft) for row in preview.rows if row.change is not Change.MISSING]
    if roster_compare.compare(stored, drafts) != preview.rows:
        raise Conflict("roster.stale")


def list_pupils(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    year: int,
    grade: Grade | None = None,
    room: str | None = None,
    search: str = "",
    archived: bool = False,
) -> tuple[Pupil, ...]:
    """Sorted by grade, room and pupil number; `archived`: those too.

    SEE_PUPILS; of a teacher who holds single rooms, in these alone.
    """
    rooms = rooms_in_view(actor, Action.SEE_PUPILS, school_id)
    subject = audit.class_subject(school_id, grade, room)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.pupils", subject, year=year)
    with phonics.store.read() as connection:
        return pupils.list_pupils(connection, school_id, year, grade, room, squeezed(search), archived, rooms)


def get_pupil(phonics: Phonics, actor: Actor, pupil_id: str) -> Pupil:
    """As enrolled in the latest academic year. SEE_PUPILS."""
    with phonics.store.read() as connection:
        pupil = _pupil(phonics, connection, actor, Action.SEE_PUPILS, pupil_id)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.pupil", pupil_id)
    return pupil


def add_pupil(phonics: Phonics, actor: Actor, school_id: str, year: int, draft: PupilDraft) -> Pupil:
    """Where no sex is told, the prefix tells it, as in an import.

    `ProblemsFound` for a missing or taken number, a missing name, a citizen number. EDIT_ROSTER.
    """
    draft, pupil_id = with_sex_of_prefix(tidy(draft)), phonics.new_id()
    require(actor, Action.EDIT_ROSTER, school_id, classroom=_classroom(year, draft))
    with phonics.store.write() as connection:
        _refuse_problems(_year_problems(year) + _draft_problems(connection, school_id, draft))
        since = _change(phonics, actor).since_in(year)
        pupils.insert_pupils(connection, school_id, year, [(pupil_id, draft)], since=since)
        audit.record(connection, phonics.now(), actor.account_id, "pupil.added", pupil_id, year=year)
        return _stored(phonics, connection, pupil_id)


def correct_pupil(phonics: Phonics, actor: Actor, pupil_id: str, draft: PupilDraft) -> Pupil:
    """Corrects name, number, sex; a new grade or room changes the enrolment of this year. EDIT_ROSTER.

    `Conflict` "merge.stale" where the record was merged into another one meanwhile: the draft says what it held.
    """
    draft = tidy(draft)
    with phonics.store.write() as connection:
        pupil = _pupil(phonics, connection, actor, Action.EDIT_ROSTER, pupil_id)
        if pupil.id != pupil_id:
            raise Conflict("merge.stale")
        # Into another room, that one has to be the actor's as well.
        require(actor, Action.EDIT_ROSTER, pupil.school_id, classroom=_classroom(pupil.year, draft))
        _refuse_problems(_draft_problems(connection, pupil.school_id, draft, pupil_id))
        before = pupils.draft_of(pupil)
        if (draft.grade, draft.room) != (pupil.grade, pupil.room) and draft.class_number == pupil.class_number:
            draft = replace(draft, class_number=None)
        fields = [name for name in PupilDraft.__dataclass_fields__ if getattr(before, name) != getattr(draft, name)]
        if fields:
            change = _change(phonics, actor)
            here = (pupil.school_id, pupil.year, [(pupil_id, draft)])
            pupils.update_pupils(connection, *here, change, returning=not pupil.archived)
            audit.record(connection, phonics.now(), actor.account_id, "pupil.corrected", pupil_id, fields=fields)
        return _stored(phonics, connection, pupil_id)


def move_pupil(phonics: Phonics, actor: Actor, pupil_id: str, school_id: str) -> Pupil:
    """To another school (the actor needs EDIT_ROSTER there too); the history stays with the pupil.

    `Conflict` "pupil.number_taken_there" where the other school has that number already.
    """
    with phonics.store.write() as connection:
        pupil = _pupil(phonics, connection, actor, Action.EDIT_ROSTER, pupil_id)
        require(actor, Action.EDIT_ROSTER, school_id, classroom=pupil.classroom)
        _school(connection, school_id)
        if school_id != pupil.school_id:
            if pupils.number_is_taken(connection, school_id, pupil.number):
                raise Conflict("pupil.number_taken_there", {"number": pupil.number})
            change = _change(phonics, actor)
            pupils.move_to_school(connection, pupil.id, pupil.year, school_id, change)
            end_memberships(connection, [pupil.id], change)
            data = {"from_school": pupil.school_id, "to_school": school_id}
            audit.record(connection, phonics.now(), actor.account_id, "pupil.moved", pupil.id, **data)
        return _stored(phonics, connection, pupil.id)


def set_archived(phonics: Phonics, actor: Actor, pupil_id: str, archived: bool) -> Pupil:
    """Takes a pupil out of the class lists, or back in; tests and results stay. EDIT_ROSTER."""
    with phonics.store.write() as connection:
        pupil = _pupil(phonics, connection, actor, Action.EDIT_ROSTER, pupil_id)
        if pupil.archived is not archived:
            change = _change(phonics, actor)
            pupils.set_archived(connection, pupil.id, pupil.year, archived, change)
            if archived:
                end_memberships(connection, [pupil.id], change)
            action = "pupil.archived" if archived else "pupil.restored"
            audit.record(connection, phonics.now(), actor.account_id, action, pupil.id)
        return _stored(phonics, connection, pupil.id)


def _change(phonics: Phonics, actor: Actor) -> Recorded:
    return Recorded(phonics.now(), actor.account_id)


def _pupil(phonics: Phonics, connection: Connection, actor: Actor, action: Action, pupil_id: str) -> Pupil:
    """The pupil, if the actor may do `action` in his room."""
    pupil = pupils.find_pupil(connection, pupil_id, current_round(phonics).year)
    if pupil is None:
        raise NotFound("pupil.unknown")
    require(actor, action, pupil.school_id, classroom=pupil.classroom)
    return pupil


def _classroom(year: int, draft: PupilDraft) -> Classroom:
    return Classroom(year, draft.grade, draft.room)


def _stored(phonics: Phonics, connection: Connection, pupil_id: str) -> Pupil:
    pupil = pupils.find_pupil(connection, pupil_id, current_round(phonics).year)
    if pupil is None:
        raise NotFound("pupil.unknown")
    return pupil


def _school(connection: Connection, school_id: str) -> School:
    school = find_school(connection, school_id)
    if school is None:
        raise NotFound("school.unknown")
    return school


def _draft_problems(connection: Connection, school_id: str, draft: PupilDraft, pupil_id: str = "") -> list[Problem]:
    problems = draft_problems(draft, _school(connection, school_id).highest_grade)
    if draft.number and pupils.number_is_taken(connection, school_id, draft.number, by_other_than=pupil_id):
        problems.append(Problem("pupil.number_taken", Place(column="number"), draft.number))
    merged = merged_numbers(connection, school_id).get((draft.number, draft.first_name, draft.last_name))
    if merged is not None and not pupil_id:
        problems.append(Problem("pupil.merged_number", Place(column="number"), draft.number, merged))
    return problems


def _year_problems(year: int) -> list[Problem]:
    if year in YEARS:
        return []
    return [Problem("input.year_bad", Place(column="year"), str(year), f"{YEARS.start}–{YEARS.stop - 1}")]


def _refuse_problems(problems: list[Problem]) -> None:
    """Warnings alone don't stop a change by hand: the person sees what he types."""
    if any(not problem.warning for problem in problems):
        raise ProblemsFound(problems)
