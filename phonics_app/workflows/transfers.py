"""Pupils who change schools: the new school asks, the old one releases or refuses.

The asker learns nothing that he has not typed: who does not know number, first and last name is told "no match",
and each such try stands in the record of use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Conflict, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.domain.text import Text
from phonics_app.domain.transfer import Transfer, TransferDraft, TransferState
from phonics_app.records import audit
from phonics_app.records import transfers as stored
from phonics_app.records.past import Change
from phonics_app.records.pupil_rules import draft_problems, tidy
from phonics_app.records.pupils import find_pupil, number_is_taken
from phonics_app.records.schools import find_school, list_schools
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today

__all__ = [
    "Transfer",
    "TransferDraft",
    "TransferState",
    "ask_for_pupil",
    "decide_transfer",
    "list_transfers",
    "withdraw_transfer",
]


def ask_for_pupil(phonics: Phonics, actor: Actor, school_id: str, draft: TransferDraft) -> Transfer:
    """Asks the school where the pupil is to release him to this one. TRANSFER_PUPILS.

    `ProblemsFound` for the day, the class or the new number; `Conflict` "transfer.no_match" unless exactly one pupil
    of another school has that number and name, "transfer.asked_already" while such a request is open.
    """
    require(actor, Action.TRANSFER_PUPILS, school_id)
    old, new = tidy(_person(draft, draft.number)), tidy(_person(draft, draft.new_number or draft.number))
    names = {name: getattr(old, name) for name in ("number", "first_name", "last_name", "room")}
    draft = replace(draft, **names, new_number=new.number)
    change, transfer_id = _change(phonics, actor), phonics.new_id()
    with phonics.store.write() as connection:
        problems = list(_problems(phonics, connection, school_id, new, draft))
        if any(not problem.warning for problem in problems):
            raise ProblemsFound(problems)
        found = stored.pupils_called(connection, draft, school_id)
        if len(found) == 1:
            if stored.is_asked_for(connection, found[0][0], school_id):
                raise Conflict("transfer.asked_already")
            stored.insert_transfer(connection, transfer_id, found[0], school_id, draft, change)
        # Who tries out names and numbers is seen to do so: this is stored, match or not.
        action = "transfer.asked" if len(found) == 1 else "transfer.not_found"
        subject = found[0][0] if len(found) == 1 else school_id
        audit.record(connection, change.at, actor.account_id, action, subject, to_school=school_id)
    if len(found) != 1:
        raise Conflict("transfer.no_match")
    return _shown(_stored(phonics, transfer_id), school_id)


def list_transfers(phonics: Phonics, actor: Actor, school_id: str) -> tuple[Transfer, ...]:
    """Requests of this school and to it, the open ones first. TRANSFER_PUPILS.

    Of which school a pupil is, the asker is told when he is released (`from_school_id` "" until then); who asks for
    a pupil of this school is always told.
    """
    require(actor, Action.TRANSFER_PUPILS, school_id)
    with phonics.store.read() as connection:
        found = stored.transfers_of(connection, school_id)
        names = {school.id: school.name for school in list_schools(connection, include_archived=True)}
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.transfers", school_id)
    return tuple(_with_other(_shown(one, school_id), school_id, names) for one in found)


def count_requests(phonics: Phonics, actor: Actor, school_id: str) -> int:
    """How many pupils of the school others ask for, undecided; names nobody. TRANSFER_PUPILS."""
    require(actor, Action.TRANSFER_PUPILS, school_id)
    with phonics.store.read() as connection:
        return stored.count_waiting(connection, school_id)


def decide_transfer(
    phonics: Phonics, actor: Actor, school_id: str, transfer_id: str, release: bool, reason: str = ""
) -> Transfer:
    """Releases or refuses a pupil of this school. TRANSFER_PUPILS.

    `NotFound` "transfer.unknown"; `Conflict` "transfer.over", "transfer.gone" where the pupil is not of this school
    any more, "transfer.too_old" where a year is over since it was asked for, "pupil.number_taken_there" where another
    pupil has got the number meanwhile.
    """
    require(actor, Action.TRANSFER_PUPILS, school_id)
    change = _change(phonics, actor)
    with phonics.store.write() as connection:
        asked = _open(connection, transfer_id)
        if asked.from_school_id != school_id:
            raise NotFound("transfer.unknown")
        if release:
            _release(connection, asked, change)
        state = TransferState.RELEASED if release else TransferState.REFUSED
        stored.end_transfer(connection, asked.id, state, reason.strip()[:500], change)
        told = {"from_school": asked.from_school_id, "to_school": asked.to_school_id}
        audit.record(connection, change.at, actor.account_id, f"transfer.{state.value}", asked.pupil_id, **told)
    return _stored(phonics, transfer_id)


def withdraw_transfer(phonics: Phonics, actor: Actor, school_id: str, transfer_id: str) -> Transfer:
    """Takes a request of this school back while it is open. TRANSFER_PUPILS. `NotFound`, `Conflict` as above."""
    require(actor, Action.TRANSFER_PUPILS, school_id)
    change = _change(phonics, actor)
    with phonics.store.write() as connection:
        asked = _open(connection, transfer_id)
        if asked.to_school_id != school_id:
            raise NotFound("transfer.unknown")
        stored.end_transfer(connection, asked.id, TransferState.WITHDRAWN, "", change)
        audit.record(connection, change.at, actor.account_id, "transfer.withdrawn", asked.pupil_id, to_school=school_id)
    return _shown(_stored(phonics, transfer_id), school_id)


def _release(connection: Connection, asked: Transfer, change: Change) -> None:
    pupil = find_pupil(connection, asked.pupil_id)
    if pupil is None or pupil.school_id != asked.from_school_id:
        raise Conflict("transfer.gone")
    year = Round.of(asked.starts_on).year
    if year < max(pupil.year, Round.at(change.at).year):
        raise Conflict("transfer.too_old")
    if number_is_taken(connection, asked.to_school_id, asked.new_number):
        raise Conflict("pupil.number_taken_there", {"number": asked.new_number})
    stored.transfer_pupil(connection, pupil, asked, year, change)


def _open(connection: Connection, transfer_id: str) -> Transfer:
    asked = stored.find_transfer(connection, transfer_id)
    if asked is None:
        raise NotFound("transfer.unknown")
    if asked.state is not TransferState.OPEN:
        raise Conflict("transfer.over")
    return asked


def _stored(phonics: Phonics, transfer_id: str) -> Transfer:
    with phonics.store.read() as connection:
        found = stored.find_transfer(connection, transfer_id)
    if found is None:
        raise NotFound("transfer.unknown")
    return found


def _shown(transfer: Transfer, school_id: str) -> Transfer:
    hidden = transfer.to_school_id == school_id and transfer.state is not TransferState.RELEASED
    return replace(transfer, from_school_id="", pupil_id="") if hidden else transfer


def _with_other(transfer: Transfer, school_id: str, names: Mapping[str, Text]) -> Transfer:
    other = transfer.from_school_id if transfer.to_school_id == school_id else transfer.to_school_id
    return replace(transfer, other_school=names.get(other))


def _person(draft: TransferDraft, number: str) -> PupilDraft:
    return PupilDraft(number, "", draft.first_name, draft.last_name, Sex.UNKNOWN, draft.grade, draft.room)


def _change(phonics: Phonics, actor: Actor) -> Change:
    return Change(phonics.now(), actor.account_id)


def _problems(
    phonics: Phonics, connection: Connection, school_id: str, new: PupilDraft, draft: TransferDraft
) -> Iterator[Problem]:
    school = find_school(connection, school_id)
    if school is None:
        raise NotFound("school.unknown")
    yield from draft_problems(new, school.highest_grade)
    if number_is_taken(connection, school_id, new.number):
        yield Problem("pupil.number_taken", Place(column="number"), new.number)
    last = today(phonics)
    first = Round(Round.of(last).year, 1).starts
    if not first <= draft.starts_on <= last:
        expected = f"{first.isoformat()} – {last.isoformat()}"
        yield Problem("transfer.day_bad", Place(column="starts_on"), draft.starts_on.isoformat(), expected)
