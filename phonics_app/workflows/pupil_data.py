"""Subject access: all that is held on a pupil, to look through and to hand out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import NotFound
from phonics_app.domain.pupil_data import HeldTest, PupilData
from phonics_app.domain.text import Text
from phonics_app.records import attempts, audit
from phonics_app.records import pupil_data as held
from phonics_app.records.pupil_data import Person
from phonics_app.reports.pupil_data_files import pupil_data_zip
from phonics_app.workflows.audit_sentences import SENTENCES
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require

__all__ = ["PupilHoldings", "export_pupil_data", "pupil_holdings"]


@dataclass(frozen=True, slots=True)
class PupilHoldings:
    """What there is on a pupil: table of the schema → rows, those without rows left out."""

    pupil: Person
    counts: dict[str, int]
    acts: int
    """Audit entries."""


def pupil_holdings(phonics: Phonics, actor: Actor, pupil_id: str) -> PupilHoldings:
    """How much is held on the pupil. GIVE_OWN_DATA at the school where he is now."""
    with phonics.store.read() as connection:
        person = _person(connection, actor, pupil_id)
        acts = held.acts_about(connection, person.id)
        return PupilHoldings(person, held.count_held(connection, [person.id]), len(acts))


def export_pupil_data(phonics: Phonics, actor: Actor, pupil_id: str) -> bytes:
    """All that is held on the pupil as a ZIP file: PDFs in Thai and English, JSON, CSV. GIVE_OWN_DATA.

    The copy holds the note of its own making as well.
    """
    with phonics.store.read() as connection:
        person = _person(connection, actor, pupil_id)
    with phonics.store.write() as connection:
        audit.record(connection, phonics.now(), actor.account_id, "export.pupil_data", person.id)
    with phonics.store.read() as connection:
        data = _all_of(phonics, connection, person)
    return pupil_data_zip(data)


def _person(connection: Connection, actor: Actor, pupil_id: str) -> Person:
    person = held.find_person(connection, pupil_id)
    if person is None:
        raise NotFound("pupil.unknown")
    require(actor, Action.GIVE_OWN_DATA, person.school_id)
    return person


def _all_of(phonics: Phonics, connection: Connection, person: Person) -> PupilData:
    tables, acts = held.load_held(connection, person.id), held.acts_about(connection, person.id)
    named = {value for table in tables for row in table.rows for value in row if isinstance(value, str)}
    named |= {person.school_id, *(id for act in acts for id in (act.account_id, act.subject))}
    # Of the site's people and schools only those that had to do with the pupil.
    accounts = {id: name for id, name in held.names_of_accounts(connection).items() if id in named}
    schools = {id: name for id, name in held.names_of_schools(connection).items() if id in named}
    return PupilData(
        pupil_id=person.id,
        number=person.number,
        name=person.name,
        school=schools.get(person.school_id, Text("", "")),
        made_at=phonics.now(),
        simulated=person.simulated,
        tables=tables,
        tests=_tests(connection, person.id),
        acts=acts,
        accounts=accounts,
        schools=schools,
        sentences=SENTENCES,
    )


def _tests(connection: Connection, pupil_id: str) -> tuple[HeldTest, ...]:
    """Oldest first."""
    found = []
    for attempt in reversed(attempts.attempts_of(connection, pupil_id)):
        key = attempts.keys_of(connection, [attempt.id])[attempt.id]
        plan, events = attempts.load_plan(connection, attempt.plan_hash), attempts.load_events(connection, key)
        found.append(HeldTest(attempt.id, attempt.created_at, plan, events))
    return tuple(found)
