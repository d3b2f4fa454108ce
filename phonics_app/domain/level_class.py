"""Classes by level: proposed from the levels in force, confirmed by a teacher, with members over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from phonics_app.domain.calendar import Round
from phonics_app.domain.school import Pupil


@dataclass(frozen=True, slots=True)
class DraftClass:
    """A level class before it is confirmed."""

    level: int
    name: str
    pupil_ids: tuple[str, ...]
    teacher: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`unplaced`: pupils of the school of whom no level is known; they are in no class."""

    round: Round
    classes: tuple[DraftClass, ...]
    pupils: dict[str, Pupil]
    unplaced: tuple[Pupil, ...]


@dataclass(frozen=True, slots=True)
class LevelClass:
    id: str
    school_id: str
    round: Round
    """In which it was formed."""
    level: int
    name: str
    teacher: str
    room: str
    since: date
    until: date | None
    size: int
    """Members now."""


@dataclass(frozen=True, slots=True)
class Member:
    """`level`: the level in force now; another than that of the class where the pupil has been promoted since."""

    pupil: Pupil
    since: date
    level: int | None


@dataclass(frozen=True, slots=True)
class Taught:
    """That a pupil was in a level class from one day to another, under one teacher."""

    class_name: str
    level: int
    teacher: str
    since: date
    until: date | None


def in_groups(pupil_ids: Sequence[str], most: int) -> tuple[tuple[str, ...], ...]:
    """As few groups as hold at most `most` each, in their order, their sizes differing by one at most."""
    if not pupil_ids:
        return ()
    count = -(-len(pupil_ids) // max(1, most))
    size, larger = divmod(len(pupil_ids), count)
    groups, start = [], 0
    for index in range(count):
        end = start + size + (1 if index < larger else 0)
        groups.append(tuple(pupil_ids[start:end]))
        start = end
    return tuple(groups)
