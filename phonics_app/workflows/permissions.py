"""Who may do what: one table, checked once, here."""

from __future__ import annotations

from enum import Enum

from phonics_app.domain.account import ROLES_OF_ONE_SCHOOL, Actor, Grant, Role
from phonics_app.domain.errors import NotAllowed
from phonics_app.domain.school import Classroom


class Action(Enum):
    MANAGE_SITE = "manage_site"
    """Schools, accounts, backup, settings."""
    INVITE_TEACHERS = "invite_teachers"
    """Teachers of the school, and nobody else."""
    EDIT_ROSTER = "edit_roster"
    SEE_PUPILS = "see_pupils"
    """Names and results of single pupils."""
    GIVE_TESTS = "give_tests"
    DECIDE_PLACEMENT = "decide_placement"
    SEE_DASHBOARD = "see_dashboard"
    """A school's aggregates, unsuppressed."""
    SEE_ALL_SCHOOLS = "see_all_schools"
    """The municipal schools side by side."""
    SEE_NETWORK = "see_network"
    """Schools of the network as aggregates with small cells suppressed."""
    EDIT_ONET = "edit_onet"
    SEE_RUBRICS = "see_rubrics"
    ANALYSE_TEXTS = "analyse_texts"
    HEAR_AUDIO = "hear_audio"
    RECORD_AUDIO = "record_audio"
    """Sounds and words in one's own voice; the voice pack of this site."""
    IMPORT_VOICE_PACK = "import_voice_pack"
    SEE_BANK = "see_bank"
    """Items with their keys, and what the bank covers."""
    PROPOSE_ITEMS = "propose_items"
    REVIEW_ITEMS = "review_items"
    """Activate or send back what another person has proposed."""
    RETIRE_ITEMS = "retire_items"
    """Take an item out of all tests of the site, or back in: one person's decision, hence few people's."""
    GIVE_OWN_DATA = "give_own_data"
    """All that is held on a pupil, to be handed to him or his parents."""
    MERGE_PUPILS = "merge_pupils"
    """Two records of one pupil into one, and apart again."""
    TRANSFER_PUPILS = "transfer_pupils"
    """Ask another school for a pupil, and release one's own."""
    ERASE_PUPILS = "erase_pupils"
    """For ever: few people's."""
    EXPORT_RESEARCH = "export_research"
    """Records of single tests under pseudonyms, out of the site."""
    SEE_AUDIT = "see_audit"
    """Who saw, changed and took out what, with pupils as numbers."""


ACTIONS_OF_NO_SCHOOL = frozenset(
    {
        Action.MANAGE_SITE,
        Action.SEE_ALL_SCHOOLS,
        Action.SEE_NETWORK,
        Action.SEE_RUBRICS,
        Action.ANALYSE_TEXTS,
        Action.HEAR_AUDIO,
        Action.RECORD_AUDIO,
        Action.IMPORT_VOICE_PACK,
        Action.SEE_BANK,
        Action.PROPOSE_ITEMS,
        Action.REVIEW_ITEMS,
        Action.RETIRE_ITEMS,
        Action.EXPORT_RESEARCH,
        Action.SEE_AUDIT,
    }
)
"""What is not tied to a school; everything else is done at one."""

_EVERYBODY = frozenset({Action.SEE_RUBRICS, Action.ANALYSE_TEXTS, Action.HEAR_AUDIO, Action.SEE_BANK})
_WRITES_ITEMS = frozenset({Action.PROPOSE_ITEMS, Action.REVIEW_ITEMS})

# Names of children stay at their school: a municipal director and a trainer see aggregates only.
_BY_ROLE: dict[Role, frozenset[Action]] = {
    Role.ADMINISTRATOR: frozenset(Action),
    Role.TEACHER: _EVERYBODY
    | _WRITES_ITEMS
    | {Action.EDIT_ROSTER, Action.SEE_PUPILS, Action.GIVE_TESTS, Action.DECIDE_PLACEMENT, Action.RECORD_AUDIO},
    Role.DIRECTOR: _EVERYBODY
    | {
        Action.SEE_PUPILS,
        Action.SEE_DASHBOARD,
        Action.EDIT_ONET,
        Action.GIVE_OWN_DATA,
        Action.INVITE_TEACHERS,
        Action.MERGE_PUPILS,
        Action.TRANSFER_PUPILS,
    },
    Role.TRAINER: _EVERYBODY
    | _WRITES_ITEMS
    | {Action.SEE_NETWORK, Action.RECORD_AUDIO, Action.IMPORT_VOICE_PACK, Action.RETIRE_ITEMS},
    Role.MUNICIPAL_DIRECTOR: _EVERYBODY
    | {Action.SEE_DASHBOARD, Action.SEE_ALL_SCHOOLS, Action.SEE_NETWORK, Action.EDIT_ONET},
    Role.AUDITOR: _EVERYBODY | {Action.SEE_AUDIT},
}


def allows(
    actor: Actor,
    action: Action,
    school_id: str | None = None,
    classroom: Classroom | None = None,
    *,
    whole_school: bool = False,
) -> bool:
    """Whether one of the actor's grants permits `action` at `school_id`; with None: anywhere at all.

    For menus and buttons, so without a classroom a grant of single rooms counts as well, unless what is offered
    belongs to the `whole_school`.
    """
    grants = [g for g in actor.grants if action in _BY_ROLE[g.role] and (g.classrooms is None or not whole_school)]
    if school_id is None:
        return bool(grants)
    return any(_covers(g, school_id, classroom) or (classroom is None and g.school_id == school_id) for g in grants)


def _covers(grant: Grant, school_id: str | None, classroom: Classroom | None) -> bool:
    if grant.role not in ROLES_OF_ONE_SCHOOL:
        return True
    here = school_id is not None and grant.school_id == school_id
    return here and (grant.classrooms is None or (classroom is not None and classroom in grant.classrooms))


def require(actor: Actor, action: Action, school_id: str | None = None, *, classroom: Classroom | None = None) -> None:
    """Raises `NotAllowed` unless a grant permits `action` at `school_id`, in `classroom`.

    With None an action that is done at a school needs a role of the whole site, and one without a classroom a grant
    of the whole school: what is forgotten refuses, it never opens.
    """
    of_no_school = action in ACTIONS_OF_NO_SCHOOL
    if not any(action in _BY_ROLE[g.role] and (of_no_school or _covers(g, school_id, classroom)) for g in actor.grants):
        raise _denied(action)


def rooms_in_view(actor: Actor, action: Action, school_id: str) -> tuple[Classroom, ...] | None:
    """The rooms of the school to which a list is to be narrowed; None: none, all of it may be shown.

    Raises `NotAllowed` where the actor may do `action` nowhere at the school.
    """
    grants = [g for g in actor.grants if action in _BY_ROLE[g.role]]
    if any(_covers(g, school_id, None) for g in grants):
        return None
    rooms = [g.classrooms for g in grants if g.school_id == school_id and g.classrooms is not None]
    if not rooms:
        raise _denied(action)
    return tuple(dict.fromkeys(classroom for of_grant in rooms for classroom in of_grant))


def _denied(action: Action) -> NotAllowed:
    return NotAllowed("permission.denied", {"action": action.value})
