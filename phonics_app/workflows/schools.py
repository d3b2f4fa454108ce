"""The schools of the site."""

from __future__ import annotations

from phonics_app.domain.account import ROLES_OF_ONE_SCHOOL, Actor
from phonics_app.domain.errors import NotFound, ProblemsFound
from phonics_app.domain.school import School, SchoolDraft
from phonics_app.records import audit
from phonics_app.records import schools as stored
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require


def list_schools(phonics: Phonics, actor: Actor) -> tuple[School, ...]:
    """The schools the actor may choose from: his own, or all for roles of the whole site. Archived ones left out."""
    with phonics.store.read() as connection:
        schools = stored.list_schools(connection)
    if any(g.role not in ROLES_OF_ONE_SCHOOL for g in actor.grants):
        return schools
    return tuple(school for school in schools if school.id in actor.schools)


def save_school(phonics: Phonics, actor: Actor, draft: SchoolDraft, school_id: str | None = None) -> School:
    """Adds a school, or changes the one named. MANAGE_SITE. `ProblemsFound` for a bad or taken name or code."""
    require(actor, Action.MANAGE_SITE)
    draft = stored.tidy(draft)
    with phonics.store.write() as connection:
        present = stored.list_schools(connection, include_archived=True)
        before = next((s for s in present if s.id == school_id), None)
        if school_id is not None and before is None:
            raise NotFound("school.unknown")
        problems = stored.school_problems([draft], [s for s in present if s.id != school_id])
        if problems:
            raise ProblemsFound(problems)
        archived = before.archived if before else False
        school = School(
            school_id or phonics.new_id(), draft.name, draft.kind, draft.code, draft.highest_grade, archived
        )
        (stored.update_school if before else stored.insert_school)(connection, school)
        action = "school.changed" if before else "school.added"
        audit.record(connection, phonics.now(), actor.account_id, action, school.id)
    return school
