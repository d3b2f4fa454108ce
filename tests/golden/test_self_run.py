"""A self-run test on the device and its replay on the server: the same item after every event, the same end."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

import pytest

from phonics_app.domain import codec
from phonics_app.domain.attempt import AttemptSpec, Prior, PriorSource
from phonics_app.domain.event import EventKind
from phonics_app.engine.item_administration import ItemAttemptState, replay, seed_of
from phonics_app.engine.item_plan import plan_for_device
from phonics_app.levelling.item_placement import make_item_result
from tests.engine.listening import Device, listening
from tests.golden.test_vectors import ADDRESS, ROOT

WEB = ROOT / "phonics_app" / "web"
HARNESS = ROOT / "tests" / "golden" / "self_run_harness.js"
PLANS = (frozenset(range(1, 10)), frozenset({1, 2, 5, 6, 7, 8, 9}), frozenset({1, 2}))
SESSIONS = 120


def whole(number: int) -> tuple[Device, list[str], list[str]]:
    """A pupil who knows, guesses, presses what is not there, takes rests, leaves and comes back; what is due after each
    event, and the codes of what was odd."""
    random = Random(number)
    known = listening(PLANS[number % len(PLANS)])
    seen = random.sample(known.pool.ids, random.choice([0, 0, 20]))
    prior = Prior(random.uniform(-5, 5), random.choice([0.8, 2.5]), PriorSource.GRADE)
    device = Device(known, AttemptSpec(prior, 5, tuple(seen)), f"{random.getrandbits(128):032x}")
    ability, patience, due = random.gauss(prior.mean, 2), random.choice([100, 100, random.randint(1, 12)]), []

    def record(kind: EventKind, seconds: float = 0.0, **data: object) -> None:
        device.record(kind, seconds, **data)
        due.append(next_of(device.state))

    record(EventKind.ATTEMPT_STARTED)
    while device.state.test.next_item is not None and device.state.ended is None:
        item = known.items[device.state.test.next_item]
        if random.random() < 0.1:
            device.mono = random.uniform(0, 50)
            record(EventKind.ATTEMPT_RESUMED)
        record(EventKind.ITEM_SHOWN, random.uniform(0, 2), item=item.id)
        record(EventKind.AUDIO_PLAYED, 0.1, item=item.id)
        if random.random() < 0.05:
            other = random.choice(known.plan.base.items)
            record(EventKind.ITEM_ANSWERED, 1.0, item=other.id, value=random.choice([other.key, "nothing"]))
            continue
        knows = ability > item.difficulty
        value = item.key if knows else random.choice(item.options).value
        record(EventKind.ITEM_ANSWERED, random.choice([0.3, 4.0, 90.0, 250.0]), item=item.id, value=value)
        if len(device.state.given) >= patience:
            record(EventKind.ATTEMPT_STOPPED, block=None, last_item=None)
    if device.state.test.ended is not None:
        record(EventKind.ATTEMPT_FINISHED, reason=device.state.test.ended.value)
    return device, due, [flag.code for flag in device.state.flags]


def next_of(state: ItemAttemptState) -> str:
    if state.ended is not None:
        return "over"
    return state.test.next_item or (state.test.ended.value if state.test.ended else "")


@pytest.fixture(scope="module")
def sessions():
    return [whole(number) for number in range(SESSIONS)]


def test_replay_is_what_happened_live(sessions, tell):
    for device, _due, codes in sessions:
        again = replay(device.known, device.spec, device.attempt, device.events)
        assert [flag.code for flag in again.flags][: len(codes)] == codes
        live = replace(device.state, flags=again.flags)
        assert make_item_result("a", again, "r") == make_item_result("a", live, "r")
    ends = sorted({device.state.ended.value for device, _, _ in sessions if device.state.ended})
    flagged = sorted({code for _, _, codes in sessions for code in codes})
    tell(f"self-run: {SESSIONS} whole tests replayed; ends {', '.join(ends)}; flags {', '.join(flagged)}")


@pytest.mark.browser
def test_the_device_decides_the_same_after_every_event(page, sessions):
    sent = {
        "plans": [_without_what_is_not_in_these(plan_for_device(listening(levels))) for levels in PLANS],
        "sessions": [
            {
                "plan": number % len(PLANS),
                "spec": {
                    "prior": codec.encode(device.spec.prior),
                    "seed": seed_of(device.attempt),
                    "seen_items": list(device.spec.seen_items),
                },
                "events": [codec.encode(event) for event in device.events],
            }
            for number, (device, _, _) in enumerate(sessions)
        ],
    }
    serve(page)
    said = json.loads(page.evaluate("async (text) => (await import('/harness.js')).run(text)", json.dumps(sent)))
    for number, (theirs, (device, due, _codes)) in enumerate(zip(said, sessions, strict=True)):
        assert theirs["steps"] == due, f"session {number}"
        assert theirs["answered"] == len(device.state.given)
        assert theirs["mean"] == pytest.approx(float(device.state.test.known.mean[0]), abs=1e-9)
        assert theirs["seconds"] == pytest.approx(device.state.seconds, abs=1e-9)
        ended = device.state.test.ended
        assert theirs["ended"] == (ended.value if ended else None)


def _without_what_is_not_in_these(plan: dict[str, object]) -> dict[str, object]:
    """The sessions have neither practice nor rests, which are no part of the replay."""
    return {**plan, "practice": [], "rest_every": 1000}


def serve(page) -> None:
    def answer(route) -> None:
        path = "/" + route.request.url.removeprefix(ADDRESS).lstrip("/")
        folders = {"/play/static/": WEB / "player", "/self/static/": WEB / "self_run"}
        file = HARNESS if path == "/harness.js" else None
        for start, folder in folders.items():
            file = folder / path.removeprefix(start) if path.startswith(start) else file
        if file is None:
            route.fulfill(body="<!doctype html><link rel=icon href=data:,>", content_type="text/html")
        else:
            route.fulfill(body=file.read_text(encoding="utf-8"), content_type="text/javascript")

    page.route(f"{ADDRESS}/**", answer)
    page.goto(ADDRESS)
