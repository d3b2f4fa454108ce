"""A second device shows the pupil what he is to see, and nothing else; the teacher's device marks.

The teacher's device says which items are shown, and the server looks up what is to be read of them in the test's own
plan: neither marks nor names nor answers can get onto the pupil's screen. That screen has no account; it joins by a
code that is shown on the teacher's device, and its token is good for reading what is shown there, until the test ends.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.errors import Conflict, NotAllowed, NotFound, Problem, ProblemsFound
from phonics_app.domain.plan import BlockKind
from phonics_app.records import attempts, guesses, pupils, screen_pairs
from phonics_app.records.screen_pairs import Pair, Words, new_version
from phonics_app.records.writing import plain_digits
from phonics_app.workflows import screen_waiting
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import current_round
from phonics_app.workflows.screen_waiting import Listener
from phonics_app.workflows.sittings import stored_item_plan, stored_plan

AWAY = timedelta(seconds=15)
"""So long after its last word the teacher's device counts as away, which is no reason to hide anything."""
LATELY = timedelta(seconds=12)
"""A pupil's screen that is well asks more often than this."""
_TOLD_EVERY, _HEARD_EVERY = timedelta(seconds=5), timedelta(seconds=2)
"""At most so often it is written down that the teacher's device, the pupil's screen was heard of. With these and the
time between two beats (4 s and 8 s) neither counts as away while it is well."""
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
    """Hash of the screen's token: with it a pair that was forgotten can be made again."""


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
    with phonics.store.write() as connection:
        test = _test(phonics, connection, actor, attempt_id)
        if not test.open:
            raise Conflict("attempt.over", {"id": attempt_id})
        screen_pairs.forget_silent(connection, now)
        found = screen_pairs.find(connection, test.key)
        pair = Pair(test.key, now) if found is None or found.ended else replace(found, told_at=now)
        expired = pair.code_until is None or now >= pair.code_until
        if renew or (not pair.viewer and (expired or not pair.code)):
            code = screen_pairs.free_code(connection)
            pair = replace(pair, code=code, code_until=now + screen_pairs.CODE_LIFE)
        screen_pairs.save(connection, pair)
    return _status(pair, now)


@dataclass(frozen=True, slots=True)
class _Test:
    """`stimuli`: what is to be read of each item."""

    key: int
    open: bool
    stimuli: Mapping[str, str]


def _test(phonics: Phonics, connection: Connection, actor: Actor, attempt_id: str) -> _Test:
    """The test, if the actor may give it."""
    found = attempts.find_attempt(connection, attempt_id)
    pupil = None if found is None else pupils.find_pupil(connection, found[1].pupil_id, current_round(phonics).year)
    if found is None or pupil is None:
        raise NotFound("attempt.unknown", {"id": attempt_id})
    require(actor, Action.GIVE_TESTS, pupil.school_id, classroom=pupil.classroom)
    key, attempt = found
    if attempt.status is not AttemptStatus.OPEN:
        return _Test(key, False, {})
    if stored_item_plan(connection, attempt.plan_hash) is not None:
        raise Conflict("attempt.self_run", {"id": attempt_id})
    plan = stored_plan(connection, attempt.plan_hash)
    by_ear = {item for block in plan.blocks if block.kind in _BY_EAR for item in block.items}
    return _Test(key, True, {item.id: item.stimulus for item in plan.items if item.id not in by_ear})


def _status(pair: Pair | None, now: datetime) -> PairStatus:
    if pair is None or pair.ended:
        return PairStatus("closed")
    known = pair.heard_at is not None and now - pair.heard_at < LATELY
    status = ("connected" if known else "lost") if pair.viewer else "waiting"
    holds = pair.code_until is not None and now < pair.code_until
    seconds = int((pair.code_until - now).total_seconds()) if holds and pair.code and pair.code_until else 0
    return PairStatus(status, pair.code if holds else "", seconds, pair.viewer)


