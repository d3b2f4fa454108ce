"""Who may do what: one table, checked once, here."""

from __future__ import annotations

from enum import Enum

from phonics_app.domain.account import ROLES_OF_ONE_SCHOOL, Actor, Role
from phonics_app.domain.errors import NotAllowed


class Action(Enum):
    MANAGE_SITE = "manage_site"
    """Schools, accounts, backup, settings."""
    EDIT_ROSTER = "edit_roster"
    SEE_PUPILS = "see_pupils"
    GIVE_TESTS = "give_tests"
    DECIDE_PLACEMENT = "decide_placement"
    SEE_DASHBOARD = "see_dashboard"
    SEE_ALL_SCHOOLS = "see_all_schools"
    """The four municipal schools side by side, network schools as suppressed aggregates."""
    EDIT_ONET = "edit_onet"
    SEE_RUBRICS = "see_rubrics"


_ADMINISTRATOR = frozenset(Action)
_BY_ROLE: dict[Role, frozenset[Action]] = {
    Role.ADMINISTRATOR: _ADMINISTRATOR,
    Role.TEACHER: frozenset(
        {
            Action.EDIT_ROSTER,
            Action.SEE_PUPILS,
            Action.GIVE_TESTS,
            Action.DECIDE_PLACEMENT,
            Action.SEE_RUBRICS,
        }
    ),
    Role.DIRECTOR: frozenset({Action.SEE_PUPILS, Action.SEE_DASHBOARD, Action.EDIT_ONET, Action.SEE_RUBRICS}),
    Role.TRAINER: frozenset({Action.SEE_RUBRICS}),
    Role.MUNICIPAL_DIRECTOR: frozenset(
        {Action.SEE_DASHBOARD, Action.SEE_ALL_SCHOOLS, Action.EDIT_ONET, Action.SEE_RUBRICS}
    ),
}


def allows(actor: Actor, action: Action, school_id: str | None = None) -> bool:
    """Whether one of the actor's grants permits `action` at `school_id` (None: not tied to a school)."""
    return any(
        action in _BY_ROLE[g.role]
        and (g.role not in ROLES_OF_ONE_SCHOOL or school_id is None or g.school_id == school_id)
        for g in actor.grants
    )


def require(actor: Actor, action: Action, school_id: str | None = None) -> None:
    """Raises `NotAllowed` unless `allows`."""
    if not allows(actor, action, school_id):
        raise NotAllowed("permission.denied", {"action": action.value})
