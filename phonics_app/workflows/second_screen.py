"""A second device shows the pupil what he is to see, and nothing else; the teacher's device marks.

The teacher's device says which items are shown, and the server looks up what is to be read of them in the test's own
plan: neither marks nor names nor answers can get onto the pupil's screen. That screen has no account; it joins by a
code that is shown on the teacher's device, and its token is good for reading what is shown there, until the test ends.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from phonics_app.domain.account import Actor
from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.errors import Conflict, NotAllowed, NotFound, Problem, ProblemsFound
from phonics_app.domain.plan import BlockKind
from phonics_app.records import attempts, guesses, pupils
from phonics_app.records.writing import plain_digits
from phonics_app.workflows import screen_pairs
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.screen_pairs import LOCK, Listener, Pair, Words
from phonics_app.workflows.sittings import stored_item_plan, stored_plan

_LINK = re.compile("[0-9a-f]{64}")
_BY_EAR = (BlockKind.QUESTIONS, BlockKind.DICTATION)
"""What is written of their items is for the teacher."""


@dataclass(frozen=True, slots=True)
class ShownItems:
    """Items of the plan, as many on each line as `lines` says."""

    items: tuple[str, ...]
    lines: tuple[int, ...]
    passage: bool = False


@dataclass(frozen=True, slots=True)
class PairStatus:
    """What the teacher's device is told."""

    status: str
    """ "waiting" for a screen to join, "connected", "lost" (it was there), "closed" (there is no pair)."""
    code: str = ""
    code_seconds: int = 0
    link: str = ""
    """Hash of the screen's token: with it the pair can be made again after a restart of the server."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What the pupil's screen is told. `version` is another one after every change."""

    version: str
    status: str
    """ "waiting", "showing" or "ended"."""
    lines: tuple[tuple[str, ...], ...] = ()
    passage: bool = False
    teacher: bool = True
    """Whether the teacher's device was heard of lately."""


def open_screen(phonics: Phonics, actor: Actor, attempt_id: str, renew: bool = False) -> PairStatus:
    """A code for a screen beside this test; while one has joined, only with `renew`. GIVE_TESTS at the pupil's school.

    `Conflict` "attempt.over" for a test that has ended.
    """
    now = phonics.now()
    stimuli = _stimuli(phonics, actor, attempt_id)
    with LOCK:
        pair = screen_pairs.find(phonics.store, attempt_id)
        if pair is None or pair.ended:
            pair = screen_pairs.add(phonics.store, Pair(attempt_id, actor.account_id, stimuli, now))
        pair.account_id, pair.told_at = actor.account_id, now
        expired = pair.code_until is None or now >= pair.code_until
        if renew or (not pair.viewer and (expired or not pair.code)):
            pair.code = ""
            screen_pairs.new_code(phonics.store, pair, now)
        return _status(pair, now)


def _stimuli(phonics: Phonics, actor: Actor, attempt_id: str) -> Mapping[str, str]:
    """What is to be read of each item of the test, if the actor may give it."""
    with phonics.store.read() as connection:
        found = attempts.find_attempt(connection, attempt_id)
        pupil = None if found is None else pupils.find_pupil(connection, found[1].pupil_id)
        if found is None or pupil is None:
            raise NotFound("attempt.unknown", {"id": attempt_id})
        require(actor, Action.GIVE_TESTS, pupil.school_id, classroom=pupil.classroom)
        attempt = found[1]
        if attempt.status is not AttemptStatus.OPEN:
            raise Conflict("attempt.over", {"id": attempt_id})
        if stored_item_plan(connection, attempt.plan_hash) is not None:
            raise Conflict("attempt.self_run", {"id": attempt_id})
        plan = stored_plan(connection, attempt.plan_hash)
    by_ear = {item for block in plan.blocks if block.kind in _BY_EAR for item in block.items}
    return {item.id: item.stimulus for item in plan.items if item.id not in by_ear}


def _status(pair: Pair | None, now: datetime) -> PairStatus:
    if pair is None or pair.ended:
        return PairStatus("closed")
    known = pair.heard_at is not None and now - pair.heard_at < screen_pairs.LATELY
    status = ("connected" if known else "lost") if pair.viewer else "waiting"
    holds = pair.code_until is not None and now < pair.code_until
    seconds = int((pair.code_until - now).total_seconds()) if holds and pair.code and pair.code_until else 0
    return PairStatus(status, pair.code if holds else "", seconds, pair.viewer)


