"""One pupil over the years: classes, names, tests and decisions, at whatever school they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from phonics_app.domain.account import Actor
from phonics_app.domain.attempt import Attempt
from phonics_app.domain.errors import NotFound
from phonics_app.domain.level_class import Taught
from phonics_app.domain.merge import Merge
from phonics_app.domain.result import Placement
from phonics_app.domain.school import Pupil
from phonics_app.domain.text import Text
from phonics_app.records import attempts, audit, results
from phonics_app.records.level_classes import taught_of
from phonics_app.records.merged import merges_into
from phonics_app.records.past import PastName, Stay, names_of, stays_of
from phonics_app.records.pupils import find_pupil
from phonics_app.records.schools import list_schools
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import current_round

__all__ = ["History", "PastName", "Stay", "pupil_history"]


@dataclass(frozen=True, slots=True)
class History:
    """Everything newest first."""

    pupil: Pupil
    stays: tuple[Stay, ...]
    names: tuple[PastName, ...]
    attempts: tuple[Attempt, ...]
    placements: tuple[Placement, ...]
    taught: tuple[Taught, ...]
    """Level classes and their teachers."""
    merges: tuple[Merge, ...]
    """Records that were put together with this one."""
    schools: Mapping[str, Text]
    """Names of the schools that stand in it."""


def pupil_history(phonics: Phonics, actor: Actor, pupil_id: str) -> History:
    """SEE_PUPILS at the school (in the room) where the pupil is now: it went along with him.

    `NotFound` "pupil.unknown".
    """
    with phonics.store.read() as connection:
        pupil = find_pupil(connection, pupil_id, current_round(phonics).year)
        if pupil is None:
            raise NotFound("pupil.unknown", {"id": pupil_id})
        require(actor, Action.SEE_PUPILS, pupil.school_id, classroom=pupil.classroom)
        pupil_id = pupil.id
        stays = stays_of(connection, pupil_id)
        there = {stay.school_id for stay in stays}
        found = History(
            pupil,
            stays,
            names_of(connection, pupil_id),
            attempts.attempts_of(connection, pupil_id),
            results.placements_of(connection, pupil_id),
            taught_of(connection, pupil_id),
            merges_into(connection, pupil_id),
            {s.id: s.name for s in list_schools(connection, include_archived=True) if s.id in there},
        )
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.pupil", pupil_id)
    return found
