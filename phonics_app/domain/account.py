"""Accounts, roles and the actor on whose behalf a use case runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from phonics_app.domain.codec import SPARSE
from phonics_app.domain.school import Classroom


class Role(Enum):
    ADMINISTRATOR = "administrator"
    TEACHER = "teacher"
    DIRECTOR = "director"
    TRAINER = "trainer"
    MUNICIPAL_DIRECTOR = "municipal_director"
    AUDITOR = "auditor"
    """Reads who did what, changes nothing and sees no child."""


ROLES_OF_ONE_SCHOOL = frozenset({Role.TEACHER, Role.DIRECTOR})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, at one school (`school_id`) or, for roles of the whole site, None."""

    role: Role
    school_id: str | None = None
    classrooms: tuple[Classroom, ...] | None = field(default=None, metadata=SPARSE)
    """Of a teacher: the rooms that he holds, each of a named year, so that a grant ends with it. None: the whole
    school; an empty tuple: no room at all."""


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    username: str
    display_name: str
    grants: tuple[Grant, ...]
    disabled: bool = False
    created_at: datetime | None = None
    last_sign_in: datetime | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. The command line acts as `SYSTEM`, which holds the administrator's role."""

    account_id: str
    display_name: str
    grants: tuple[Grant, ...]
    chooses_password: bool = False
    """Somebody else has typed the password: until the person has chosen his own, he may do nothing else."""

    def has(self, role: Role) -> bool:
        return any(g.role is role for g in self.grants)

    @property
    def schools(self) -> frozenset[str]:
        """Schools at which the actor holds a role of one school."""
        return frozenset(g.school_id for g in self.grants if g.school_id is not None)

    @property
    def whole_schools(self) -> frozenset[str]:
        """Those of `schools` that the actor does not hold single rooms of alone."""
        return frozenset(g.school_id for g in self.grants if g.school_id is not None and g.classrooms is None)


SYSTEM = Actor("system", "system", (Grant(Role.ADMINISTRATOR),))
RESCUER_ID = "rescue"
"""Stands for an account where whoever had the code of the data folder put a backup back: nobody could sign in."""