def show_on_screen(
    phonics: Phonics, actor: Actor, attempt_id: str, shown: ShownItems | None, link: str = "", ended: bool = False
) -> PairStatus:
    """Says what the screen shows from now on (None: it waits), all of it each time, so that any message may get lost.

    GIVE_TESTS. `link`: of the pair, as told before; a server that knows nothing of it any more takes it up again.
    """
    now = phonics.now()
    with LOCK:
        pair = screen_pairs.find(phonics.store, attempt_id)
        mine = pair is not None and pair.account_id == actor.account_id
    if not mine:
        stimuli = _stimuli(phonics, actor, attempt_id)
        if pair is None and _LINK.fullmatch(link) and not ended:
            made = Pair(attempt_id, actor.account_id, stimuli, now, viewer=link)
            with LOCK:
                pair = screen_pairs.add(phonics.store, made)
    if ended:
        screen_pairs.end(phonics.store, attempt_id)
    if pair is None or pair.ended:
        return PairStatus("closed")
    words = None if shown is None else _words(pair, shown)
    with LOCK:
        pair.told_at = now
        if words != pair.words:
            pair.words = words
            pair.change()
        return _status(pair, now)


def _words(pair: Pair, shown: ShownItems) -> Words:
    """Of the plan's own items alone. `ProblemsFound` where there is no such item, or the lines don't hold them."""
    unknown = [item for item in shown.items if not pair.stimuli.get(item)]
    if unknown:
        raise ProblemsFound([Problem("screen.unknown_item", value=unknown[0][:100])])
    if sum(shown.lines) != len(shown.items) or min(shown.lines, default=0) < 1:
        raise ProblemsFound([Problem("screen.lines", value=str(shown.lines)[:100])])
    read = iter([pair.stimuli[item] for item in shown.items])
    return Words(tuple(tuple(next(read) for _ in range(length)) for length in shown.lines), shown.passage)


def join_screen(phonics: Phonics, code: str, address: str) -> str:
    """The token of a screen that has joined by `code`, which then is used up, and whatever screen was there is let go.

    `NotFound` "screen.code_wrong"; `NotAllowed` "self_run.throttled": wrong codes are counted by address.
    """
    typed, now = re.sub(r"\D", "", plain_digits(code)), phonics.now()
    at = f"screen {address}"
    with phonics.store.write() as connection:
        guesses.forget_old(connection, now)
        wait = guesses.seconds_of_address(connection, at, now)
        if wait:
            raise NotAllowed("self_run.throttled", {"minutes": -(-wait // 60)})
        token = _joined(phonics, typed, now)
        if token:
            return token
        guesses.note_guess(connection, "", at, now)
    raise NotFound("screen.code_wrong")


def _joined(phonics: Phonics, code: str, now: datetime) -> str:
    with LOCK:
        pair = screen_pairs.of_code(phonics.store, code, now)
        if pair is None:
            return ""
        token = secrets.token_urlsafe(32)
        pair.viewer, pair.heard_at = screen_pairs.hash_of(token), now
        pair.code, pair.code_until = "", None
        pair.change()
        return token


def see_screen(phonics: Phonics, token: str | None, there: bool = True) -> Screen | None:
    """What the screen with this token shows now; None where the token is good for nothing (any more).

    `there` False: it has just hung up.
    """
    now = phonics.now()
    with LOCK:
        pair = screen_pairs.of_viewer(phonics.store, token) if token else None
        if pair is None or now - pair.told_at > screen_pairs.SILENT:
            return None
        pair.heard_at = now if there or pair.listeners else None
        if pair.ended:
            return Screen(pair.version, "ended")
        teacher = now - pair.told_at < screen_pairs.AWAY
        if pair.words is None:
            return Screen(pair.version, "waiting", teacher=teacher)
        return Screen(pair.version, "showing", pair.words.lines, pair.words.passage, teacher)


def listen(phonics: Phonics, token: str, listener: Listener) -> bool:
    """Has `listener` called, from any thread, at each change of what this screen shows; whether there is such one."""
    with LOCK:
        pair = screen_pairs.of_viewer(phonics.store, token)
        if pair is not None:
            pair.listeners.add(listener)
        return pair is not None


def stop_listening(phonics: Phonics, listener: Listener) -> None:
    screen_pairs.silence(phonics.store, listener)