def show_on_screen(
    phonics: Phonics, actor: Actor, attempt_id: str, shown: ShownItems | None, link: str = "", ended: bool = False
) -> PairStatus:
    """Says what the screen shows from now on (None: it waits), all of it each time, so that any message may get lost.

    GIVE_TESTS. `link`: of the pair, as told before; where nothing is known of it any more it is taken up again.
    """
    now = phonics.now()
    with phonics.store.read() as connection:
        test = _test(phonics, connection, actor, attempt_id)
        before = screen_pairs.find(connection, test.key)
    if not test.open:
        return PairStatus("closed")
    adopted = Pair(test.key, now, viewer=link) if _LINK.fullmatch(link) and not ended else None
    if before is None and adopted is None:
        return PairStatus("closed")
    words = None if shown is None else _words(test.stimuli, shown)
    if before is not None and _told(before, words, ended, now) == before:
        return _status(before, now)
    # Found once more: a screen may have joined meanwhile, at another process.
    with phonics.store.write() as connection:
        found = screen_pairs.find(connection, test.key) or adopted
        pair = None if found is None else _told(found, words, ended, now)
        if pair is not None:
            screen_pairs.save(connection, pair)
    if pair is not None:
        screen_waiting.tell(phonics.store, {pair.viewer: pair.version})
    return _status(pair, now)


def _told(pair: Pair, words: Words | None, ended: bool, now: datetime) -> Pair:
    """The pair after the teacher's device has spoken; the same one where that is not worth being written down."""
    if pair.ended:
        return pair
    if ended:
        return replace(pair, words=None, ended=True, code="", version=new_version())
    if words != pair.words:
        return replace(pair, words=words, told_at=now, version=new_version())
    return replace(pair, told_at=now) if now - pair.told_at >= _TOLD_EVERY else pair


def _words(stimuli: Mapping[str, str], shown: ShownItems) -> Words:
    """Of the plan's own items alone. `ProblemsFound` where there is no such item, or the lines don't hold them."""
    unknown = [item for item in shown.items if not stimuli.get(item)]
    if unknown:
        raise ProblemsFound([Problem("screen.unknown_item", value=unknown[0][:100])])
    if sum(shown.lines) != len(shown.items) or min(shown.lines, default=0) < 1:
        raise ProblemsFound([Problem("screen.lines", value=str(shown.lines)[:100])])
    read = iter([stimuli[item] for item in shown.items])
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
        pair = screen_pairs.of_code(connection, typed, now)
        if pair is not None:
            token = secrets.token_urlsafe(32)
            viewer = screen_pairs.hash_of(token)
            joined = replace(pair, viewer=viewer, heard_at=now, code="", code_until=None, version=new_version())
            screen_pairs.save(connection, joined)
            return token
        guesses.note_guess(connection, "", at, now)
    raise NotFound("screen.code_wrong")


def see_screen(phonics: Phonics, token: str | None, seen: str = "", *, waited: bool = False) -> Screen | None:
    """What the screen with this token shows now; None where the token is good for nothing (any more).

    `seen`: the version that it has been told; "" for a page that was opened just now. `waited`: it has asked before
    and is answered now, without a write in the way of the words: it asks again at once.
    """
    if not token:
        return None
    now = phonics.now()
    with phonics.store.read() as connection:
        pair = screen_pairs.of_viewer(connection, token)
    if pair is None or now - pair.told_at > screen_pairs.SILENT:
        return None
    # A page that was loaded anew is noted in any case: what it asked before may hang up only now (`screen_gone`).
    if not waited and (not seen or pair.heard_at is None or now - pair.heard_at >= _HEARD_EVERY):
        with phonics.store.write() as connection:
            screen_pairs.note_heard(connection, pair.viewer, now)
    if pair.ended:
        return Screen(pair.version, "ended")
    teacher = now - pair.told_at < AWAY
    if pair.words is None:
        return Screen(pair.version, "waiting", teacher=teacher)
    return Screen(pair.version, "showing", pair.words.lines, pair.words.passage, teacher)


def screen_gone(phonics: Phonics, token: str, since: datetime) -> None:
    """The screen has hung up on what it asked at `since`: the teacher is told so, unless it has asked again."""
    with phonics.store.write() as connection:
        screen_pairs.note_gone(connection, screen_pairs.hash_of(token), since)


def wait_for_screen(phonics: Phonics, token: str, seen: str, listener: Listener) -> None:
    """Has `listener` called once, from any thread, when the screen shows something else than `seen`."""
    screen_waiting.wait(phonics.store, screen_pairs.hash_of(token), seen, listener)


def stop_waiting(listener: Listener) -> None:
    screen_waiting.stop(listener)
