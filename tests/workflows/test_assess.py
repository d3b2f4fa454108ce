"""Giving a test through the use cases, on a real database."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from phonics_app.content import Content
from phonics_app.domain.account import SYSTEM, Actor, Grant, Role
from phonics_app.domain.attempt import AttemptStatus, PriorSource
from phonics_app.domain.errors import Conflict, NotAllowed, NotFound, ProblemsFound
from phonics_app.domain.event import EventKind
from phonics_app.domain.result import StopReason
from phonics_app.engine import administration
from phonics_app.engine.state import Show
from phonics_app.locales.messages import render
from phonics_app.records import open_store, schema
from phonics_app.workflows import assess, roster
from phonics_app.workflows.context import Phonics, Settings
from phonics_app.workflows.sittings import variant_of
from tests import databases
from tests.engine.synthetic import RUBRICS, Diary, bank

K = EventKind
ID = "0123456789abcdef0123456789abcdef"
OTHER_ID = "f" * 32
TEACHER = Actor("teacher", "Teacher", (Grant(Role.TEACHER, "school"),))
STRANGER = Actor("stranger", "Stranger", (Grant(Role.TEACHER, "elsewhere"),))
DIRECTOR = Actor("director", "Director", (Grant(Role.DIRECTOR, "school"),))


@pytest.fixture
def phonics(tmp_path: Path):
    store = open_store(databases.url_of(tmp_path / "test.db"))
    with store.write() as connection:
        for school in ("school", "elsewhere"):
            values = {"id": school, "name_th": school, "name_en": "", "kind": "municipal", "highest_grade": "P6"}
            connection.execute(insert(schema.school).values(**values, archived=False))
        for number in ("1", "2"):
            names = {"prefix": "ด.ช.", "first_name": "สม", "last_name": "มุติ", "sex": "male"}
            connection.execute(insert(schema.pupil).values(id=f"p{number}", school_id="school", number=number, **names))
            for year, grade in ((2568, "K1"), (2569, "K3")):
                row = {"pupil_id": f"p{number}", "year": year, "school_id": "school", "grade": grade, "room": "1"}
                connection.execute(insert(schema.enrolment).values(row))
    settings = Settings(tmp_path, "", tmp_path)
    moment = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
    yield Phonics(settings, store, Content(bank(), RUBRICS), now=lambda: moment)
    store.close()


def later(phonics: Phonics, days: int) -> Phonics:
    moment = phonics.now() + timedelta(days=days)
    return replace(phonics, now=lambda: moment)


def sit(sitting: assess.Sitting, wrong_from_level: int) -> Diary:
    """A pupil who knows everything below a level and nothing from it on."""
    diary, state = Diary(), administration.start(sitting.plan, sitting.attempt.spec)
    state = administration.apply(state, diary.add(K.ATTEMPT_STARTED))
    while isinstance(state.next, Show):
        block = next(b for b in sitting.plan.blocks if b.id == state.next.block_id)
        state = administration.apply(state, diary.add(K.BLOCK_SHOWN, block=block.id))
        for item in block.items if block.level >= wrong_from_level else ():
            state = administration.apply(state, diary.add(K.ITEM_MARKED, block=block.id, item=item, mark="incorrect"))
        state = administration.apply(state, diary.add(K.BLOCK_FINISHED, block=block.id, last_item=block.items[-1]))
    administration.apply(state, diary.add(K.ATTEMPT_FINISHED, reason=state.next.reason.value))
    return diary


def finish(phonics: Phonics, attempt_id: str = ID, level: int = 3) -> assess.Result:
    sitting = assess.start_attempt(phonics, TEACHER, attempt_id, "p1")
    assess.append_events(phonics, TEACHER, attempt_id, sit(sitting, level).events)
    return assess.compute_result(phonics, TEACHER, attempt_id)


def test_from_proposal_to_placement(phonics):
    proposal = assess.propose_test(phonics, TEACHER, "p1")
    assert (proposal.start_level, proposal.last_result, proposal.open_attempt_id) == (3, None, None)
    assert proposal.pupil.grade.value == "K3"

    sitting = assess.start_attempt(phonics, TEACHER, ID, "p1")
    assert sitting.attempt.spec.prior.source is PriorSource.GRADE
    assert assess.propose_test(phonics, TEACHER, "p1").open_attempt_id == ID
    diary = sit(sitting, wrong_from_level=4)
    assert assess.append_events(phonics, TEACHER, ID, diary.events) == len(diary.events)
    result = assess.compute_result(phonics, TEACHER, ID)
    assert result.proposed_level == 4
    assert result.stop_reason in (StopReason.SURE, StopReason.BETWEEN)
    assert result.flags == ()
    assert {e.level for e in result.evidence} >= {3, 4}
    assert all(e.correct == (e.attempted if e.level < 4 else 0) for e in result.evidence)

    placement = assess.decide_placement(phonics, TEACHER, ID, 4)
    assert (placement.level, placement.reason, placement.overridden) == (4, "", False)
    assert assess.placements_of(phonics, TEACHER, "p1") == (placement,)
    assert [a.status for a in assess.attempts_of(phonics, TEACHER, "p1")] == [AttemptStatus.FINISHED]


def test_starting_twice_gives_the_same_attempt(phonics):
    first = assess.start_attempt(phonics, TEACHER, ID, "p1", 2)
    assess.append_events(phonics, TEACHER, ID, Diary().events)
    again = assess.start_attempt(later(phonics, 1), TEACHER, ID, "p1", 4)
    assert again == first
    with pytest.raises(Conflict, match=r"attempt\.id_taken"):
        assess.start_attempt(phonics, TEACHER, ID, "p2")


def test_an_archived_pupil_gets_no_new_test(phonics):
    first = assess.start_attempt(phonics, TEACHER, ID, "p1")
    roster.set_archived(phonics, TEACHER, "p1", True)
    with pytest.raises(Conflict, match=r"pupil\.archived") as refused:
        assess.start_attempt(phonics, TEACHER, OTHER_ID, "p1")
    assert "สม มุติ" in render(refused.value, "th")
    with pytest.raises(Conflict, match=r"pupil\.archived"):
        assess.propose_test(phonics, TEACHER, "p1")
    again = assess.start_attempt(phonics, TEACHER, ID, "p1")
    assert again.attempt == first.attempt, "a request sent again is no new test"
    roster.set_archived(phonics, TEACHER, "p1", False)
    assert assess.propose_test(phonics, TEACHER, "p1").open_attempt_id == ID


def test_teachers_start_level_replaces_the_proposed_one(phonics):
    spec = assess.start_attempt(phonics, TEACHER, ID, "p1", 5).attempt.spec
    assert (spec.start_level, spec.prior.source) == (5, PriorSource.TEACHER)


def test_all_faults_of_a_start_are_named(phonics):
    with pytest.raises(ProblemsFound) as caught:
        assess.start_attempt(phonics, TEACHER, "no-id", "p1", 77)
    assert [p.place.column for p in caught.value.problems] == ["id", "start_level"]


def test_all_tests_of_a_pupil_are_of_one_variant(phonics):
    tests = [(pupil, n) for pupil in ("p1", "p2") for n in range(3)]
    plans = {t: assess.start_attempt(phonics, TEACHER, f"{i:032x}", t[0]).plan for i, t in enumerate(tests)}
    variants = {pupil: {plans[pupil, n].variant for n in range(3)} for pupil in ("p1", "p2")}
    assert all(len(own) == 1 for own in variants.values())
    assert variants["p1"] != variants["p2"]
    with phonics.store.read() as connection:
        assert len(connection.execute(select(schema.plan.c.hash)).all()) == 2


def test_variants_are_spread_over_pupils():
    given = Counter(variant_of(f"{n:032x}", 4) for n in range(400))
    assert sorted(given) == [0, 1, 2, 3]
    assert max(given.values()) < 130


def test_the_next_test_starts_from_the_result(phonics):
    result = finish(phonics, level=4)
    spec = assess.start_attempt(phonics, TEACHER, OTHER_ID, "p1").attempt.spec
    assert spec.prior.source is PriorSource.EARLIER_RESULT
    assert spec.prior.mean == result.theta
    assert spec.start_level == 4
    assert set(spec.seen_items) == {s.item_id for s in result.scores}


def test_knowledge_fades_with_terms(phonics):
    finish(phonics)
    now = assess.propose_test(phonics, TEACHER, "p1")
    assert now.last_result is not None
    soon = assess.start_attempt(phonics, TEACHER, "1" * 32, "p1").attempt.spec.prior
    much_later = assess.start_attempt(later(phonics, 365), TEACHER, "2" * 32, "p1").attempt.spec.prior
    assert much_later.standard_deviation**2 == pytest.approx(soon.standard_deviation**2 + 2 * 0.4**2)


def test_events_are_appended_exactly_once(phonics):
    sitting = assess.start_attempt(phonics, TEACHER, ID, "p1")
    events = sit(sitting, 3).events
    assert assess.append_events(phonics, TEACHER, ID, events[:4]) == 4
    assert assess.append_events(phonics, TEACHER, ID, events[2:6]) == 6
    assert assess.append_events(phonics, TEACHER, ID, list(reversed(events))) == len(events)
    assert assess.append_events(phonics, TEACHER, ID, events) == len(events)
    assert assess.append_events(phonics, TEACHER, ID, []) == len(events)
    assert assess.get_sitting(phonics, TEACHER, ID).events == tuple(events)


def test_other_content_or_a_gap_is_refused_and_nothing_stored(phonics):
    sitting = assess.start_attempt(phonics, TEACHER, ID, "p1")
    events = sit(sitting, 3).events
    assess.append_events(phonics, TEACHER, ID, events[:3])
    with pytest.raises(Conflict, match=r"events\.differ"):
        assess.append_events(phonics, TEACHER, ID, [replace(events[1], mono_ms=1.5), *events[2:6]])
    with pytest.raises(Conflict, match=r"events\.differ"):
        assess.append_events(phonics, TEACHER, ID, [events[3], replace(events[3], mono_ms=1.5)])
    with pytest.raises(Conflict) as caught:
        assess.append_events(phonics, TEACHER, ID, [events[3], events[5]])
    assert (caught.value.code, caught.value.data) == ("events.gap", {"acknowledged": 3})
    assert len(assess.get_sitting(phonics, TEACHER, ID).events) == 3


def test_malformed_events_are_named_with_their_index(phonics):
    assess.start_attempt(phonics, TEACHER, ID, "p1")
    diary = Diary()
    diary.add(K.ATTEMPT_STARTED)
    diary.add(K.ITEM_MARKED, block="b", item=3)
    diary.add(K.BLOCK_FINISHED, block=None, last_item=None, extra=1)
    bad = [*diary.events, replace(diary.events[0], seq=0, at="yesterday", mono_ms=float("nan"))]
    with pytest.raises(ProblemsFound) as caught:
        assess.append_events(phonics, TEACHER, ID, bad)
    assert [p.place.column for p in caught.value.problems] == [
        "events[1].data.item",
        "events[1].data.mark",
        "events[2].data.block",
        "events[2].data.extra",
        "events[3].seq",
        "events[3].mono_ms",
        "events[3].at",
    ]
    assert assess.get_sitting(phonics, TEACHER, ID).events == ()


def test_a_result_is_stored_only_when_the_test_is_over(phonics):
    sitting = assess.start_attempt(phonics, TEACHER, ID, "p1")
    events = sit(sitting, 3).events
    assess.append_events(phonics, TEACHER, ID, events[:-1])
    assert assess.compute_result(phonics, TEACHER, ID).stop_reason is None
    with pytest.raises(Conflict, match=r"attempt\.not_finished"):
        assess.decide_placement(phonics, TEACHER, ID, 3)
    rows = select(schema.result)
    with phonics.store.read() as connection:
        assert connection.execute(rows).all() == []
    assess.append_events(phonics, TEACHER, ID, events)
    with phonics.store.read() as connection:
        (row,) = connection.execute(rows).all()
    assert (row.year, row.term, row.proposed_level, row.rubric_version) == (2569, 1, 3, "rubrics")


def test_a_discarded_test_counts_for_nothing_and_can_come_back(phonics):
    result = finish(phonics, level=3)
    assert assess.discard_attempt(phonics, TEACHER, ID).status is AttemptStatus.DISCARDED
    assert assess.propose_test(phonics, TEACHER, "p1").last_result is None
    with pytest.raises(Conflict, match=r"attempt\.discarded"):
        assess.decide_placement(phonics, TEACHER, ID, 3)
    assert assess.discard_attempt(phonics, TEACHER, ID, discarded=False).status is AttemptStatus.FINISHED
    assert assess.propose_test(phonics, TEACHER, "p1").last_result == result


def test_another_level_needs_a_reason(phonics):
    finish(phonics, level=3)
    with pytest.raises(ProblemsFound, match=r"placement\.reason_missing"):
        assess.decide_placement(phonics, TEACHER, ID, 2, "  ")
    with pytest.raises(ProblemsFound) as caught:
        assess.decide_placement(phonics, TEACHER, ID, 99)
    assert {p.code for p in caught.value.problems} == {"attempt.level_unknown", "placement.reason_missing"}
    first = assess.decide_placement(phonics, TEACHER, ID, 2, " ป่วยในวันทดสอบ ")
    second = assess.decide_placement(later(phonics, 1), TEACHER, ID, 3, "no longer needed")
    assert (first.reason, first.overridden, second.reason) == ("ป่วยในวันทดสอบ", True, "")
    assert assess.placements_of(phonics, TEACHER, "p1") == (second, first)


@pytest.mark.parametrize(
    "act",
    [
        lambda p, a: assess.propose_test(p, a, "p1"),
        lambda p, a: assess.start_attempt(p, a, OTHER_ID, "p1"),
        lambda p, a: assess.get_sitting(p, a, ID),
        lambda p, a: assess.append_events(p, a, ID, []),
        lambda p, a: assess.compute_result(p, a, ID),
        lambda p, a: assess.discard_attempt(p, a, ID),
        lambda p, a: assess.decide_placement(p, a, ID, 3),
        lambda p, a: assess.placements_of(p, a, "p1"),
        lambda p, a: assess.attempts_of(p, a, "p1"),
    ],
)
def test_teachers_of_other_schools_are_refused(phonics, act):
    finish(phonics)
    with pytest.raises(NotAllowed):
        act(phonics, STRANGER)
    act(phonics, SYSTEM)


def test_directors_see_results_but_give_no_tests(phonics):
    finish(phonics)
    assert assess.compute_result(phonics, DIRECTOR, ID).proposed_level == 3
    with pytest.raises(NotAllowed):
        assess.get_sitting(phonics, DIRECTOR, ID)
    with pytest.raises(NotAllowed):
        assess.decide_placement(phonics, DIRECTOR, ID, 3)


def test_unknown_pupils_and_attempts(phonics):
    with pytest.raises(NotFound, match=r"pupil\.unknown"):
        assess.propose_test(phonics, TEACHER, "nobody")
    with pytest.raises(NotFound, match=r"attempt\.unknown"):
        assess.compute_result(phonics, TEACHER, ID)


def test_stored_content_is_plain_and_compact(phonics):
    """A killed server must leave what it acknowledged: the rows are there for any other reader of the file."""
    finish(phonics)
    other = open_store(phonics.store.engine.url.render_as_string(hide_password=False))
    with other.read() as reader:
        count = reader.exec_driver_sql("select count(*) from event").scalar()
    other.close()
    assert count == len(assess.get_sitting(phonics, TEACHER, ID).events)


def test_devices_that_send_at_the_same_time_store_each_event_once(phonics):
    sitting = assess.start_attempt(phonics, TEACHER, ID, "p1")
    events = sit(sitting, 3).events

    def send(_: int) -> int:
        for end in range(1, len(events) + 1, 3):
            assess.append_events(phonics, TEACHER, ID, events[:end])
        return assess.append_events(phonics, TEACHER, ID, events)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(4))) == {len(events)}
    assert assess.get_sitting(phonics, TEACHER, ID).events == tuple(events)
    assert len(assess.attempts_of(phonics, TEACHER, "p1")) == 1


def test_requests_that_start_at_the_same_time_make_one_attempt(phonics):
    with ThreadPoolExecutor(4) as pool:
        sittings = list(pool.map(lambda _: assess.start_attempt(phonics, TEACHER, ID, "p1"), range(4)))
    assert len({s.attempt for s in sittings}) == 1
    assert len(assess.attempts_of(phonics, TEACHER, "p1")) == 1
