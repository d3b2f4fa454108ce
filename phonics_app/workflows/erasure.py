"""Erasing pupils for ever: what goes and what stays, confirmed by a person, done everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from phonics_app.domain.account import SYSTEM, Actor
from phonics_app.domain.errors import NotFound, Place, Problem, ProblemsFound
from phonics_app.records import audit, erasure
from phonics_app.records import pupil_data as held
from phonics_app.records.erased_figures import Group, groups_to_keep, standings
from phonics_app.records.erasure import BLOCK
from phonics_app.records.merged import with_merged
from phonics_app.records.merging import split_from_others
from phonics_app.records.past import Change
from phonics_app.records.pupil_data import Person
from phonics_app.records.store import Store
from phonics_app.records.writing import squeezed
from phonics_app.workflows.context import Phonics, utc_now
from phonics_app.workflows.permissions import Action, require

__all__ = ["Erased", "ErasurePreview", "apply_erasures", "erase_pupils", "preview_erasure"]


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What erasing these pupils does. `goes`: table → rows; `kept` and `missing` count pupils in rounds.

    `kept` stay as numbers in the figures of their class; `missing` go out of the figures, which say so from then on.
    `acts`: audit entries, which stay: they hold ids and no name.
    """

    pupils: tuple[Person, ...]
    goes: dict[str, int]
    kept: int
    missing: int
    acts: int

    @property
    def to_type(self) -> tuple[str, ...]:
        """What confirms: the number or the name of one pupil, of several how many they are."""
        if len(self.pupils) == 1:
            return tuple(filter(None, (self.pupils[0].number, self.pupils[0].name)))
        return (str(len(self.pupils)),)


@dataclass(frozen=True, slots=True)
class Erased:
    """`goes` as in the preview. `scrubbed`: the bytes are gone from the database's file as well."""

    pupils: int
    goes: dict[str, int]
    scrubbed: bool


def preview_erasure(phonics: Phonics, actor: Actor, pupil_ids: Sequence[str]) -> ErasurePreview:
    """What would go and what would stay; changes nothing. ERASE_PUPILS at the school of each.

    `NotFound` "pupil.unknown" where one of them is not there.
    """
    require(actor, Action.ERASE_PUPILS)
    ids = list(dict.fromkeys(pupil_ids))
    with phonics.store.read() as connection:
        people: list[Person] = []
        goes: dict[str, int] = {}
        for start in range(0, len(ids), BLOCK):
            block = ids[start : start + BLOCK]
            # Of a record that was merged the pupil who has its history now.
            meant = list(held.find_people(connection, block))
            people += meant
            for name, count in held.count_held(connection, [person.id for person in meant]).items():
                goes[name] = goes.get(name, 0) + count
        if len(people) != len(ids) or not ids:
            raise NotFound("pupil.unknown")
        found = standings(connection, [person.id for person in people])
        groups = groups_to_keep(found)
        kept = sum(standing.group in groups for standing in found)
        acts = len(held.acts_about(connection, people[0].id)) if len(people) == 1 else 0
    return ErasurePreview(tuple(people), goes, kept, len(found) - kept, acts)


def erase_pupils(
    phonics: Phonics,
    actor: Actor,
    pupil_ids: Sequence[str],
    typed: str,
    progress: Callable[[float], None] = lambda share: None,
) -> Erased:
    """Deletes all that is held on these pupils, for ever. ERASE_PUPILS.

    `typed` must be one of the preview's `to_type`, else `ProblemsFound` "erasure.not_confirmed" and nothing is done.
    Done in blocks of some hundred pupils, each whole or not at all; what one block has erased stays erased.
    """
    preview = preview_erasure(phonics, actor, pupil_ids)
    if squeezed(typed) not in map(squeezed, preview.to_type):
        raise ProblemsFound([Problem("erasure.not_confirmed", Place(), typed, preview.to_type[0])])
    ids = [person.id for person in preview.pupils]
    data_dir = phonics.settings.data_dir
    goes = _erase(phonics.store, data_dir, ids, phonics.now(), actor.account_id, progress)
    return Erased(len(ids), goes, phonics.store.scrub())


def apply_erasures(store: Store, data_dir: Path) -> int:
    """Erases again whoever was erased before and has come back with an older copy; how many pupils they were.

    The list (keyed hashes of ids) lies in the data folder and goes into no backup.
    """
    with store.read() as connection:
        ids = erasure.erased_before(connection, data_dir)
    if ids:
        with store.write() as connection:
            split_from_others(connection, ids, Change(utc_now(), SYSTEM.account_id))
        _erase(store, None, ids, utc_now(), SYSTEM.account_id, lambda share: None)
        store.scrub()
    return len(ids)


def _erase(
    store: Store,
    data_dir: Path | None,
    ids: Sequence[str],
    now: datetime,
    account_id: str,
    progress: Callable[[float], None],
) -> dict[str, int]:
    """`data_dir` None: they stand on the list already."""
    with store.read() as connection:
        groups: frozenset[Group] = groups_to_keep(standings(connection, ids))
    goes: dict[str, int] = {}
    action = "pupil.erased_again" if data_dir is None else "pupil.erased"
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        with store.write() as connection:
            whole = with_merged(connection, block)
            gone = erasure.erase_block(connection, block, groups)
            for pupil_id in block:
                audit.record(connection, now, account_id, action, pupil_id)
            if data_dir is not None:
                # Before the transaction ends: whoever is gone stands on the list, whatever happens then.
                erasure.note_erased(data_dir, whole)
        for name, count in gone.items():
            goes[name] = goes.get(name, 0) + count
        progress(min(1.0, (start + BLOCK) / len(ids)))
    return goes
