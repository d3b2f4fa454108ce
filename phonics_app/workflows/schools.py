"""The schools of the site."""

from __future__ import annotations

from phonics_app.domain.account import Actor
from phonics_app.domain.school import School
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.setup import SchoolDraft


def list_schools(phonics: Phonics, actor: Actor) -> tuple[School, ...]:
    """The schools the actor may choose from: his own, or all for roles of the whole site. Archived ones left out."""
    raise NotImplementedError


def save_school(phonics: Phonics, actor: Actor, draft: SchoolDraft, school_id: str | None = None) -> School:
    """Adds a school, or changes the one named. MANAGE_SITE."""
    raise NotImplementedError
