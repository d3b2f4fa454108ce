"""Lists that grow with the years, page by page."""

from __future__ import annotations

from dataclasses import replace

from phonics_app.domain.account import Account, Actor
from phonics_app.domain.paging import FIRST, Page, Wanted
from phonics_app.domain.school import Pupil
from phonics_app.records import account_pages, attempt_pages, audit, pupil_pages
from phonics_app.records.account_pages import AccountFilter
from phonics_app.records.attempt_pages import AttemptFilter, AttemptRow
from phonics_app.records.pupil_pages import PupilFilter, PupilOrder
from phonics_app.records.writing import searched
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require, rooms_in_view

__all__ = [
    "AccountFilter",
    "AttemptFilter",
    "AttemptRow",
    "PupilFilter",
    "PupilOrder",
    "page_of_accounts",
    "page_of_attempts",
    "page_of_pupils",
]

_ALL_PUPILS, _ALL_ATTEMPTS, _ALL_ACCOUNTS = PupilFilter(), AttemptFilter(), AccountFilter()


def page_of_pupils(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    year: int,
    chosen: PupilFilter = _ALL_PUPILS,
    wanted: Wanted = FIRST,
) -> Page[Pupil]:
    """Pupils enrolled at the school in that academic year. SEE_PUPILS; of who holds single rooms, in these alone."""
    rooms = rooms_in_view(actor, Action.SEE_PUPILS, school_id)
    chosen = replace(chosen, search=searched(chosen.search), classrooms=rooms)
    subject = audit.class_subject(school_id, chosen.grade, chosen.room)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.pupils", subject, year=year)
    with phonics.store.read() as connection:
        return pupil_pages.page_of_pupils(connection, school_id, year, chosen, wanted)


def page_of_attempts(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    year: int,
    chosen: AttemptFilter = _ALL_ATTEMPTS,
    wanted: Wanted = FIRST,
) -> Page[AttemptRow]:
    """Tests given at the school in that academic year, newest first. SEE_PUPILS; rooms as with pupils."""
    rooms = rooms_in_view(actor, Action.SEE_PUPILS, school_id)
    chosen = replace(chosen, search=searched(chosen.search), classrooms=rooms)
    subject = audit.class_subject(school_id, chosen.grade, chosen.room)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.tests", subject, year=year)
    with phonics.store.read() as connection:
        return attempt_pages.page_of_attempts(connection, school_id, year, chosen, wanted)


def page_of_accounts(
    phonics: Phonics, actor: Actor, chosen: AccountFilter = _ALL_ACCOUNTS, wanted: Wanted = FIRST
) -> Page[Account]:
    """Accounts by username, disabled ones too where they are not left out. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.read() as connection:
        return account_pages.page_of_accounts(connection, replace(chosen, search=searched(chosen.search)), wanted)
