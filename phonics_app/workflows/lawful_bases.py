"""On what ground each pupil's data are kept: noted for a whole class at once, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.privacy import NOTICE_VERSION, Basis, BasisSource, LawfulBasis, PupilBasis
from phonics_app.records import audit, pupils
from phonics_app.records import lawful_bases as stored
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require, rooms_in_view
from phonics_app.workflows.rounds import current_round, today

__all__ = ["Basis", "BasisSource", "LawfulBasis", "PupilBasis"]

_OLDEST_YEARS = 20
_BY_CONSENT = frozenset({Basis.CONSENT, Basis.WITHDRAWN})
"""What a parent has said: a decision of the school can't stand for it."""


def class_bases(
    phonics: Phonics, actor: Actor, school_id: str, year: int, grade: Grade | None = None, room: str | None = None
) -> tuple[PupilBasis, ...]:
    """Every pupil of the class, in list order, with what counts now.

    SEE_PUPILS; of a teacher who holds single rooms, in these alone.
    """
    rooms = rooms_in_view(actor, Action.SEE_PUPILS, school_id)
    subject = audit.class_subject(school_id, grade, room)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.pupils", subject, year=year)
    with phonics.store.read() as connection:
        return stored.class_bases(connection, school_id, year, grade, room, rooms)


def basis_history(phonics: Phonics, actor: Actor, pupil_id: str) -> tuple[LawfulBasis, ...]:
    """Newest first. SEE_PUPILS at the pupil's school; `NotFound` "pupil.unknown"."""
    with phonics.store.read() as connection:
        pupil = pupils.find_pupil(connection, pupil_id, current_round(phonics).year)
        if pupil is None:
            raise NotFound("pupil.unknown", {"id": pupil_id})
        require(actor, Action.SEE_PUPILS, pupil.school_id, classroom=pupil.classroom)
        found = stored.history(connection, pupil.id)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.pupil", pupil_id)
    return found


def count_without_basis(phonics: Phonics, actor: Actor, school_id: str, year: int) -> int:
    """How many pupils of the school, or of the teacher's own rooms, have none. EDIT_ROSTER."""
    rooms = rooms_in_view(actor, Action.EDIT_ROSTER, school_id)
    with phonics.store.read() as connection:
        return stored.count_without(connection, school_id, year, rooms)


def record_bases(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    year: int,
    pupil_ids: Sequence[str],
    basis: Basis,
    given_on: date,
    source: BasisSource,
) -> int:
    """Notes the same for all these pupils of the school, whole or not at all; how many. EDIT_ROSTER.

    `ProblemsFound` for nobody chosen, a day that can't be, consent without a form, a pupil who is not of the school.
    """
    rooms = rooms_in_view(actor, Action.EDIT_ROSTER, school_id)
    ids = list(dict.fromkeys(pupil_ids))
    problems = _problems(today(phonics), ids, basis, given_on, source)
    now = phonics.now()
    with phonics.store.write() as connection:
        listed = pupils.list_pupils(connection, school_id, year, include_archived=True, classrooms=rooms)
        known = {pupil.id for pupil in listed}
        problems += [
            Problem("basis.pupil_elsewhere", Place(row=number), each[:100])
            for number, each in enumerate(ids, start=1)
            if each not in known
        ]
        if problems:
            raise ProblemsFound(problems)
        made = [LawfulBasis(each, basis, given_on, source, NOTICE_VERSION, actor.account_id, now) for each in ids]
        stored.insert_bases(connection, made)
        told = {"basis": basis.value, "given_on": given_on.isoformat(), "source": source.value}
        for each in ids:
            audit.record(connection, now, actor.account_id, "basis.recorded", each, **told)
    return len(ids)


def _problems(now: date, ids: Sequence[str], basis: Basis, given_on: date, source: BasisSource) -> list[Problem]:
    problems = []
    if not ids:
        problems.append(Problem("basis.nobody", Place(column="pupil")))
    if given_on > now or given_on.year < now.year - _OLDEST_YEARS:
        expected = f"{now.year - _OLDEST_YEARS}-01-01 – {now.isoformat()}"
        problems.append(Problem("basis.day", Place(column="given_on"), given_on.isoformat(), expected))
    if basis in _BY_CONSENT and source is BasisSource.DECISION:
        problems.append(Problem("basis.no_form", Place(column="source"), source.value))
    return problems
