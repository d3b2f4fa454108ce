"""What is kept for how long: what is due is shown, and goes only when a person says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Conflict, Place, Problem, ProblemsFound
from phonics_app.domain.retention import DAYS, ELSEWHERE, LEAST, MOST, Cleared, Due, Kept, PupilsLeft
from phonics_app.records import audit, audit_chain
from phonics_app.records import retention as stored
from phonics_app.records.audit_archive import write_archive
from phonics_app.records.settings import get_setting, set_setting
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.privacy import privacy_settings
from phonics_app.workflows.rounds import current_round

__all__ = ["Cleared", "Due", "Kept", "PupilsLeft"]

SETTING = "retention"
ARCHIVES = "audit-archive"
"""Folder in the data folder."""


def retention_days(phonics: Phonics, actor: Actor) -> dict[Kept, int]:
    """For how many days each kind is kept. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.read() as connection:
        value = get_setting(connection, SETTING)
    known = value if isinstance(value, dict) else {}
    return {kind: int(known.get(kind.value, days)) for kind, days in DAYS.items()}


def save_retention(phonics: Phonics, actor: Actor, days: Mapping[Kept, int]) -> dict[Kept, int]:
    """`ProblemsFound` for a number of days that can't be. Nothing goes by this. MANAGE_SITE."""
    wanted = {**retention_days(phonics, actor), **days}
    problems = [
        Problem("retention.days", Place(column=kind.value), str(count), f"{LEAST[kind]}–{MOST}")
        for kind, count in wanted.items()
        if not LEAST[kind] <= count <= MOST
    ]
    if problems:
        raise ProblemsFound(problems)
    values = {kind.value: count for kind, count in wanted.items()}
    with phonics.store.write() as connection:
        set_setting(connection, SETTING, values)
        audit.record(connection, phonics.now(), actor.account_id, "retention.changed", "", **values)
    return wanted


def list_due(phonics: Phonics, actor: Actor) -> tuple[Due, ...]:
    """Each kind with what is older than its days; changes nothing. MANAGE_SITE."""
    now, found = phonics.now(), []
    days = retention_days(phonics, actor)
    with phonics.store.read() as connection:
        for kind, count in days.items():
            before = now - timedelta(days=count)
            found.append(Due(kind, count, before, *stored.count_due(connection, kind, before)))
    return tuple(found)


def pupils_left(phonics: Phonics, actor: Actor) -> tuple[PupilsLeft, ...]:
    """How many pupils have left longer ago than the notice says; erasing them is another act. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    last_year = current_round(phonics).year - privacy_settings(phonics, actor).kept_years - 1
    with phonics.store.read() as connection:
        return stored.pupils_left(connection, last_year)


def clear_due(
    phonics: Phonics,
    actor: Actor,
    kind: Kept,
    rows: int,
    progress: Callable[[float], None] = lambda share: None,
) -> Cleared:
    """Takes out what is due of a kind. `rows`: what the person was shown, else `Conflict` "retention.other".

    Entries of the audit go in one transaction, after a file with them was written and verified; the others in blocks.
    What has been done is recorded with each block; `Conflict` "retention.elsewhere" for what goes by other means.
    MANAGE_SITE.
    """
    due = next(each for each in list_due(phonics, actor) if each.kind is kind)
    if kind in ELSEWHERE:
        raise Conflict("retention.elsewhere")
    if due.rows != rows or not rows:
        raise Conflict("retention.other", {"rows": due.rows})
    if kind is Kept.AUDIT:
        return _clear_audit(phonics, actor, due)
    done = 0
    while done < due.rows:
        with phonics.store.write() as connection:
            gone = stored.clear_block(connection, kind, due.before)
            if gone:
                told = {"rows": gone, "before": due.before.isoformat()}
                audit.record(connection, phonics.now(), actor.account_id, "retention.cleared", kind.value, **told)
        if not gone:
            break
        done += gone
        progress(min(1.0, done / due.rows))
    return Cleared(kind, done)


def _clear_audit(phonics: Phonics, actor: Actor, due: Due) -> Cleared:
    folder = phonics.settings.data_dir / ARCHIVES
    with phonics.store.read() as connection:
        last = stored.last_audit_due(connection, due.before)
        start = audit_chain.ends(connection)
        name = f"audit-{start.start_key + 1}-{last}.jsonl"
        # A file that an attempt before has left is no archive: nothing was taken out by it.
        (folder / name).unlink(missing_ok=True)
        count, newest = write_archive(folder / name, start.start_hash, audit_chain.oldest_entries(connection, last))
    with phonics.store.write() as connection:
        if audit_chain.ends(connection, hold=True).start_key != start.start_key:
            raise Conflict("retention.other", {"rows": 0})
        audit_chain.take_out(connection, last, newest)
        told = {"rows": count, "file": name, "last": newest}
        audit.record(connection, phonics.now(), actor.account_id, "retention.cleared", Kept.AUDIT.value, **told)
    return Cleared(Kept.AUDIT, count, f"{ARCHIVES}/{name}")
