"""A pupil who was registered twice: likely pairs, what coming together would do, doing it, taking it back."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Conflict, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.merge import Double, Likeness, Merge, MergePreview, MergeSide
from phonics_app.domain.school import Pupil
from phonics_app.records import audit
from phonics_app.records.attempts import is_simulated
from phonics_app.records.doubles import MOST, likely_doubles, place_age
from phonics_app.records.merged import merges_at, merges_into, rounds_tested, sit_together
from phonics_app.records.merging import Pair, merge, split
from phonics_app.records.past import Change, stays_of
from phonics_app.records.pupil_data import count_held
from phonics_app.records.pupils import find_pupil, newest_enrolments, number_is_taken
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require

__all__ = [
    "MOST",
    "Double",
    "Likeness",
    "Merge",
    "MergePreview",
    "MergeSide",
    "find_doubles",
    "list_merges",
    "merge_pupils",
    "preview_merge",
    "undo_merge",
]


def find_doubles(phonics: Phonics, actor: Actor, school_id: str | None = None) -> tuple[Double, ...]:
    """Records that are perhaps of one pupil, the likeliest first, at most `MOST`. MERGE_PUPILS.

    `school_id`: both are of that school; None: of any two, for a role of the whole site.
    """
    require(actor, Action.MERGE_PUPILS, school_id)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.doubles", school_id or "")
    with phonics.store.read() as connection:
        return likely_doubles(connection, school_id)


def preview_merge(phonics: Phonics, actor: Actor, kept_id: str, merged_id: str) -> MergePreview:
    """Both records side by side; stores nothing. MERGE_PUPILS at the school of each. `NotFound` "pupil.unknown"."""
    with phonics.store.read() as connection:
        preview = _preview(connection, actor, kept_id, merged_id)
    for side in (preview.kept, preview.merged):
        audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.pupil", side.pupil.id)
    return preview


def merge_pupils(phonics: Phonics, actor: Actor, kept_id: str, merged_id: str, shown: str) -> Merge:
    """The kept record takes all that is held on the other. MERGE_PUPILS at the school of each.

    `shown`: digest of the preview that the person has seen. `ProblemsFound` if it is not ready, `Conflict`
    "merge.stale" if one of the records has changed since.
    """
    with phonics.store.write() as connection:
        preview = _preview(connection, actor, kept_id, merged_id)
        if not preview.ready:
            raise ProblemsFound(preview.problems)
        if preview.digest != shown:
            raise Conflict("merge.stale")
        pair = Pair(preview.kept.pupil.id, preview.merged.pupil.id)
        merge(connection, phonics.new_id(), pair, _change(phonics, actor))
        done = merges_into(connection, pair.kept)[0]
        rounds = [f"{round_.term}/{round_.year}" for round_ in preview.rounds]
        told = {"merged": pair.merged, "number": done.number, "rounds": rounds}
        audit.record(connection, phonics.now(), actor.account_id, "pupil.merged", pair.kept, **told)
    return done


def list_merges(phonics: Phonics, actor: Actor, school_id: str | None = None) -> tuple[Merge, ...]:
    """Merges that stand of pupils who are at the school now, newest first. MERGE_PUPILS; None: at any school."""
    require(actor, Action.MERGE_PUPILS, school_id)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.doubles", school_id or "")
    with phonics.store.read() as connection:
        return merges_at(connection, school_id)


def undo_merge(phonics: Phonics, actor: Actor, pupil_id: str) -> Merge:
    """Takes the newest merge of this pupil back: each record has again what it had; later additions stay.

    `NotFound` "merge.none"; `Conflict` "merge.number_taken" where the record's number is another pupil's by now.
    MERGE_PUPILS at the school of each.
    """
    with phonics.store.write() as connection:
        pupil = _pupil(connection, actor, pupil_id)
        merges = merges_into(connection, pupil.id)
        if not merges:
            raise NotFound("merge.none")
        last = merges[0]
        require(actor, Action.MERGE_PUPILS, last.school_id)
        if number_is_taken(connection, last.school_id, last.number):
            raise Conflict("merge.number_taken", {"number": last.number})
        split(connection, last.id, _change(phonics, actor))
        told = {"split": last.merged_id, "number": last.number}
        audit.record(connection, phonics.now(), actor.account_id, "pupil.split", pupil.id, **told)
    return last


def _change(phonics: Phonics, actor: Actor) -> Change:
    return Change(phonics.now(), actor.account_id)


def _pupil(connection: Connection, actor: Actor, pupil_id: str) -> Pupil:
    pupil = find_pupil(connection, pupil_id)
    if pupil is None:
        raise NotFound("pupil.unknown")
    require(actor, Action.MERGE_PUPILS, pupil.school_id)
    return pupil


def _preview(connection: Connection, actor: Actor, kept_id: str, merged_id: str) -> MergePreview:
    kept, merged = (_side(connection, _pupil(connection, actor, id)) for id in (kept_id, merged_id))
    return MergePreview(kept, merged, tuple(_problems(connection, kept, merged)))


def _side(connection: Connection, pupil: Pupil) -> MergeSide:
    stays = [stay for stay in stays_of(connection, pupil.id) if not stay.corrected]
    classes = tuple((stay.year, stay.school_id, stay.grade.value, stay.room) for stay in stays)
    _, since = newest_enrolments(connection, [pupil.id])[pupil.id]
    return MergeSide(pupil, classes, since, rounds_tested(connection, pupil.id), count_held(connection, [pupil.id]))


def _problems(connection: Connection, kept: MergeSide, merged: MergeSide) -> Iterator[Problem]:
    one, other = kept.pupil, merged.pupil
    if one.id == other.id:
        yield Problem("merge.same", Place(), one.number)
        return
    if is_simulated(connection, one.id) != is_simulated(connection, other.id):
        yield Problem("merge.simulated", Place())
    if sit_together(connection, one.id, other.id):
        yield Problem("merge.in_class_test", Place())
    # School and number are those of the kept record: it has to be the one where the pupil is now.
    newer = place_age((other, merged.since)) > place_age((one, kept.since))
    if one.school_id != other.school_id and newer:
        yield Problem("merge.keep_newer", Place(), other.number)
