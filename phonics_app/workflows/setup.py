"""First start: set up one's own schools (`demonstration` makes the other choice)."""

from __future__ import annotations

from enum import Enum

from phonics_app.domain.account import Account, Grant, Role
from phonics_app.domain.errors import Conflict, NotAllowed, Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import School, SchoolDraft
from phonics_app.domain.text import Text
from phonics_app.records import audit, guesses, passwords
from phonics_app.records import schools as stored_schools
from phonics_app.records.account_rules import account_problems, normal_username
from phonics_app.records.accounts import insert_account
from phonics_app.records.settings import get_setting, set_setting
from phonics_app.records.writing import squeezed
from phonics_app.workflows.context import Phonics

__all__ = [
    "MUNICIPAL_SCHOOLS",
    "PASSWORD_MINIMUM",
    "SchoolDraft",
    "SiteState",
    "guess_setup_code",
    "set_up_schools",
    "site_state",
]

PASSWORD_MINIMUM = passwords.MINIMUM_LENGTH
"""Characters; a form tells it before it refuses."""
MOST_WRONG_CODES = 100
"""In a quarter of an hour from everywhere: of 100,000,000 codes that are too few to find one."""
_OF_CODE = "setup code"
"""In place of the user name, which can have no space."""
SITE_SETTING = "site"
"""Name of the setting that holds the `SiteState`; an EMPTY site has none."""


class SiteState(Enum):
    """EMPTY: nothing set up yet. DEMONSTRATION: all pupils are simulated and every page says so."""

    EMPTY = "empty"
    OWN = "own"
    DEMONSTRATION = "demonstration"


MUNICIPAL_SCHOOLS = (
    SchoolDraft(Text("โรงเรียนเทศบาลประตูลี้", "Pratu Li Municipal School"), highest_grade=Grade.M3),
    SchoolDraft(Text("โรงเรียนเทศบาลสันป่ายางหน่อม", "San Pa Yang Nom Municipal School"), highest_grade=Grade.M3),
    SchoolDraft(Text("โรงเรียนเทศบาลสันป่ายางหลวง", "San Pa Yang Luang Municipal School")),
    SchoolDraft(Text("โรงเรียนเทศบาลจามเทวี", "Chamthewi Municipal School")),
)
"""Offered at set-up; official Thai names, English ones are ours and editable."""


def site_state(phonics: Phonics) -> SiteState:
    """Needs no actor: the sign-in page asks it."""
    with phonics.store.read() as connection:
        return SiteState(get_setting(connection, SITE_SETTING) or SiteState.EMPTY.value)


def guess_setup_code(phonics: Phonics, right: bool, address: str) -> None:
    """Before whoever gave a code is told whether it was `right`: wrong ones are counted by address and all together.

    `NotAllowed` "setup.throttled" (data: minutes to wait), or "setup.code_wrong".
    """
    now, at = phonics.now(), f"setup {address}"
    with phonics.store.write() as connection:
        guesses.forget_old(connection, now)
        if wait := guesses.seconds_to_wait(connection, _OF_CODE, at, now, MOST_WRONG_CODES):
            raise NotAllowed("setup.throttled", {"minutes": -(-wait // 60)})
        if not right:
            guesses.note_guess(connection, _OF_CODE, at, now)
    if not right:
        raise NotAllowed("setup.code_wrong")


def set_up_schools(
    phonics: Phonics, schools: tuple[SchoolDraft, ...], username: str, display_name: str, password: str
) -> None:
    """Makes the schools and the administrator's account, all or nothing.

    Only on an EMPTY site (`Conflict` "setup.done" otherwise); `ProblemsFound` for a bad name, code or password.
    """
    if site_state(phonics) is not SiteState.EMPTY:
        raise Conflict("setup.done")
    schools = tuple(stored_schools.tidy(draft) for draft in schools)
    username, display_name = normal_username(username), squeezed(display_name)
    problems = [] if schools else [Problem("setup.no_school", Place(column="schools"))]
    problems += stored_schools.school_problems(schools)
    problems += account_problems(username, display_name, password, [draft.name for draft in schools])
    if problems:
        raise ProblemsFound(problems)
    now = phonics.now()
    grants = (Grant(Role.ADMINISTRATOR),)
    account = Account(phonics.new_id(), username, display_name, grants, created_at=now)
    _store(phonics, schools, account, passwords.hash_password(password))


def _store(phonics: Phonics, schools: tuple[SchoolDraft, ...], account: Account, password_hash: str) -> None:
    with phonics.store.write() as connection:
        # Asked again under the lock: two browsers may press the button at the same moment.
        if get_setting(connection, SITE_SETTING) is not None:
            raise Conflict("setup.done")
        set_setting(connection, SITE_SETTING, SiteState.OWN.value)
        for d in schools:
            school = School(phonics.new_id(), d.name, d.kind, d.code, d.highest_grade)
            stored_schools.insert_school(connection, school)
        insert_account(connection, account, password_hash)
        audit.record(connection, phonics.now(), account.id, "site.set_up", "", schools=len(schools))
