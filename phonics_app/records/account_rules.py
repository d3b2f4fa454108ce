"""What a new or changed account must satisfy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from phonics_app.domain.account import ROLES_OF_ONE_SCHOOL, Grant, Role
from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.text import Text
from phonics_app.records.passwords import password_problems
from phonics_app.records.pupil_rules import LENGTHS, YEARS
from phonics_app.records.writing import plain_digits, squeezed

_USERNAME = re.compile(r"[\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e][\w.@\-\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,49}")
USERNAME_FORM = "a-z, ก-ฮ, 0-9, . _ - @; 3–50"
NAME_LENGTH = 300
ROOMS_OF_A_GRANT = 50


def normal_username(username: str) -> str:
    """The form in which usernames are stored and compared: case, spaces around and Thai digits make no difference."""
    return plain_digits(unicodedata.normalize("NFKC", squeezed(username)).casefold())


def username_problems(username: str) -> list[Problem]:
    """For a username in its normal form."""
    if not username:
        return [Problem("account.username_empty", Place(column="username"))]
    if _USERNAME.fullmatch(username):
        return []
    return [Problem("account.username_bad", Place(column="username"), username[:60], USERNAME_FORM)]


def display_name_problems(name: str) -> list[Problem]:
    place = Place(column="display_name")
    if not name:
        return [Problem("account.display_name_empty", place)]
    return [Problem("input.too_long", place, name[:50], str(NAME_LENGTH))] if len(name) > NAME_LENGTH else []


def grant_problems(grants: Iterable[Grant], school_ids: Collection[str]) -> list[Problem]:
    """At least one grant; roles of one school name a school that exists, the others none."""
    grants = tuple(grants)
    place = Place(column="grants")
    problems = [] if grants else [Problem("account.grant_none", place)]
    for grant in grants:
        of_school = grant.role in ROLES_OF_ONE_SCHOOL
        if of_school and grant.school_id is None:
            problems.append(Problem("account.grant_without_school", place, expected=grant.role.value))
        elif not of_school and grant.school_id is not None:
            problems.append(Problem("account.grant_with_school", place, expected=grant.role.value))
        elif of_school and grant.school_id not in school_ids:
            problems.append(Problem("account.grant_school_unknown", place, grant.school_id or ""))
        problems += _classroom_problems(grant, place)
    return problems


def _classroom_problems(grant: Grant, place: Place) -> list[Problem]:
    """Rooms are held by teachers, a few of them, and no empty set of them."""
    if grant.classrooms is None:
        return []
    if grant.role is not Role.TEACHER:
        return [Problem("account.grant_with_rooms", place, expected=grant.role.value)]
    if not 1 <= len(grant.classrooms) <= ROOMS_OF_A_GRANT:
        return [Problem("account.grant_rooms_number", place, str(len(grant.classrooms)), f"1–{ROOMS_OF_A_GRANT}")]
    bad = [c for c in grant.classrooms if c.year not in YEARS or len(c.room) > LENGTHS["room"]]
    return [
        Problem("account.grant_room_bad", place, f"{c.grade.value}/{c.room[: LENGTHS['room']]} {c.year}") for c in bad
    ]


def account_problems(username: str, display_name: str, password: str, schools: Iterable[Text]) -> list[Problem]:
    """What is wrong with a new account; username and name are tidied before. `schools`: names no password repeats."""
    problems = username_problems(username) + display_name_problems(display_name)
    return problems + password_problems(password, username, display_name, schools=schools)
