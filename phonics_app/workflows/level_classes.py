"""Classes by level: proposed from the levels in force, confirmed, changed; and who taught whom when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Conflict, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.level_class import DraftClass, LevelClass, Member, Proposal, in_groups
from phonics_app.domain.school import class_order
from phonics_app.records import audit, class_records
from phonics_app.records import level_classes as records
from phonics_app.records.past import Change
from phonics_app.records.pupils import find_pupil
from phonics_app.records.schools import find_school
from phonics_app.records.writing import squeezed
from phonics_app.reports.level_class_report import level_class_report
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat, hand_out
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import current_round, today

__all__ = [
    "DraftClass",
    "LevelClass",
    "LevelClassPage",
    "Member",
    "Proposal",
    "change_level_class",
    "confirm_level_classes",
    "export_level_class",
    "level_class_page",
    "list_level_classes",
    "move_level_member",
    "propose_level_classes",
]

USUAL_SIZE = 25
LARGEST = 60
_LENGTHS = {"name": 100, "teacher": 300, "room": 100}


@dataclass(frozen=True, slots=True)
class LevelClassPage:
    """A level class with its members in the order of the class list."""

    of: LevelClass
    members: tuple[Member, ...]


def propose_level_classes(phonics: Phonics, actor: Actor, school_id: str, most: int = USUAL_SIZE) -> Proposal:
    """Classes of at most `most` pupils of one level, those of neighbouring grades together. DECIDE_PLACEMENT."""
    require(actor, Action.DECIDE_PLACEMENT, school_id)
    now = current_round(phonics)
    with phonics.store.read() as connection:
        found = class_records.class_records(connection, school_id, now.year)
    found.sort(key=lambda record: class_order(record.pupil))
    by_level: dict[int, list[str]] = defaultdict(list)
    for record in found:
        if record.level is not None:
            by_level[record.level].append(record.pupil.id)
    classes = [
        DraftClass(level, f"{level}.{number}", ids)
        for level in sorted(by_level)
        for number, ids in enumerate(in_groups(by_level[level], min(most, LARGEST)), start=1)
    ]
    unplaced = tuple(record.pupil for record in found if record.level is None)
    return Proposal(now, tuple(classes), {record.pupil.id: record.pupil for record in found}, unplaced)


def confirm_level_classes(
    phonics: Phonics, actor: Actor, school_id: str, drafts: Sequence[DraftClass]
) -> tuple[LevelClass, ...]:
    """From today on these are the level classes of the school; those of before are over, and kept.

    DECIDE_PLACEMENT. `ProblemsFound` for a name that is empty or there twice, a pupil who is in two classes or not at
    this school, an unknown level.
    """
    require(actor, Action.DECIDE_PLACEMENT, school_id)
    drafts = [_tidy(draft) for draft in drafts if draft.pupil_ids]
    now, change = current_round(phonics), Change(phonics.now(), actor.account_id)
    with phonics.store.write() as connection:
        known = {record.pupil.id for record in class_records.class_records(connection, school_id, now.year)}
        if problems := [*_problems(phonics, drafts, known)]:
            raise ProblemsFound(problems)
        records.close_classes(connection, school_id, change)
        for draft in drafts:
            records.end_memberships(connection, draft.pupil_ids, change)
            made = LevelClass(
                phonics.new_id(), school_id, now, draft.level, draft.name, draft.teacher, draft.room,
                today(phonics), None, len(draft.pupil_ids),
            )  # fmt: skip
            records.insert_class(connection, made, draft.pupil_ids, change)
        told = {"classes": len(drafts), "pupils": sum(len(draft.pupil_ids) for draft in drafts)}
        audit.record(connection, change.at, actor.account_id, "level_classes.formed", school_id, **told)
        return records.classes_of(connection, school_id)


def _tidy(draft: DraftClass) -> DraftClass:
    return replace(draft, name=squeezed(draft.name), teacher=squeezed(draft.teacher), room=squeezed(draft.room))


def _problems(phonics: Phonics, drafts: Sequence[DraftClass], known: set[str]) -> Iterator[Problem]:
    if not drafts:
        yield Problem("level_class.none", Place())
    names = Counter(draft.name for draft in drafts)
    seats = Counter(pupil for draft in drafts for pupil in draft.pupil_ids)
    levels = [level.number for level in phonics.content.bank.levels]
    for row, draft in enumerate(drafts, start=1):
        yield from _text_problems(draft, row)
        if names[draft.name] > 1:
            yield Problem("level_class.name_twice", Place(row=row, column="name"), draft.name)
        if draft.level not in levels:
            expected = ", ".join(map(str, levels))
            yield Problem("attempt.level_unknown", Place(row=row, column="level"), str(draft.level), expected)
        for pupil in draft.pupil_ids:
            if pupil not in known:
                yield Problem("level_class.pupil_unknown", Place(row=row), pupil)
            elif seats[pupil] > 1:
                yield Problem("level_class.pupil_twice", Place(row=row), pupil)


def _text_problems(draft: DraftClass, row: int | None) -> Iterator[Problem]:
    if not draft.name:
        yield Problem("level_class.name_empty", Place(row=row, column="name"))
    for field, longest in _LENGTHS.items():
        value = getattr(draft, field)
        if len(value) > longest:
            yield Problem("input.too_long", Place(row=row, column=field), value[:50], str(longest))


def list_level_classes(phonics: Phonics, actor: Actor, school_id: str) -> tuple[LevelClass, ...]:
    """Those that go on, by level. SEE_PUPILS."""
    require(actor, Action.SEE_PUPILS, school_id)
    with phonics.store.read() as connection:
        return records.classes_of(connection, school_id)


def level_class_page(phonics: Phonics, actor: Actor, class_id: str) -> LevelClassPage:
    """A class and who is in it now. SEE_PUPILS; `NotFound` "level_class.unknown"."""
    with phonics.store.read() as connection:
        of = _class(connection, actor, Action.SEE_PUPILS, class_id)
        since = records.members_of(connection, class_id)
        found = class_records.class_records(connection, of.school_id, current_round(phonics).year)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.level_class", class_id)
    rows = sorted((r for r in found if r.pupil.id in since), key=lambda r: class_order(r.pupil))
    return LevelClassPage(of, tuple(Member(r.pupil, since[r.pupil.id], r.level) for r in rows))


def change_level_class(
    phonics: Phonics, actor: Actor, class_id: str, *, name: str, teacher: str, room: str
) -> LevelClass:
    """Another name, teacher (from today on; the one before is kept) or room. DECIDE_PLACEMENT."""
    with phonics.store.write() as connection:
        of = _class(connection, actor, Action.DECIDE_PLACEMENT, class_id)
        draft = _tidy(DraftClass(of.level, name, (), teacher, room))
        problems = [*_text_problems(draft, None)]
        if any(other.name == draft.name and other.id != class_id for other in _siblings(connection, of)):
            problems.append(Problem("level_class.name_twice", Place(column="name"), draft.name))
        if problems:
            raise ProblemsFound(problems)
        records.rename(connection, class_id, draft.name, draft.room)
        records.set_teacher(connection, class_id, draft.teacher, Change(phonics.now(), actor.account_id))
        audit.record(connection, phonics.now(), actor.account_id, "level_class.changed", class_id)
        return _class(connection, actor, Action.DECIDE_PLACEMENT, class_id)


def move_level_member(phonics: Phonics, actor: Actor, pupil_id: str, class_id: str) -> LevelClass:
    """From today on the pupil is taught in that class; where he was before is kept. DECIDE_PLACEMENT.

    `Conflict` "level_class.over" for one that goes on no more, "level_class.other_school" for another school's pupil.
    """
    with phonics.store.write() as connection:
        of = _class(connection, actor, Action.DECIDE_PLACEMENT, class_id)
        pupil = find_pupil(connection, pupil_id)
        if pupil is None or pupil.school_id != of.school_id:
            raise Conflict("level_class.other_school", {"id": pupil_id})
        if of.until is not None:
            raise Conflict("level_class.over", {"name": of.name})
        if pupil.id not in records.members_of(connection, class_id):
            change = Change(phonics.now(), actor.account_id)
            records.end_memberships(connection, [pupil.id], change)
            records.add_members(connection, class_id, [pupil.id], change)
            audit.record(connection, change.at, actor.account_id, "level_class.joined", pupil.id, level_class=class_id)
        return _class(connection, actor, Action.DECIDE_PLACEMENT, class_id)


def export_level_class(phonics: Phonics, actor: Actor, class_id: str, *, format: ExportFormat, language: str) -> bytes:
    """The list of a level class: PDF (print view), CSV or Excel. SEE_PUPILS."""
    shown = level_class_page(phonics, actor, class_id)
    with phonics.store.read() as connection:
        school = find_school(connection, shown.of.school_id)
    name = school.name.in_language(language) if school else ""
    report = level_class_report(shown.of, shown.members, name, today(phonics), language)
    return hand_out(phonics, actor, report, format, "level_class", class_id, {})


def _siblings(connection: Connection, of: LevelClass) -> tuple[LevelClass, ...]:
    return records.classes_of(connection, of.school_id)


def _class(connection: Connection, actor: Actor, action: Action, class_id: str) -> LevelClass:
    found = records.find_class(connection, class_id)
    if found is None:
        raise NotFound("level_class.unknown", {"id": class_id})
    require(actor, action, found.school_id)
    return found
